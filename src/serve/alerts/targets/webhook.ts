import { createHmac } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { retryAfterOf } from '../backoff.ts'
import { alertDocument } from '../document.ts'
import { type Door, isRefusal, post, saidBy } from './post.ts'
import { type AlertTarget, delivered, failed, type Message, type Outcome } from './target.ts'

export interface WebhookSettings {
  readonly door: Door
  /** With which what is sent is signed; null: it is not. */
  readonly secret: Buffer | null
  readonly version: string
}

/** Posts at once: enough for an answer that takes half a second, few enough for a small receiver. */
const atOnce = 4

/** What `Tasktrail-Signature` says: when it was sent, in seconds, and the HMAC-SHA256 of that, a point and the body. */
export function signatureOf(secret: Buffer, seconds: number, body: Buffer): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')
  return `t=${seconds},v1=${mac}`
}

/** Posts each alert by itself as JSON. */
export class Webhook implements AlertTarget {
  readonly name = 'webhook'
  readonly atOnce = atOnce
  readonly #settings: WebhookSettings
  readonly #clock: Clock

  constructor(settings: WebhookSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
  }

  send(messages: readonly Message[], signal: AbortSignal): Promise<readonly Outcome[]> {
    return Promise.all(messages.map((message) => this.#post(message, signal)))
  }

  close(): void {}

  async #post(message: Message, signal: AbortSignal): Promise<Outcome> {
    const { door, secret, version } = this.#settings
    const body = Buffer.from(alertDocument(message))
    const { head, attempt } = message
    const headers = {
      'content-type': 'application/json',
      'user-agent': `tasktrail/${version}`,
      'idempotency-key': head.id,
      'tasktrail-delivery': head.id,
      'tasktrail-attempt': String(attempt),
      ...(attempt > 1 ? { 'tasktrail-redelivery': 'true' } : {}),
      ...(secret ? { 'tasktrail-signature': signatureOf(secret, Math.floor(this.#clock.now() / 1000), body) } : {}),
    }
    const answer = await post(door, headers, body, signal)
    if ('error' in answer) return failed(answer.error)
    if (answer.status >= 200 && answer.status < 300) return delivered
    const reason = saidBy(answer, door.url.host)
    if (isRefusal(answer.status)) return { kind: 'refused', reason }
    return failed(reason, retryAfterOf(answer.retryAfter, this.#clock.now()))
  }
}
