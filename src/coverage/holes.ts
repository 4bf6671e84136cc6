import type { TaskChain } from '../model/chain.ts'
import { counted } from '../model/counted.ts'
import type { CapabilityCoverage, CapabilityId, Gap, Telemetry } from '../model/coverage-report.ts'
import { formatInstant } from '../model/time.ts'
import { evidenceOf, type HostTelemetry } from './fleet.ts'
import { isBridged } from './gaps.ts'
import { judgeHost } from './judge.ts'
import { overlap } from './silence.ts'
import { telemetryNames } from './telemetry.ts'

/** Holes that a finding tells one by one, the earliest; of more it is said how many. */
const mostTold = 3

/** The parts of a chain that a hole can hide, and what of the telemetry shows each. */
const shownBy = {
  processes: ['process-creation'],
  runs: ['run-action', 'run-start'],
  changes: ['task-registration', 'task-modification'],
} as const satisfies Record<string, readonly CapabilityId[]>
type Part = keyof typeof shownBy
const parts = Object.keys(shownBy) as Part[]
const partNames: Readonly<Record<Part, string>> = {
  processes: 'process creation',
  runs: 'runs of tasks',
  changes: 'changes of tasks',
}

interface Hole extends Gap {
  readonly part: Part
  readonly telemetry: Telemetry
}

/** A stretch of time; null: without an end on that side. */
type Stretch = Pick<Gap, 'from' | 'to'>

/** The holes of one host's telemetry, and what they may hide of its tasks. */
export class HostHoles {
  readonly #host: string
  /** When the host was last heard of. */
  readonly #last: number
  readonly #holes: readonly Hole[]
  /** Of each source that can show a run: its last record, and its holes. */
  readonly #showRuns: readonly { readonly last: number; readonly gaps: readonly Gap[] }[]

  constructor(telemetry: HostTelemetry) {
    const evidence = evidenceOf(telemetry)
    const judged = judgeHost(evidence, new Map())
    const ofLogs = evidence.channels.flatMap(({ gaps }) => gaps)
    this.#host = telemetry.host
    this.#last = telemetry.ledger.last
    this.#holes = parts.flatMap((part) => holesOf(part, judged, ofLogs))
    this.#showRuns = [...shownBy.processes, ...shownBy.runs].flatMap((id) => {
      const { sources, gaps } = judged[id]
      return sources.map(({ telemetry, last }) => ({ last, gaps: gaps.filter((gap) => gap.telemetry === telemetry) }))
    })
  }

  /** One sentence for each hole in which something of the chain may lie unseen. */
  of(chain: TaskChain): string[] {
    if (this.#holes.length === 0 || chain.at.time === 0) return []
    const hidden = Map.groupBy(
      this.#holes.flatMap((hole) => hiddenIn(hole, chain).map((says) => ({ hole, says }))),
      ({ hole: { telemetry, kind, from, to } }) => `${from} ${to} ${telemetry} ${kind}`,
    )
    const sentences = [...hidden.values()]
      .sort(([a], [b]) => (a?.hole.from ?? Number.NEGATIVE_INFINITY) - (b?.hole.from ?? Number.NEGATIVE_INFINITY))
      .flatMap((all) => {
        const [first] = all
        return first ? [`${this.#says(first.hole)}: ${all.map(({ says }) => says).join(', and ')}.`] : []
      })
    const more = sentences.length - mostTold
    if (more <= 0) return sentences
    return [
      ...sentences.slice(0, mostTold),
      `${counted(more, 'more hole')} of this host’s logs may hide something too.`,
    ]
  }

  /** Whether in all the time in which the task can have run nothing could have shown it. */
  hideAllRunsOf(chain: TaskChain): boolean {
    const life = unseenLife(chain)
    if (life === null || life.from === null) return false
    const [from, to] = [life.from, life.to ?? this.#last]
    return this.#showRuns.every(({ last, gaps }) => last <= from || isCovered(from, to, gaps))
  }

  #says({ kind, telemetry, part, from, to, records, proof }: Hole): string {
    const [log, host, what] = [telemetryNames[telemetry], this.#host, partNames[part]]
    const name = log.charAt(0).toUpperCase() + log.slice(1)
    const when = spanOf({ from, to })
    switch (kind) {
      case 'log-cleared':
        return `${name} on ${host} was cleared, and with it what it held ${when}`
      case 'rolled-over':
        return `${name} on ${host} has lost what it held ${when} to newer records`
      case 'ids-missing':
        return `${counted(records ?? 0, 'record')} of ${log} on ${host} ${records === 1 ? 'is' : 'are'} missing ${when}`
      case 'switched-off':
        return proof?.eventId === 4719
          ? `The audit policy of ${host} left out ${what} ${when}`
          : `${name} was off on ${host} ${when}`
      case 'reconfigured':
        return `${name} was configured to show no ${what} on ${host} ${when}`
      case 'log-silent':
        return `${name} was silent on ${host} ${when}, while its other logs went on`
      case 'silent':
        return `${name} shows no ${what} on ${host} ${when}, while the host went on`
    }
  }
}

/** What of a part could not be seen: where its sources have holes and no other source bridges them. */
function holesOf(
  part: Part,
  judged: Readonly<Record<CapabilityId, CapabilityCoverage>>,
  ofLogs: readonly Gap[],
): Hole[] {
  const seen = shownBy[part].map((id) => judged[id]).filter(({ sources }) => sources.length > 0)
  const sources = seen.flatMap((one) => one.sources)
  const own: Gap[] = []
  for (const one of seen) {
    for (const gap of one.gaps) if (!own.some(sameHole(gap)) && !isSpokenIn(gap, one, seen)) own.push(gap)
  }
  const further = ofLogs.filter(
    (gap) => sources.some(({ telemetry }) => telemetry === gap.telemetry) && !own.some(sameHole(gap)),
  )
  const gaps = [...own, ...further]
  return gaps.flatMap((gap) => {
    const { telemetry } = gap
    return telemetry === null || isBridged(gap, sources, gaps) ? [] : [{ ...gap, telemetry, part }]
  })
}

const sameHole = (gap: Gap) => (other: Gap) => other.telemetry === gap.telemetry && overlap(other, gap)

/** Whether the log meanwhile showed the same by another event, of which there are as many: of rarer ones silence says nothing. */
function isSpokenIn(gap: Gap, one: CapabilityCoverage, all: readonly CapabilityCoverage[]): boolean {
  const countIn = ({ sources }: CapabilityCoverage) =>
    sources.find(({ telemetry }) => telemetry === gap.telemetry)?.count ?? 0
  return all.some((other) => other !== one && countIn(other) >= countIn(one) && !other.gaps.some(sameHole(gap)))
}

/** What of this chain lies in the hole, or may: none where it is known all the same. */
function hiddenIn(hole: Hole, chain: TaskChain): string[] {
  const { change, runs } = chain
  const life = unseenLife(chain)
  const mayHaveRun = life !== null && overlap(hole, life)
  switch (hole.part) {
    case 'processes': {
      const hasNoMaker = change !== null && change.actor.process === null && holds(hole, change.time)
      const ranIn = runs.some(({ time, processes }) => processes.length === 0 && holds(hole, time))
      return [
        ...(hasNoMaker ? ['the process that made the change cannot be seen'] : []),
        ...(mayHaveRun || ranIn ? ['processes of a run in that time cannot be seen'] : []),
      ]
    }
    case 'runs':
      return mayHaveRun ? ['a run in that time does not stand in it'] : []
    case 'changes': {
      const mayBeMade = change === null && chain.taskPath !== null && overlap(hole, { from: null, to: chain.at.time })
      return mayBeMade ? ['the creation or a change of the task in that time cannot be seen'] : []
    }
  }
}

/** From the change until the task is seen to run or is deleted; null where it cannot have run on this host for the change. */
function unseenLife({ change, runs }: TaskChain): Stretch | null {
  if (change === null || change.target !== null || change.time === 0) return null
  if (change.kind === 'deleted' || change.kind === 'enabled' || change.kind === 'disabled') return null
  const gone = change.laterChanges.find(({ kind }) => kind === 'deleted')
  const to = runs[0]?.time ?? gone?.time ?? null
  return { from: change.time, to }
}

const holds = (hole: Stretch, time: number): boolean => overlap(hole, { from: time, to: time })

/** Whether holes, one after the other, fill this stretch. That records are missing here and there does not. */
function isCovered(from: number, to: number, gaps: readonly Gap[]): boolean {
  let until = from
  for (const gap of gaps) {
    if (gap.kind === 'ids-missing' || (gap.from ?? until) > until) continue
    until = Math.max(until, gap.to ?? to)
  }
  return until >= to && to > from
}

function spanOf({ from, to }: Stretch): string {
  const at = (time: number) => formatInstant({ time, ticks: 0 })
  if (from === null) return to === null ? 'at all times' : `before ${at(to)}`
  return to === null ? `from ${at(from)} on` : `from ${at(from)} to ${at(to)}`
}
