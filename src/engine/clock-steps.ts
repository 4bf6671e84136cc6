import type { ClockChanged, Fact } from '../model/fact.ts'
import { append } from '../model/lists.ts'
import { shardOf } from './fact-order.ts'
import type { MergedFact } from './fact-runs.ts'
import { weightOf } from './fact-weight.ts'

/** The clock of a host was moved. Set back, the time from `to` to `from` came twice. In milliseconds. */
export interface ClockStep {
  /** As the record had it, lower case. */
  readonly host: string
  readonly from: number
  readonly to: number
}

export const stepOf = ({ host, from, to }: ClockChanged): ClockStep => ({ host, from, to })

export const isSetBack = ({ from, to }: ClockStep): boolean => to < from

/** Steps that logs tell of, each once. */
export type ClockSteps = Map<string, ClockStep>

/** Facts that are put in order around one step, in number and in characters. */
const most = { facts: 200_000, weight: 120_000_000 }
/** Earlier tellings that a step is held against. */
const mostTellings = 64

/** Two logs tell of one step within this many milliseconds. */
const sameStep = 2_000

/** Whether two records of one host tell of one step. */
export const isSameStep = (one: Omit<ClockStep, 'host'>, another: Omit<ClockStep, 'host'>): boolean =>
  Math.abs(one.from - another.from) < sameStep && Math.abs(one.to - another.to) < sameStep

/** Notes a step that a record tells of. */
export function noteStep(steps: ClockSteps, step: ClockStep): void {
  steps.set(`${step.from} ${step.to} ${step.host}`, step)
}

/**
 * The ordered stream with what came before a step back before what came after it, as the record ids tell for each channel. From
 * there on the host's facts bear a time as if the clock had not been set back (`clockOffset` says by how much more), until it is
 * set forward again. Where steps overlap, or too many facts lie around one, the order stays that of the times. `hostOf`: the
 * host that a name in a record means.
 */
export function* straightened(
  stream: Iterable<MergedFact>,
  steps: Iterable<ClockStep>,
  hostOf: (name: string) => string,
): Generator<MergedFact> {
  const back = Map.groupBy([...steps].filter(isSetBack), ({ host }) => hostOf(host))
  if (back.size === 0) {
    yield* stream
    return
  }
  // Facts of the hosts of one shard come mixed.
  let shard: string | null = null
  let clocks = new Map<string, HostClock>()
  for (const merged of stream) {
    const own = shardOf(merged.fact)
    if (own !== shard) {
      for (const clock of clocks.values()) yield* clock.end()
      shard = own
      clocks = new Map()
    }
    const host = hostOf(merged.fact.host)
    let clock = clocks.get(host)
    if (!clock) {
      clock = new HostClock(back.get(host) ?? [])
      clocks.set(host, clock)
    }
    const passed = clock.passed(merged)
    if (passed !== null) yield passed
    else yield* clock.next(merged)
  }
  for (const clock of clocks.values()) yield* clock.end()
}

/** Where a host's clock stands, for whoever goes on from there. */
export interface ClockState {
  /** How much more than the clock shows facts bear now. */
  readonly offset: number
  readonly forward: ClockStep | null
  /** Steps back up to this time have been seen to. */
  readonly upTo: number
}

/** One host's facts while they go by. */
export class HostClock {
  /** Those that overlap no other, the earliest first. */
  readonly #steps: readonly ClockStep[]
  /** Place of the one that comes next. */
  #next: number
  #held: MergedFact[] = []
  #weight = 0
  #offset: number
  #forward: ClockStep | null

  /** `told`: steps back, as often as logs tell of them, also those before `state`, from where it goes on. */
  constructor(told: readonly ClockStep[], state: ClockState | null = null) {
    const inOrder = told.toSorted((a, b) => a.to - b.to || a.from - b.from)
    const steps = inOrder.filter(
      (step, i) => !inOrder.slice(Math.max(0, i - mostTellings), i).some((earlier) => isSameStep(earlier, step)),
    )
    let latest = Number.NEGATIVE_INFINITY
    this.#steps = steps.filter((one, i) => {
      const isApart = latest < one.to && (steps[i + 1]?.to ?? Number.POSITIVE_INFINITY) > one.from
      latest = Math.max(latest, one.from)
      return isApart
    })
    const coming = state === null ? 0 : this.#steps.findIndex(({ to }) => to > state.upTo)
    this.#next = coming < 0 ? this.#steps.length : coming
    this.#offset = state?.offset ?? 0
    this.#forward = state?.forward ?? null
  }

  get offset(): number {
    return this.#offset
  }

  /** Whether facts wait for the others around a step. */
  get isHolding(): boolean {
    return this.#held.length > 0
  }

  /** The step back around which the order of facts at this time is not that of their times. */
  stepAround(time: number): ClockStep | null {
    return this.#steps.find(({ from, to }) => to <= time && time <= from) ?? null
  }

  state(upTo: number): ClockState {
    return { offset: this.#offset, forward: this.#forward, upTo }
  }

  /** The fact with its time, where no step has to do with it; nearly all are such. */
  passed(merged: MergedFact): MergedFact | null {
    const step = this.#steps[this.#next]
    return step && merged.fact.time >= step.to ? null : this.#shifted(merged)
  }

  *next(merged: MergedFact): Generator<MergedFact> {
    const step = this.#steps[this.#next]
    if (step && merged.fact.time >= step.to && merged.fact.time <= step.from && this.#mayHold()) {
      this.#held.push(merged)
      this.#weight += weightOf(merged.fact)
      return
    }
    if (step && merged.fact.time >= step.to) yield* this.#putInOrder(step, merged.fact.time > step.from)
    yield this.#shifted(merged)
  }

  #mayHold(): boolean {
    return this.#held.length < most.facts && this.#weight < most.weight
  }

  *end(): Generator<MergedFact> {
    const step = this.#steps[this.#next]
    if (step) yield* this.#putInOrder(step, true)
  }

  *#putInOrder(step: ClockStep, isComplete: boolean): Generator<MergedFact> {
    const held = this.#held
    this.#held = []
    this.#weight = 0
    this.#next++
    if (!isComplete) {
      for (const merged of held) yield this.#shifted(merged)
      return
    }
    const isAfter = afterStep(
      held.map(({ fact }) => fact),
      step,
    )
    for (const merged of held) if (!isAfter.has(merged.fact)) yield this.#shifted(merged)
    this.#offset += step.from - step.to
    for (const merged of held) if (isAfter.has(merged.fact)) yield this.#shifted(merged)
  }

  #shifted(merged: MergedFact): MergedFact {
    const { fact } = merged
    if (fact.kind === 'clock-changed') this.#setForward(stepOf(fact))
    if (this.#offset === 0) return merged
    const clockOffset = this.#offset
    return { ...merged, fact: { ...fact, time: fact.time + clockOffset, clockOffset }, clockOffset }
  }

  /** Set forward again: as much less is to be added. */
  #setForward(step: ClockStep): void {
    if (isSetBack(step) || (this.#forward && isSameStep(this.#forward, step))) return
    this.#forward = step
    this.#offset = Math.max(0, this.#offset - (step.to - step.from))
  }
}

/** The facts that came after the step. In the order of its record ids a channel's time falls there. */
function afterStep(facts: readonly Fact[], step: ClockStep): Set<Fact> {
  const after = new Set<Fact>()
  // Where a collector left out the ids, the place in the input is the order.
  const sequences = Map.groupBy(facts, ({ channel, recordId, source }) => `${channel} ${recordId === 0 ? source : ''}`)
  const silent: Fact[][] = []
  const before: Fact[] = []
  for (const sequence of sequences.values()) {
    sequence.sort((a, b) => a.recordId - b.recordId || a.position - b.position)
    const place = placeOfStep(sequence, step)
    if (place === null) silent.push(sequence)
    else {
      append(before, sequence.slice(0, place))
      for (const fact of sequence.slice(place)) after.add(fact)
    }
  }
  // A channel that was silent on one side: its records lie next to those of the others on the side where they belong.
  const sides = [timesOf(before), timesOf([...after])] as const
  for (const sequence of silent) {
    const [toBefore, toAfter] = sides.map((times) => sequence.reduce((sum, { time }) => sum + distance(times, time), 0))
    if ((toAfter as number) < (toBefore as number)) for (const fact of sequence) after.add(fact)
  }
  return after
}

const timesOf = (facts: readonly Fact[]): number[] => facts.map(({ time }) => time).sort((a, b) => a - b)

/** Farther than this from each other, two records have nothing to do with each other. */
const unrelated = 2_000

/** From a moment to the nearest of these. */
function distance(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < time) low = middle + 1
    else high = middle
  }
  const near = (place: number) => Math.abs((times[place] ?? Number.POSITIVE_INFINITY) - time)
  return Math.min(near(low), near(low - 1), unrelated)
}

/** Place of the first fact after the step; null where neither the step's own record nor a fall of the time shows it. */
function placeOfStep(sequence: readonly Fact[], { from, to }: ClockStep): number | null {
  const own = sequence.findIndex((fact) => fact.kind === 'clock-changed' && Math.abs(fact.to - to) < sameStep)
  if (own >= 0) return own
  let place: number | null = null
  let deepest = (from - to) / 2
  for (let i = 1; i < sequence.length; i++) {
    const fall = (sequence[i - 1] as Fact).time - (sequence[i] as Fact).time
    if (fall > deepest) {
      deepest = fall
      place = i
    }
  }
  return place
}
