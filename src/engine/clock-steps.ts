import type { ClockChanged, Fact } from '../model/fact.ts'
import { shardOf } from './fact-order.ts'
import type { MergedFact } from './fact-runs.ts'

/** The clock of a host was set back: the time from `to` to `from` came twice. In milliseconds. */
export interface ClockStep {
  readonly shard: string
  readonly from: number
  readonly to: number
}

/** Steps that are kept of all hosts, and facts that are put in order around one. */
const most = { steps: 10_000, facts: 200_000 }

/** Two logs tell of one step within this many milliseconds. */
const sameStep = 2_000

/** Notes a step back; the second log that tells of it adds nothing. */
export function noteStep(steps: ClockStep[], step: ClockStep): void {
  const isKnown = steps.some((known) => isSameStep(known, step))
  if (!isKnown && steps.length < most.steps) steps.push(step)
}

export const isSameStep = (one: ClockStep, another: ClockStep): boolean =>
  one.shard === another.shard &&
  Math.abs(one.from - another.from) < sameStep &&
  Math.abs(one.to - another.to) < sameStep

export const stepOf = (fact: ClockChanged): ClockStep | null =>
  fact.to < fact.from ? { shard: shardOf(fact), from: fact.from, to: fact.to } : null

/**
 * The ordered stream with what came before a step back before what came after it, as the record ids tell for each channel. From
 * there on the host's facts bear a time as if the clock had not been set back (`clockOffset` says by how much more), until it is
 * set forward again. Where steps overlap, or too many facts lie around one, the order stays that of the times.
 */
export function* straightened(stream: Iterable<MergedFact>, steps: readonly ClockStep[]): Generator<MergedFact> {
  if (steps.length === 0) {
    yield* stream
    return
  }
  const ofShard = Map.groupBy(steps, ({ shard }) => shard)
  let shard: string | null = null
  let clock = new HostClock([])
  for (const merged of stream) {
    const own = shardOf(merged.fact)
    if (own !== shard) {
      yield* clock.end()
      shard = own
      clock = new HostClock(ofShard.get(own) ?? [])
    }
    yield* clock.next(merged)
  }
  yield* clock.end()
}

/** One host's facts while they go by. */
class HostClock {
  /** Those that overlap no other, the earliest first. */
  readonly #steps: ClockStep[]
  #held: MergedFact[] = []
  #offset = 0

  constructor(steps: readonly ClockStep[]) {
    const isApart = (one: ClockStep) =>
      steps.every((other) => other === one || other.from < one.to || other.to > one.from)
    this.#steps = steps.filter(isApart).sort((a, b) => a.to - b.to)
  }

  *next(merged: MergedFact): Generator<MergedFact> {
    const [step] = this.#steps
    if (step && merged.fact.time >= step.to && merged.fact.time <= step.from && this.#held.length < most.facts) {
      this.#held.push(merged)
      return
    }
    if (step && merged.fact.time >= step.to) yield* this.#putInOrder(step, merged.fact.time > step.from)
    yield this.#shifted(merged)
  }

  *end(): Generator<MergedFact> {
    const [step] = this.#steps
    if (step) yield* this.#putInOrder(step, true)
  }

  *#putInOrder(step: ClockStep, isComplete: boolean): Generator<MergedFact> {
    const held = this.#held
    this.#held = []
    this.#steps.shift()
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
    // Set forward again: as much less is to be added.
    if (fact.kind === 'clock-changed' && fact.to > fact.from) {
      this.#offset = Math.max(0, this.#offset - (fact.to - fact.from))
    }
    if (this.#offset === 0) return merged
    const clockOffset = this.#offset
    return { ...merged, fact: { ...fact, time: fact.time + clockOffset, clockOffset }, clockOffset }
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
      before.push(...sequence.slice(0, place))
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
