import type { Chain, Change, ClearedLog, Repeated, TaskChain } from '../../model/chain.ts'
import type { LoggedTask } from '../../model/logged-task.ts'
import { formatInstant, type Instant } from '../../model/time.ts'
import { limits } from '../settings.ts'
import type { ClockPhase, HostMemory } from './host-memory.ts'

// A clock that is set back makes hours come twice. Facts bear a time that goes on; what is told bears the host's own again.

/** Notes from which fact on the host's own clock showed another time than the facts bear. */
export function noteClock({ clock }: HostMemory, since: number, offset: number): void {
  if (offset === (clock.at(-1)?.offset ?? 0)) return
  clock.push({ since, offset })
  if (clock.length > limits.clockPhases) clock.splice(0, limits.clockPhases / 2)
}

/** What the host's own clock showed. */
export function shownTime({ clock }: HostMemory, time: number): number {
  let [low, high] = [0, clock.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((clock[middle] as ClockPhase).since <= time) low = middle + 1
    else high = middle
  }
  return time - (clock[low - 1]?.offset ?? 0)
}

/** A chain with the times of the host's own clock, and a word on where that cannot tell the order. */
export function withShownTimes(memory: HostMemory, chain: TaskChain): TaskChain {
  if (memory.clock.length === 0) return chain
  const shown = clockOf(memory)
  const change = chain.change && ofChange(chain.change, shown)
  return {
    ...chain,
    at: shown(chain.at),
    change,
    runs: chain.runs.map((run) => ({ ...shown(run), processes: run.processes.map(shown) })),
    runSummary: chain.runSummary && {
      ...chain.runSummary,
      first: shown(chain.runSummary.first),
      last: shown(chain.runSummary.last),
    },
    circumstances: chain.circumstances.map((one) => ({ ...shown(one), ...repeatedAt(one, shown) })),
    blindSpots: [...chain.blindSpots, ...stepsNear(memory, chain)],
  }
}

/** A cleared log with the times of the host's own clock. */
export function logWithShownTimes(memory: HostMemory, log: ClearedLog): ClearedLog {
  if (memory.clock.length === 0) return log
  const shown = clockOf(memory)
  return {
    ...log,
    at: shown(log.at),
    ...repeatedAt(log, shown),
    blindSpots: [...log.blindSpots, ...stepsNear(memory, log)],
  }
}

type Shown = <T extends Instant>(one: T) => T

const clockOf =
  (memory: HostMemory): Shown =>
  (one) => ({ ...one, time: shownTime(memory, one.time) })

const ofChange = (change: Change, shown: Shown): Change => ({
  ...shown(change),
  laterChanges: change.laterChanges.map(shown),
})

const repeatedAt = ({ repeated }: { readonly repeated?: Repeated }, shown: Shown) =>
  repeated ? { repeated: { ...repeated, last: shown(repeated.last) } } : {}

/** The steps back in whose doubled hours a record of the chain lies, a few of them. */
function stepsNear({ clock }: HostMemory, { evidence }: Chain): string[] {
  const [first, last] = [evidence[0]?.time ?? 0, evidence.at(-1)?.time ?? 0]
  const told: string[] = []
  for (const [place, { since, offset }] of clock.entries()) {
    const before = clock[place - 1]?.offset ?? 0
    const [from, to] = [since - before, since - offset]
    if (offset <= before || to > last || from < first) continue
    if (!evidence.some(({ time }) => time >= to && time <= from)) continue
    if (told.length === limits.clockStepsOfChain)
      return [...told, 'It was set back more often in the time of this chain.']
    const [at, by] = [formatInstant({ time: to, ticks: 0 }), span(from - to)]
    told.push(
      `The clock of this host was set back by ${by}, to ${at}: times of the ${by} after that came twice, and their order is that of the record ids.`,
    )
  }
  return told
}

const span = (ms: number): string =>
  ms < 120_000
    ? `${Math.round(ms / 1000)} s`
    : ms < 7_200_000
      ? `${Math.round(ms / 60_000)} min`
      : `${(ms / 3_600_000).toFixed(1)} h`

/** A task with the times of the host's own clock. */
export function taskWithShownTimes(memory: HostMemory, task: LoggedTask): LoggedTask {
  if (memory.clock.length === 0) return task
  const shown = clockOf(memory)
  return {
    ...task,
    firstSeen: shown(task.firstSeen),
    lastSeen: shown(task.lastSeen),
    lastRun: task.lastRun && shown(task.lastRun),
    created: task.created && shown(task.created),
    auditedUpdates: task.auditedUpdates.map((time) => shownTime(memory, time)),
  }
}
