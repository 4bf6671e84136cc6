import type { ClockChanged, Fact } from '../../model/fact.ts'
import { append } from '../../model/lists.ts'
import { type ClockStep, isSameStep, stepOf } from '../clock-steps.ts'
import { isSameRecord } from '../fact-order.ts'
import { FactHeap } from './fact-heap.ts'
import { RecentRecords, type WrittenRecords } from './recent-records.ts'
import type { LiveSettings } from './settings.ts'

/** A fact whose turn it is. */
export interface FactInTurn {
  readonly fact: Fact
  /** Further inputs that hold the same record. */
  readonly alsoIn: readonly number[]
  /** Later facts have gone before it. */
  readonly isLate: boolean
}

/** One for all: most records are in one input alone. */
const nowhereElse: readonly number[] = []

/** A feed as plain values. */
export interface WrittenFeed {
  readonly waiting: readonly Fact[]
  /** The newest time that each source has told of. */
  readonly sources: readonly (readonly [source: string, newest: number])[]
  readonly done: number | null
  readonly recent: WrittenRecords
  readonly hurried: number
  readonly clockOffset: number
  readonly lastStep: ClockStep | null
}

/**
 * Puts the live facts of one host in order. Each source has told all that is older than its newest record by more than the
 * lateness: its watermark. Facts wait until they are behind the watermarks of all sources that are not idle. So whatever comes in
 * time comes in the same order, in whichever order it arrived.
 */
export class HostFeed {
  readonly #settings: LiveSettings
  readonly #waiting: FactHeap
  readonly #sources: Map<string, number>
  readonly #recent: RecentRecords
  #done: number | null
  #hurried: number
  /** How much more than the host's own clock the facts bear, because it was set back. */
  #clockOffset: number
  #lastStep: ClockStep | null

  constructor(settings: LiveSettings, written?: WrittenFeed) {
    this.#settings = settings
    this.#waiting = new FactHeap(written?.waiting)
    this.#sources = new Map(written?.sources)
    this.#recent = new RecentRecords(settings.recent, settings.recentTime, written?.recent)
    this.#done = written?.done ?? null
    this.#hurried = written?.hurried ?? 0
    this.#clockOffset = written?.clockOffset ?? 0
    this.#lastStep = written?.lastStep ?? null
  }

  /** Up to this time everything has gone by, but for what comes late; null before anything has. */
  get done(): number | null {
    return this.#done
  }

  /** Facts that went on before their time because too many waited. */
  get hurried(): number {
    return this.#hurried
  }

  /** Takes a fact from a source and gives out those whose turn it is. */
  add(source: string, arrived: Fact): FactInTurn[] {
    const inTurn: FactInTurn[] = []
    if (arrived.kind === 'clock-changed') this.#setClock(arrived)
    const offset = this.#offsetAt(arrived.time)
    const fact = offset === 0 ? arrived : { ...arrived, time: arrived.time + offset, clockOffset: offset }
    if (this.#done !== null && fact.time <= this.#done) {
      if (this.#recent.isNew(fact)) inTurn.push({ fact, alsoIn: nowhereElse, isLate: true })
    } else {
      this.#waiting.push(fact)
      while (this.#waiting.size > this.#settings.waiting) {
        this.#hurried++
        this.#next(inTurn)
      }
    }
    append(inTurn, this.#told(source, fact.time))
    return inTurn
  }

  /** A source says that it has told everything up to this time, give or take the lateness; gives out those whose turn it is. */
  advance(source: string, time: number): FactInTurn[] {
    return this.#told(source, time + this.#offsetAt(time))
  }

  #told(source: string, time: number): FactInTurn[] {
    const newest = this.#sources.get(source)
    if (newest === undefined || time > newest) this.#sources.set(source, time)
    return this.#upTo(this.#watermark())
  }

  /** Nothing more is to come: all that waits. */
  end(): FactInTurn[] {
    return this.#upTo(Number.POSITIVE_INFINITY)
  }

  written(): WrittenFeed {
    return {
      waiting: this.#waiting.inOrder(),
      sources: [...this.#sources],
      done: this.#done,
      recent: this.#recent.written(),
      hurried: this.#hurried,
      clockOffset: this.#clockOffset,
      lastStep: this.#lastStep,
    }
  }

  /** Two logs may tell of one step. */
  #setClock(fact: ClockChanged): void {
    const step = stepOf(fact)
    if (this.#lastStep && isSameStep(step, this.#lastStep)) return
    this.#lastStep = step
    // forward again: as much less is to be added, but a clock that was slow before is left alone
    this.#clockOffset = Math.max(0, this.#clockOffset + step.from - step.to)
  }

  /** Records from before the step may still come: a time is taken for what lies nearer to the newest. */
  #offsetAt(time: number): number {
    const offset = this.#clockOffset
    if (offset === 0) return 0
    const newest = latest(this.#sources.values())
    return Math.abs(time + offset - newest) < Math.abs(time - newest) ? offset : 0
  }

  #watermark(): number {
    const ofAll = latest(this.#sources.values())
    let oldest = Number.POSITIVE_INFINITY
    for (const time of this.#sources.values()) if (ofAll - time <= this.#settings.idle) oldest = Math.min(oldest, time)
    return oldest - this.#settings.lateness
  }

  #upTo(time: number): FactInTurn[] {
    const inTurn: FactInTurn[] = []
    for (let first = this.#waiting.first; first && first.time <= time; first = this.#waiting.first) this.#next(inTurn)
    if (time !== Number.POSITIVE_INFINITY && (this.#done === null || time > this.#done)) this.#done = time
    return inTurn
  }

  /** The first of those that wait, with its copies. */
  #next(inTurn: FactInTurn[]): void {
    const fact = this.#waiting.pop()
    if (!fact) return
    let alsoIn: readonly number[] = nowhereElse
    for (let copy = this.#waiting.first; copy && isSameRecord(fact, copy); copy = this.#waiting.first) {
      this.#waiting.pop()
      if (copy.source !== fact.source && alsoIn.at(-1) !== copy.source) alsoIn = [...alsoIn, copy.source]
    }
    if (this.#done === null || fact.time > this.#done) this.#done = fact.time
    if (this.#recent.isNew(fact)) inTurn.push({ fact, alsoIn, isLate: false })
  }
}

function latest(times: Iterable<number>): number {
  let last = Number.NEGATIVE_INFINITY
  for (const time of times) last = Math.max(last, time)
  return last
}
