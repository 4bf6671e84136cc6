import { z } from 'zod'
import { clean } from '../../../report/index.ts'
import type { Clock } from '../../clock.ts'
import { retryAfterOf } from '../backoff.ts'
import { ecsDocument } from '../document.ts'
import { type Answer, type Door, isRefusal, post, saidBy } from './post.ts'
import { type AlertTarget, delivered, failed, type Message, type Outcome } from './target.ts'

export interface ElasticsearchSettings {
  /** Of the `_bulk` of the index or data stream. */
  readonly door: Door
  /** The Authorization header; null: none. */
  readonly authorization: string | null
  readonly version: string
}

/** The bulk path of a data stream or index below the address of a cluster. */
export function bulkUrl(cluster: URL, index: string): URL {
  const url = new URL(cluster)
  url.pathname = `${cluster.pathname.replace(/\/+$/, '')}/${encodeURIComponent(index)}/_bulk`
  return url
}

const itemForm = z.object({
  status: z.number(),
  error: z.union([z.object({ type: z.string().optional(), reason: z.string().nullish() }), z.string()]).optional(),
})
type Item = z.infer<typeof itemForm>
const answerForm = z.object({ items: z.array(z.record(z.string(), itemForm)) })

/** Creates a document for each alert, with the alert's own id: one that is there already is not written again. */
export class Elasticsearch implements AlertTarget {
  readonly name = 'elasticsearch'
  readonly atOnce = 100
  readonly #settings: ElasticsearchSettings
  readonly #clock: Clock

  constructor(settings: ElasticsearchSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
  }

  async send(messages: readonly Message[], signal: AbortSignal): Promise<readonly Outcome[]> {
    const { door, authorization, version } = this.#settings
    const lines = messages.flatMap((message) => [
      JSON.stringify({ create: { _id: message.head.id } }),
      ecsDocument(message),
    ])
    const headers = {
      'content-type': 'application/x-ndjson',
      accept: 'application/json',
      'user-agent': `tasktrail/${version}`,
      ...(authorization === null ? {} : { authorization }),
    }
    const answer = await post(door, headers, Buffer.from(`${lines.join('\n')}\n`), signal)
    if ('error' in answer) return messages.map(() => failed(answer.error))
    return this.#outcomes(answer, messages.length)
  }

  close(): void {}

  #outcomes(answer: Answer, count: number): readonly Outcome[] {
    const { host } = this.#settings.door.url
    const retryAfter = retryAfterOf(answer.retryAfter, this.#clock.now())
    const all = (outcome: Outcome) => Array.from({ length: count }, () => outcome)
    if (answer.status < 200 || answer.status >= 300) {
      const reason = saidBy(answer, host)
      // of several it does not say which
      return all(isRefusal(answer.status) && count === 1 ? { kind: 'refused', reason } : failed(reason, retryAfter))
    }
    const items = itemsIn(answer.body)
    if (items?.length !== count) return all(failed(`${host} gave no answer of a bulk request of Elasticsearch`))
    return items.map((item) => outcomeOf(item, host))
  }
}

function itemsIn(body: string): Item[] | null {
  try {
    const { items } = answerForm.parse(JSON.parse(body))
    return items.flatMap((item) => Object.values(item).slice(0, 1))
  } catch {
    return null
  }
}

function outcomeOf({ status, error }: Item, host: string): Outcome {
  // 409: it was written before
  if ((status >= 200 && status < 300) || status === 409) return delivered
  const said = typeof error === 'string' ? error : [error?.type, error?.reason].filter((part) => part).join(': ')
  const reason = `${host} answered ${status} for it: ${clean(said).slice(0, 300)}`
  return status === 400 || status === 413 ? { kind: 'refused', reason } : failed(reason)
}
