import type { Batch, EventTaker } from '../events/splitter.ts'
import { LineSplitter } from './line-splitter.ts'
import { LocalClock } from './local-clock.ts'
import { eventsIn, type JsonLayout, splitterOf } from './look.ts'
import { isLocal } from './moment.ts'

/** Between two events that are asked for the time: nobody changes zones more often. */
const stride = 32 << 10
/** Events that agree on the zone of a clock with 24 hours, after which no more are asked. */
const enough = 64

/** Learns an input's clock from some of its events. */
export class ClockSurvey implements EventTaker {
  readonly clock: LocalClock
  #batch: Batch = { bytes: Buffer.alloc(0), text: '', position: 0 }
  #nextAt = 0
  #learnt = 0
  #halfDay = false

  constructor(clock = new LocalClock()) {
    this.clock = clock
  }

  /** Whether the rest of the input can tell nothing new. A clock of twelve hours may go round at any time. */
  get isDone(): boolean {
    return !this.#halfDay && this.#learnt >= enough && this.clock.offsets().length === 1
  }

  begin(batch: Batch): void {
    this.#batch = batch
  }

  event(from: number, to: number): void {
    const { text, position } = this.#batch
    if (position + from < this.#nextAt) return
    if (!/UtcTime|@timestamp|EventReceivedTime/.test(text.slice(from, to))) return
    for (const held of eventsIn(this.#batch, from, to)) {
      const moment = held.kind === 'event' ? held.carrier.moment(held.event) : undefined
      if (moment === undefined || !isLocal(moment)) continue
      this.#halfDay ||= moment.halfDay
      if (!this.clock.learn(moment)) continue
      this.#learnt++
      this.#nextAt = position + from + stride
    }
  }

  lost(): void {}
}

/** Learns from pieces of a file with one event a line; what is cut at either end of a piece is passed over. */
export function surveySamples(samples: Iterable<Buffer>): LocalClock {
  const survey = new ClockSurvey()
  let position = 0
  for (const sample of samples) {
    const end = sample.lastIndexOf(0x0a)
    // positions only have to grow
    const splitter = new LineSplitter(survey, position, position > 0)
    splitter.push(sample.subarray(0, end + 1))
    splitter.end()
    position += Math.max(sample.length, stride)
  }
  return survey.clock
}

/** Learns from a text that is in memory. */
export function surveyText(text: Buffer, layout: JsonLayout, clock: LocalClock): void {
  const splitter = splitterOf(layout, new ClockSurvey(clock))
  splitter.push(text)
  splitter.end()
}

/** Learns from a whole input, or as much of it as there is something to learn from. */
export async function surveyContent(
  blocks: AsyncIterable<Buffer> | Iterable<Buffer>,
  layout: JsonLayout,
): Promise<LocalClock> {
  const survey = new ClockSurvey()
  const splitter = splitterOf(layout, survey)
  try {
    for await (const block of blocks) {
      splitter.push(block)
      if (survey.isDone) break
    }
  } catch {
    // reading itself will meet the damage and name it
  }
  return survey.clock
}
