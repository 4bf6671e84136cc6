import type { AlertStory } from '../../../report/index.ts'
import type { AlertHead } from '../../store/outbox.ts'

/** One alert as it is handed to a receiver. */
export interface Message {
  readonly head: AlertHead
  /** Null: it is kept nowhere any more. Where too much had to be kept, only the finding as it is now is there. */
  readonly story: Partial<AlertStory> | null
  /** From 1 on. Above 1 it may have arrived before. */
  readonly attempt: number
}

/** What sending one came to. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** `retryAfter`: milliseconds that the receiver asked for. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAfter: number | null }
  /** The receiver is never going to take this one. */
  | { readonly kind: 'refused'; readonly reason: string }

/** A receiver of alerts. */
export interface AlertTarget {
  readonly name: string
  /** How many are handed over at once, at most. */
  readonly atOnce: number
  /** Sends them, each alert's earlier parts being there; one outcome for each. Does not throw. */
  send(messages: readonly Message[], signal: AbortSignal): Promise<readonly Outcome[]>
  close(): void
}

export const delivered: Outcome = { kind: 'delivered' }

export const failed = (reason: string, retryAfter: number | null = null): Outcome => ({
  kind: 'failed',
  reason,
  retryAfter,
})
