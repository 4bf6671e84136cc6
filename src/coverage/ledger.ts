import {
  type CapabilityId,
  capabilityIds,
  type Proof,
  type SourceComparison,
  type Telemetry,
} from '../model/coverage-report.ts'
import type { Fact, TelemetrySwitched } from '../model/fact.ts'
import { taskKey } from '../model/task-path.ts'
import { type Shown, shownBy } from './shown.ts'
import { telemetryOf } from './telemetry.ts'

/** The host's time is cut into these pieces: silence is counted in pieces in which the host wrote something else. Ten minutes. */
export const slotLength = 600_000
/** Silences kept of one source of a capability, the longest. */
const mostSilences = 8
/** A silence of fewer pieces of time is none. */
const shortest = 3
/** Processes and changes that a second source may still speak of: more than there are process ids in use. */
const mostWaiting = 16_384
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
  /** Pieces of time with a record of it. */
  slots: number
  /** By hour of the day, UTC, in which share of the host's pieces of time it spoke, in two hundredths. */
  readonly rhythm: Uint8Array
  /** How many pieces the host had had when it spoke first and last. */
  readonly firstSlot: number
  lastSlot: number
  /** How many records of the capability all sources together had had then. */
  readonly firstTotal: number
  lastTotal: number
  readonly silences: Silence[]
}

/** The same while facts go by. */
interface Counting extends Omit<Signal, 'rhythm'> {
  readonly hours: Uint32Array
  /** What the least of its silences weighs, where it has as many as are kept. */
  least: number
}

/** A record that says that telemetry was switched. */
export interface Switch {
  readonly telemetry: Telemetry
  readonly at: Proof
  /** `cleared`: what the log held is gone. */
  readonly turns: TelemetrySwitched['turns'] | 'cleared'
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
  time: number
  seenBy: number
}

/** The same while facts go by, as plain values. */
export interface WrittenLedger {
  readonly signals: readonly (WrittenCounting | null)[]
  readonly totals: readonly number[]
  readonly switches: readonly Switch[]
  readonly processes: readonly (readonly [pid: number, time: number, seenBy: number])[]
  readonly changes: readonly (readonly [what: string, time: number, seenBy: number])[]
  readonly ofProcesses: WrittenComparisons
  readonly ofChanges: WrittenComparisons
  readonly hours: readonly number[]
  readonly slot: number | null
  readonly slots: number
  readonly facts: number
  readonly clockSteps: number
  readonly first: number | null
  readonly last: number | null
}
type WrittenCounting = Omit<Counting, 'hours'> & { readonly hours: readonly number[] }
interface WrittenComparisons {
  readonly now: readonly number[]
  readonly bothNow: readonly number[]
  readonly sums: readonly { readonly first: number; readonly second: number; readonly both: number }[]
}

/** Places of the sources in lists, and their bits where they are compared. */
const telemetries = ['security', 'scheduler', 'sysmon', 'powershell', 'sensor', 'kept'] as const
const placeOf: Readonly<Record<Telemetry, number>> = {
  security: 0,
  scheduler: 1,
  sysmon: 2,
  powershell: 3,
  sensor: 4,
  kept: 5,
}

/** Pairs of sources that may tell of one thing: of processes, or with `run` of those that the scheduler names by their ids. */
const processPairs = [
  ['process', 'security', 'sysmon'],
  ['process', 'security', 'sensor'],
  ['process', 'sysmon', 'sensor'],
  ['run', 'scheduler', 'security'],
  ['run', 'scheduler', 'sysmon'],
  ['run', 'scheduler', 'sensor'],
] as const
const changePairs = [
  ['task-change', 'security', 'scheduler'],
  ['task-change', 'security', 'sensor'],
  ['task-change', 'scheduler', 'sensor'],
] as const

/** Numbers of what sources saw of one kind of thing, alone and together, while both were on. */
class Comparisons {
  readonly #pairs: readonly (readonly [SourceComparison['what'], Telemetry, Telemetry])[]
  /** Of the piece of time in hand: a pair is counted only where both speak in it, so that a source that is off loses nothing. */
  readonly #now = new Uint32Array(telemetries.length)
  readonly #bothNow: Uint32Array
  readonly #sums: { first: number; second: number; both: number }[]

  constructor(
    pairs: readonly (readonly [SourceComparison['what'], Telemetry, Telemetry])[],
    written?: WrittenComparisons,
  ) {
    this.#pairs = pairs
    this.#bothNow = new Uint32Array(pairs.length)
    this.#sums = pairs.map((_, i) => ({ ...(written?.sums[i] ?? { first: 0, second: 0, both: 0 }) }))
    if (!written) return
    this.#now.set(written.now)
    this.#bothNow.set(written.bothNow)
  }

  written(): WrittenComparisons {
    return { now: [...this.#now], bothNow: [...this.#bothNow], sums: this.#sums.map((sum) => ({ ...sum })) }
  }

  /** The source at this place saw something that those of `before` had seen. */
  saw(place: number, before: number): void {
    this.#now[place] = (this.#now[place] ?? 0) + 1
    if (before === 0) return
    const together = before | (1 << place)
    this.#pairs.forEach(([, first, second], i) => {
      const pair = (1 << placeOf[first]) | (1 << placeOf[second])
      const isNew = (pair & (1 << place)) !== 0
      if (isNew && (together & pair) === pair) this.#bothNow[i] = (this.#bothNow[i] ?? 0) + 1
    })
  }

  turn(): void {
    for (let i = 0; i < this.#pairs.length; i++) this.#sums[i] = this.#sum(i)
    this.#now.fill(0)
    this.#bothNow.fill(0)
  }

  /** Of one pair, the piece of time in hand included. */
  #sum(pair: number) {
    const sum = this.#sums[pair] ?? { first: 0, second: 0, both: 0 }
    const [, one, another] = this.#pairs[pair] ?? []
    const first = one === undefined ? 0 : (this.#now[placeOf[one]] ?? 0)
    const second = another === undefined ? 0 : (this.#now[placeOf[another]] ?? 0)
    if (first === 0 || second === 0) return sum
    const both = sum.both + Math.min(this.#bothNow[pair] ?? 0, first, second)
    return { first: sum.first + first, second: sum.second + second, both }
  }

  list(): SourceComparison[] {
    return this.#pairs.flatMap(([what, one, another], i) => {
      const { first, second, both } = this.#sum(i)
      return first > 0 && second > 0 ? [{ what, sources: [one, another] as const, first, second, both }] : []
    })
  }
}

/** Counts what one host's facts prove to be recorded, while they go by in order. */
export class LedgerKeeper {
  /** By place of the capability and of the source, and how many records all sources together had of each capability. */
  readonly #signals: (Counting | undefined)[] = new Array(capabilityIds.length * telemetries.length).fill(undefined)
  readonly #totals = new Uint32Array(capabilityIds.length)
  readonly #switches: Switch[]
  readonly #processes = new Map<number, Waiting>()
  readonly #changes = new Map<string, Waiting>()
  readonly #ofProcesses: Comparisons
  readonly #ofChanges: Comparisons
  readonly #hours = new Uint32Array(24)
  #slot: number
  #slots: number
  #facts: number
  #clockSteps: number
  #first: number
  #last: number
  /** Time of the newest fact. */
  #now = Number.NEGATIVE_INFINITY

  /** `written`: what went by before. */
  constructor(written?: WrittenLedger) {
    this.#switches = [...(written?.switches ?? [])]
    this.#ofProcesses = new Comparisons(processPairs, written?.ofProcesses)
    this.#ofChanges = new Comparisons(changePairs, written?.ofChanges)
    this.#slot = written?.slot ?? Number.NaN
    this.#slots = written?.slots ?? 0
    this.#facts = written?.facts ?? 0
    this.#clockSteps = written?.clockSteps ?? 0
    this.#first = written?.first ?? Number.POSITIVE_INFINITY
    this.#last = written?.last ?? Number.NEGATIVE_INFINITY
    if (!written) return
    for (const [place, one] of written.signals.entries())
      if (one) this.#signals[place] = { ...one, silences: [...one.silences], hours: Uint32Array.from(one.hours) }
    this.#totals.set(written.totals)
    this.#hours.set(written.hours)
    for (const [pid, time, seenBy] of written.processes) this.#processes.set(pid, { time, seenBy })
    for (const [what, time, seenBy] of written.changes) this.#changes.set(what, { time, seenBy })
  }

  /** All that is counted as plain values; what a second source can speak of no more is left out. */
  written(): WrittenLedger {
    const signals = this.#signals.map((one) =>
      one ? { ...one, silences: [...one.silences], hours: [...one.hours] } : null,
    )
    while (signals.at(-1) === null) signals.pop()
    const waits = <Key>(waiting: ReadonlyMap<Key, Waiting>) =>
      [...waiting]
        .filter(([, { time }]) => this.#now - time <= sameThing)
        .map(([key, { time, seenBy }]) => [key, time, seenBy] as const)
    return {
      signals,
      totals: [...this.#totals],
      switches: [...this.#switches],
      processes: waits(this.#processes),
      changes: waits(this.#changes),
      ofProcesses: this.#ofProcesses.written(),
      ofChanges: this.#ofChanges.written(),
      hours: [...this.#hours],
      slot: Number.isNaN(this.#slot) ? null : this.#slot,
      slots: this.#slots,
      facts: this.#facts,
      clockSteps: this.#clockSteps,
      first: Number.isFinite(this.#first) ? this.#first : null,
      last: Number.isFinite(this.#last) ? this.#last : null,
    }
  }

  /** `clockOffset`: how much more than the host's own clock the fact bears. */
  note(fact: Fact, clockOffset = 0): void {
    const slot = Math.floor(fact.time / slotLength)
    if (slot !== this.#slot) this.#turnTo(slot)
    this.#facts++
    this.#now = fact.time
    const time = fact.time - clockOffset
    if (time < this.#first) this.#first = time
    if (time > this.#last) this.#last = time
    const telemetry = telemetryOf(fact.channel) ?? 'sensor'
    const shown = shownBy(fact)
    for (let i = 0; i < shown.length; i++) this.#show(shown[i] as Shown, telemetry, fact, time)
    this.#compare(fact, telemetry)
    if (fact.kind === 'log-cleared') this.#cleared(fact.log, proofOf(fact, time))
    else if (fact.kind === 'telemetry-switched') {
      const switched = telemetryOf(fact.log)
      const { turns, subcategory } = fact
      if (switched) this.#switch({ telemetry: switched, at: proofOf(fact, time), turns, subcategory })
    } else if (fact.kind === 'clock-changed') this.#clockSteps++
  }

  #turnTo(slot: number): void {
    this.#slot = slot
    this.#slots++
    countHour(this.#hours, slot)
    this.#ofProcesses.turn()
    this.#ofChanges.turn()
  }

  #show({ place, lacks }: Shown, telemetry: Telemetry, fact: Fact, time: number): void {
    const total = this.#totals[place] ?? 0
    this.#totals[place] = total + 1
    const at = place * telemetries.length + placeOf[telemetry]
    let signal = this.#signals[at]
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
        least: 0,
      }
      this.#signals[at] = signal
    }
    if (signal.lastSlot !== this.#slots) {
      const elsewhere = total - signal.lastTotal
      const slots = signal.lastSlot === 0 ? 0 : this.#slots - signal.lastSlot - 1
      if (slots >= shortest || elsewhere > 2) keepLongest(signal, { from: signal.last, to: time, slots, elsewhere })
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
    switch (fact.kind) {
      case 'process-started':
      case 'task-process-created': {
        if (fact.pid === 0) return
        const place = placeOf[telemetry]
        this.#ofProcesses.saw(place, meet(this.#processes, fact.pid, fact.time, 1 << place))
        return
      }
      case 'task-registered':
      case 'task-updated':
      case 'task-deleted': {
        const what = fact.kind === 'task-deleted' ? 'gone' : 'made'
        const place = placeOf[telemetry]
        this.#ofChanges.saw(place, meet(this.#changes, `${what} ${taskKey(fact.task)}`, fact.time, 1 << place))
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
    if (this.#switches.length >= mostSwitches) {
      // some give Sysmon its configuration anew each hour
      const least = this.#switches.findIndex(({ turns }) => turns === 'reconfigured')
      if (least < 0) return
      this.#switches.splice(least, 1)
    }
    this.#switches.push(one)
  }

  #kept(): HostLedger['signals'] {
    const counting = this.#signals.filter((one) => one !== undefined)
    const rhythms = new Uint8Array(24 * counting.length)
    const kept = new Map<CapabilityId, Signal[]>()
    let at = 0
    this.#signals.forEach((one, i) => {
      if (one === undefined) return
      const id = capabilityIds[Math.floor(i / telemetries.length)] as CapabilityId
      const own = kept.get(id) ?? []
      own.push(keptSignal(one, this.#hours, rhythms, at++))
      kept.set(id, own)
    })
    return kept
  }

  /** What has gone by until now. */
  ledger(): HostLedger {
    return {
      first: this.#first,
      last: this.#last,
      slots: this.#slots,
      hours: this.#hours,
      signals: this.#kept(),
      switches: this.#switches,
      comparisons: [...this.#ofProcesses.list(), ...this.#ofChanges.list()],
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
  if (known === undefined) {
    if (waiting.size >= mostWaiting) makeRoom(waiting, time)
    waiting.set(key, { time, seenBy: bit })
    return 0
  }
  const before = time - known.time <= sameThing && (known.seenBy & bit) === 0 ? known.seenBy : 0
  if (before === 0) known.time = time
  known.seenBy = before | bit
  return before
}

/** Forgets what no second source speaks of any more; where that is not enough, all. */
function makeRoom<Key>(waiting: Map<Key, Waiting>, now: number): void {
  for (const [key, { time }] of waiting) if (now - time > sameThing) waiting.delete(key)
  if (waiting.size > mostWaiting / 2) waiting.clear()
}

/** Keeps the longest silences, in the order of time. */
function keepLongest(signal: Counting, one: Silence): void {
  const { silences } = signal
  if (silences.length >= mostSilences) {
    if (weightOf(one) <= signal.least) return
    silences.splice(
      silences.findIndex((other) => weightOf(other) === signal.least),
      1,
    )
  }
  silences.push(one)
  if (silences.length < mostSilences) return
  signal.least = silences.reduce((least, other) => Math.min(least, weightOf(other)), Number.POSITIVE_INFINITY)
}

/** A signal as it is kept when its host is over: hosts are many. */
function keptSignal(
  { hours, least: _, ...signal }: Counting,
  all: Uint32Array,
  rhythms: Uint8Array,
  at: number,
): Signal {
  const rhythm = rhythms.subarray(at * 24, at * 24 + 24)
  let most = 0
  for (let hour = 0; hour < 24; hour++) {
    const share = Math.round((200 * (hours[hour] ?? 0)) / Math.max(all[hour] ?? 0, 1))
    rhythm[hour] = share
    most = Math.max(most, share / 200)
  }
  // what not even its busiest hour would make improbable is never told
  const silences = signal.silences.filter(
    ({ slots, elsewhere }) => elsewhere > 2 || (1 - Math.min(most, 0.95)) ** slots < 1e-3,
  )
  return { ...signal, silences: silences.length === 0 ? noSilences : silences, rhythm }
}

const noSilences: Silence[] = []

/** What the host wrote meanwhile. */
const weightOf = ({ slots, elsewhere }: Silence): number => slots + elsewhere
