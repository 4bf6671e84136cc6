import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HostMachine } from '../../src/correlate/index.ts'
import { factMaker } from '../../src/lab/made-facts.ts'
import type { Fact, ProcessStarted } from '../../src/model/fact.ts'

// A host with so few process ids that each is used again and again, and the whole truth about who started whom.

const PIDS = [100, 104, 108, 112, 116]
const SCHEDULER = 4000

type Step =
  | { readonly kind: 'launch'; readonly task: number; readonly pid: number; readonly wait: number }
  | { readonly kind: 'start'; readonly parent: number; readonly pid: number; readonly wait: number }
  | { readonly kind: 'end'; readonly which: number; readonly wait: number }

const wait = fc.integer({ min: 1, max: 90_000 })
const pid = fc.integer({ min: 0, max: PIDS.length - 1 })
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('launch' as const), task: fc.integer({ min: 0, max: 2 }), pid, wait }),
    fc.record({ kind: fc.constant('start' as const), parent: fc.nat(9), pid, wait }),
    fc.record({ kind: fc.constant('end' as const), which: fc.nat(9), wait }),
  ),
  { maxLength: 60 },
)

interface Running {
  readonly pid: number
  readonly image: string
  /** The task whose run it truly belongs to. */
  readonly task: string | null
}

/** Plays the steps: the facts that the logs would show, and which program truly ran for which task. */
function play(all: readonly Step[], endsAreLogged: boolean): { facts: Fact[]; truth: Map<string, string | null> } {
  const facts: Fact[] = []
  const truth = new Map<string, string | null>()
  const running = new Map<number, Running>([[4, { pid: 4, image: 'C:\\shell.exe', task: null }]])
  let time = 0
  const made = factMaker()
  const start = (own: number, parent: Running | null, task: string | null): ProcessStarted => {
    // every program has a name of its own, by which it is known whatever its pid
    const image = `C:\\programs\\p${truth.size}.exe`
    truth.set(image, task)
    running.set(own, { pid: own, image, task })
    return made.started(time, {
      pid: own,
      image,
      parentPid: parent?.pid ?? SCHEDULER,
      logonId: '0x3e7',
      parentImage: parent?.image ?? 'C:\\Windows\\System32\\svchost.exe',
    })
  }
  for (const step of all) {
    time += step.wait
    const alive = [...running.values()]
    if (step.kind === 'end') {
      const gone = alive[step.which % alive.length]
      if (!gone || gone.pid === 4) continue
      running.delete(gone.pid)
      if (endsAreLogged) facts.push(made.ended(time, gone.pid, gone.image))
      continue
    }
    const own = PIDS[step.pid] as number
    if (running.has(own)) continue
    if (step.kind === 'start') {
      const parent = alive[step.parent % alive.length] as Running
      facts.push(start(own, parent, parent.task))
      continue
    }
    const task = `\\Task ${step.task}`
    facts.push(start(own, null, task))
    time += 3
    facts.push(made.launched(time, task, own, 'p.exe', SCHEDULER))
  }
  return { facts, truth }
}

for (const endsAreLogged of [true, false]) {
  test(`whatever pids are used again, no process is tied to a task that did not start it${endsAreLogged ? '' : ', also where no end of a process is logged'}`, () => {
    let tied = 0
    fc.assert(
      fc.property(steps, (all) => {
        const { facts, truth } = play(all, endsAreLogged)
        const machine = new HostMachine('ws1')
        for (const fact of facts) machine.add(fact)
        for (const chain of machine.chains()) {
          for (const { image } of chain.runs.flatMap((run) => run.processes)) {
            if (image === null || chain.taskPath === null) continue
            tied += 1
            expect(truth.get(image), image).toBe(chain.taskPath)
          }
        }
      }),
      { numRuns: 1500 },
    )
    expect(tied).toBeGreaterThan(1000)
  })
}

test('every process that a task started, and all that those started while it ran, are tied to it', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { facts, truth } = play(
        all.map((step) => ({ ...step, wait: step.wait % 2000 })),
        true,
      )
      const machine = new HostMachine('ws1')
      for (const fact of facts) machine.add(fact)
      const chains = machine.chains()
      const told = new Set(
        chains.flatMap((chain) => chain.runs.flatMap((run) => run.processes.map(({ image }) => image))),
      )
      const counted = chains.some(({ runs, runSummary }) => (runSummary?.count ?? 0) > runs.length)
      if (counted) return // runs that are only counted name no processes
      for (const [image, task] of truth) if (task !== null) expect(told, `${image} of ${task}`).toContain(image)
    }),
    { numRuns: 1500 },
  )
})
