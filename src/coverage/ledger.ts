import type { CapabilityId, Proof, SourceComparison, Telemetry } from '../model/coverage-report.ts'
import type { Fact } from '../model/fact.ts'
import { taskKey } from '../model/task-path.ts'
import { shownBy } from './shown.ts'
import { telemetryOf } from './telemetry.ts'

/** The host's time is cut into these pieces: silence is counted in pieces in which the host wrote something else. Ten minutes. */
export const slotLength = 600_000
/** Silences kept of one source of a capability, the longest. */
const mostSilences = 16
/** Processes and changes that a second source may still speak of. */
const mostWaiting = 4_096
/** Two sources of one thing tell of it within this: Sysmon was seen 190 ms late, collectors' clocks differ by more. */
const sameThing = 5_000
/** Switches of logs and policies kept of a host. */
const mostSwitches = 200

/** A stretch without a record of one kind, between two that are there. Times are the host's own. */
export interface Silence {
  readonly from: number
  readonly to: number
  /** Pieces of time in it in which the host wrote something else. */
  readonly slots: number
  /** Records of the same capability that other sources had in it. */
  readonly elsewhere: number
}

/** What one source showed of one capability. */
export interface Signal {
  readonly telemetry: Telemetry
  readonly first: Proof
  last: number
  count: number
  lacking: number
  /** Pieces of time with a record of it; `hours`: by hour of the day, UTC. */
  slots: number
  readonly hours: Uint32Array
  /** How many pieces the host had had when it spoke first and last. */
  readonly firstSlot: number
  lastSlot: number
  /** How many records of the capability all sources together had had then. */
  readonly firstTotal: number
  lastTotal: number
  readonly silences: Silence[]
}

/** A record that says that telemetry was switched. */
export interface Switch {
  readonly telemetry: Telemetry
  readonly at: Proof
  /** `cleared`: what the log held is gone. */
  readonly turns: 'off' | 'on' | 'cleared' | 'lost'
  /** The audit subcategory, where it is one; else null: the whole log. */
  readonly subcategory: string | null
}

/** What is known of one host's telemetry when its facts have gone by. */
export interface HostLedger {
  readonly first: number
  readonly last: number
  /** Pieces of time in which the host wrote something of use; by hour of the day. */
  readonly slots: number
  readonly hours: Uint32Array
  readonly signals: ReadonlyMap<CapabilityId, readonly Signal[]>
  readonly switches: readonly Switch[]
  readonly comparisons: readonly SourceComparison[]
  readonly clockSteps: number
  readonly facts: number
}

interface Waiting {
  readonly time: number
  seenBy: number
}

/** Sources that are compared, as bits. */
const bitOf: Readonly<Partial<Record<Telemetry, number>>> = { security: 1, sysmon: 2, sensor: 4, scheduler: 8 }

/** Numbers of what two sources saw, while both were on. */
class Comparison {
  readonly what: SourceComparison['what']
  readonly sources: SourceComparison['sources']
  readonly #first: number
  readonly #second: number
  first = 0
  second = 0
  both = 0
  /** Of the piece of time in hand: counted only where both speak in it, so that a source that is off loses nothing. */
  #now = { first: 0, second: 0, both: 0 }

  constructor(what: SourceComparison['what'], sources: SourceComparison['sources']) {
    this.what = what
    this.sources = sources
    this.#first = bitOf[sources[0]] ?? 0
    this.#second = bitOf[sources[1]] ?? 0
  }

  /** `bit` saw something that those of `before` had seen. */
  saw(bit: number, before: number): void {
    if (bit === this.#first) {
      this.#now.first++
      if (before & this.#second) this.#now.both++
    } else if (bit === this.#second) {
      this.#now.second++
      if (before & this.#first) this.#now.both++
    }
  }

  turn(): void {
    const { first, second, both } = this.#now
    if (first > 0 && second > 0) {
      this.first += first
      this.second += second
      this.both += Math.min(both, first, second)
    }
    this.#now = { first: 0, second: 0, both: 0 }
  }
}

/** Counts what one host's facts prove to be recorded, while they go by in order. */
export class LedgerKeeper {
  readonly #signals = new Map<CapabilityId, Signal[]>()
  /** Records of each capability, of all sources together. */
  readonly #totals = new Map<CapabilityId, number>()
  readonly #switches: Switch[] = []
  readonly #processes = new Map<number, Waiting>()
  readonly #changes = new Map<string, Waiting>()
  readonly #ofProcesses = [
    new Comparison('process', ['security', 'sysmon']),
    new Comparison('process', ['security', 'sensor']),
    new Comparison('process', ['sysmon', 'sensor']),
    // of the runs that the scheduler's log names with their process ids
    new Comparison('run', ['scheduler', 'security']),
    new Comparison('run', ['scheduler', 'sysmon']),
    new Comparison('run', ['scheduler', 'sensor']),
  ]
  readonly #ofChanges = [
    new Comparison('task-change', ['security', 'scheduler']),
    new Comparison('task-change', ['security', 'sensor']),
    new Comparison('task-change', ['scheduler', 'sensor']),
  ]
  readonly #hours = new Uint32Array(24)
  #slot = Number.NaN
  #slots = 0
  #facts = 0
  #clockSteps = 0
  #first = Number.POSITIVE_INFINITY
  #last = Number.NEGATIVE_INFINITY

  /** `clockOffset`: how much more than the host's own clock the fact bears. */
  note(fact: Fact, clockOffset = 0): void {
    const slot = Math.floor(fact.time / slotLength)
    if (slot !== this.#slot) this.#turnTo(slot)
    this.#facts++
    const time = fact.time - clockOffset
    if (time < this.#first) this.#first = time
    if (time > this.#last) this.#last = time
    const telemetry = telemetryOf(fact.channel) ?? 'sensor'
    for (const { capability, lacks } of shownBy(fact)) this.#show(capability, lacks, telemetry, fact, time)
    this.#compare(fact, telemetry)
    if (fact.kind === 'log-cleared') this.#cleared(fact.log, proofOf(fact, time))
    else if (fact.kind === 'clock-changed') this.#clockSteps++
  }

  #turnTo(slot: number): void {
    this.#slot = slot
    this.#slots++
    countHour(this.#hours, slot)
    for (const comparison of this.#ofProcesses) comparison.turn()
    for (const comparison of this.#ofChanges) comparison.turn()
  }

  #show(capability: CapabilityId, lacks: boolean, telemetry: Telemetry, fact: Fact, time: number): void {
    let signals = this.#signals.get(capability)
    if (!signals) {
      signals = []
      this.#signals.set(capability, signals)
    }
    const total = this.#totals.get(capability) ?? 0
    this.#totals.set(capability, total + 1)
    let signal = signals.find((one) => one.telemetry === telemetry)
    if (!signal) {
      signal = {
        telemetry,
        first: proofOf(fact, time),
        last: time,
        count: 0,
        lacking: 0,
        slots: 0,
        hours: new Uint32Array(24),
        firstSlot: this.#slots,
        lastSlot: 0,
        firstTotal: total,
        lastTotal: total,
        silences: [],
      }
      signals.push(signal)
    }
    if (signal.lastSlot !== this.#slots) {
      const elsewhere = total - signal.lastTotal
      const slots = signal.lastSlot === 0 ? 0 : this.#slots - signal.lastSlot - 1
      if (slots > 0 || elsewhere > 0 || time - signal.last > 2 * slotLength)
        keepLongest(signal.silences, { from: signal.last, to: time, slots, elsewhere })
      signal.lastSlot = this.#slots
      signal.slots++
      countHour(signal.hours, this.#slot)
    }
    signal.last = time
    signal.lastTotal = total + 1
    signal.count++
    if (lacks) signal.lacking++
  }

  #compare(fact: Fact, telemetry: Telemetry): void {
    const bit = bitOf[telemetry]
    if (bit === undefined) return
    switch (fact.kind) {
      case 'process-started':
      case 'task-process-created': {
        if (fact.pid === 0) return
        const before = meet(this.#processes, fact.pid, fact.time, bit)
        for (const comparison of this.#ofProcesses) comparison.saw(bit, before)
        return
      }
      case 'task-registered':
      case 'task-updated':
      case 'task-deleted': {
        const what = fact.kind === 'task-deleted' ? 'gone' : 'made'
        const before = meet(this.#changes, `${what} ${taskKey(fact.task)}`, fact.time, bit)
        for (const comparison of this.#ofChanges) comparison.saw(bit, before)
        return
      }
      default:
        return
    }
  }

  #cleared(log: string, at: Proof): void {
    const telemetry = telemetryOf(log)
    if (telemetry) this.#switch({ telemetry, at, turns: 'cleared', subcategory: null })
  }

  #switch(one: Switch): void {
    if (this.#switches.length < mostSwitches) this.#switches.push(one)
  }

  /** What has gone by until now. */
  ledger(): HostLedger {
    const comparisons = [...this.#ofProcesses, ...this.#ofChanges]
    for (const comparison of comparisons) comparison.turn()
    return {
      first: this.#first,
      last: this.#last,
      slots: this.#slots,
      hours: this.#hours,
      signals: this.#signals,
      switches: this.#switches,
      comparisons: comparisons
        .filter(({ first, second }) => first > 0 && second > 0)
        .map(({ what, sources, first, second, both }) => ({ what, sources, first, second, both })),
      clockSteps: this.#clockSteps,
      facts: this.#facts,
    }
  }
}

export const noLedger: HostLedger = new LedgerKeeper().ledger()

/** Notes a piece of time by its hour of the day. */
export function countHour(hours: Uint32Array, slot: number): void {
  const hour = ((Math.floor((slot * slotLength) / 3_600_000) % 24) + 24) % 24
  hours[hour] = (hours[hour] ?? 0) + 1
}

const proofOf = ({ ticks, source, channel, eventId, recordId, position }: Fact, time: number): Proof => ({
  ...{ time, ticks, source, channel, eventId, recordId, position },
})

/** Who saw this thing before, as bits; the thing is then also seen by this one. Told by its own source again it is another one. */
function meet<Key>(waiting: Map<Key, Waiting>, key: Key, time: number, bit: number): number {
  const known = waiting.get(key)
  if (known && time - known.time <= sameThing && (known.seenBy & bit) === 0) {
    const before = known.seenBy
    known.seenBy |= bit
    return before
  }
  // the newest stands last, so that the oldest is given up
  waiting.delete(key)
  waiting.set(key, { time, seenBy: bit })
  if (waiting.size > mostWaiting) waiting.delete(waiting.keys().next().value as Key)
  return 0
}

/** Keeps the longest silences, in the order of time. */
function keepLongest(silences: Silence[], one: Silence): void {
  silences.push(one)
  if (silences.length <= mostSilences) return
  let shortest = 0
  for (let i = 1; i < silences.length; i++)
    if (weightOf(silences[i] as Silence) < weightOf(silences[shortest] as Silence)) shortest = i
  silences.splice(shortest, 1)
}

/** What the host wrote meanwhile counts, then the time. */
const weightOf = ({ from, to, slots, elsewhere }: Silence): number =>
  8 * (slots + elsewhere) + Math.abs(to - from) / slotLength
