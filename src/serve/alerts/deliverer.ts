import { zstdDecompressSync } from 'node:zlib'
import type { FindingJson } from '../../report/finding-json.ts'
import type { AlertStory } from '../../report/index.ts'
import type { Clock } from '../clock.ts'
import type { Delivery, Outbox, TargetCounts } from '../store/outbox.ts'
import { waitAfter } from './backoff.ts'
import type { AlertTarget, Message, Outcome } from './targets/target.ts'

export interface DelivererDeps {
  readonly outbox: Outbox
  readonly clock: Clock
  /** A finding as it is now, for an alert whose own story was too much to keep. */
  readonly findingOf: (id: string) => FindingJson | null
}

/** What fails for so long is given up, until somebody has it sent again: a receiver that is gone over the holidays loses nothing. */
export const giveUpAfter = 7 * 86_400_000

/** Handed over at once, as they are kept: some five megabytes as JSON. */
const bytesAtOnce = 512 << 10
/** What has failed so often is sent by itself: it may be what the others fail for. */
const aloneFrom = 3
/** A story is some kilobytes; what unpacks to more was written by nobody of us. */
const longestStory = 64 << 20

/** How it goes with one receiver. */
export interface TargetStatus extends TargetCounts {
  readonly name: string
  /** When the last alert arrived, and when the last try failed, since the start; null: none has. */
  readonly lastDelivered: number | null
  readonly lastFailure: { readonly time: number; readonly reason: string } | null
  /** Before when nothing is tried; null: it answers, as far as is known. */
  readonly notBefore: number | null
}

/** Brings what waits in the outbox to one receiver. */
export class Deliverer {
  readonly #target: AlertTarget
  readonly #deps: DelivererDeps
  /** Turns in a row of which nothing arrived. */
  #failures = 0
  #notBefore = 0
  #lastDelivered: number | null = null
  #lastFailure: TargetStatus['lastFailure'] = null

  constructor(target: AlertTarget, deps: DelivererDeps) {
    this.#target = target
    this.#deps = deps
  }

  get status(): TargetStatus {
    const { outbox, clock } = this.#deps
    return {
      name: this.#target.name,
      ...outbox.counts(this.#target.name),
      lastDelivered: this.#lastDelivered,
      lastFailure: this.#lastFailure,
      notBefore: this.#notBefore > clock.now() ? this.#notBefore : null,
    }
  }

  /** Sends once what can be sent; returns the milliseconds after which there may be more, null: when something new is noted. */
  async turn(signal: AbortSignal): Promise<number | null> {
    const { outbox, clock } = this.#deps
    const now = clock.now()
    if (now < this.#notBefore) return this.#notBefore - now
    // of a receiver that did not answer one is asked first
    const due = outbox.due(this.#target.name, now, this.#failures > 0 ? 1 : this.#target.atOnce)
    const batch = togetherOf(due)
    if (batch.length === 0) {
      const next = outbox.nextDue(this.#target.name, now)
      return next === null ? null : next - now
    }
    outbox.began(batch)
    const outcomes = await this.#target.send(
      batch.map((delivery) => this.#messageOf(delivery)),
      signal,
    )
    // whether they arrived is not known: they stay, and are marked when they are sent again
    if (signal.aborted) return null
    this.#settle(batch, outcomes)
    return 0
  }

  /** Somebody put something right: what was put off by failures is tried now. */
  askAgain(): void {
    this.#notBefore = 0
  }

  #settle(batch: readonly Delivery[], outcomes: readonly Outcome[]): void {
    const { outbox, clock } = this.#deps
    const now = clock.now()
    for (const [place, delivery] of batch.entries()) {
      const outcome = outcomes[place] ?? { kind: 'failed', reason: 'no answer for it', retryAfter: null }
      if (outcome.kind === 'delivered') {
        outbox.delivered(delivery, now)
        this.#lastDelivered = now
        continue
      }
      this.#lastFailure = { time: now, reason: outcome.reason }
      if (outcome.kind === 'refused') outbox.gaveUp(delivery, outcome.reason, now)
      else if (now - delivery.since >= giveUpAfter) outbox.gaveUp(delivery, outcome.reason, now)
      else {
        const wait = waitAfter(delivery.tries + 1, outcome.retryAfter, clock.random())
        outbox.failed(delivery, outcome.reason, now + wait)
      }
    }
    this.#judge(outcomes, now)
  }

  /** Whether the receiver is there. */
  #judge(outcomes: readonly Outcome[], now: number): void {
    const asked = outcomes.reduce((most, one) => Math.max(most, one.kind === 'failed' ? (one.retryAfter ?? 0) : 0), 0)
    this.#failures = outcomes.some(({ kind }) => kind !== 'failed') ? 0 : this.#failures + 1
    // one failure may be of that alert alone; what the receiver asks for holds for all
    const wait = this.#failures > 1 || asked > 0 ? waitAfter(this.#failures, asked, this.#deps.clock.random()) : 0
    this.#notBefore = wait > 0 ? now + wait : 0
  }

  #messageOf({ head, tries, bytes }: Delivery): Message {
    return { head, story: bytes > 0 ? this.#storyOf(head.id) : this.#presentOf(head.finding), attempt: tries + 1 }
  }

  #storyOf(id: string): AlertStory | null {
    const packed = this.#deps.outbox.storyOf(id)
    if (packed === null) return null
    return JSON.parse(zstdDecompressSync(packed, { maxOutputLength: longestStory }).toString()) as AlertStory
  }

  #presentOf(id: string): Message['story'] {
    const finding = this.#deps.findingOf(id)
    return finding === null ? null : { finding }
  }
}

/** As many of the first as are handed over at once. */
function togetherOf(due: readonly Delivery[]): readonly Delivery[] {
  let bytes = 0
  for (const [place, delivery] of due.entries()) {
    bytes += delivery.bytes
    const isAlone = delivery.tries >= aloneFrom
    if (place > 0 && (isAlone || bytes > bytesAtOnce)) return due.slice(0, place)
    if (isAlone) return due.slice(0, 1)
  }
  return due
}
