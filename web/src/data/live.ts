import type { AnswerTo, Question } from '../../../src/report/page/answers/questions.ts'
import type { Fed, FindingJson, Looked, PageCoverage, PageFinding, Source } from './source.ts'

/** Whoever looks at the page. */
export interface Session {
  readonly name: string
  readonly role: string
  /** What a request that changes something must show. */
  readonly csrf: string
}

/** `lost`: the service cannot be reached; `expired`: it wants a token again. */
export type Connection = 'connected' | 'lost' | 'expired'

export interface LiveEvents {
  readonly connection: (state: Connection) => void
  /** Something changed: of this finding, of any where that is not known. */
  readonly changed: (id: string | null, is: 'new' | 'changed' | 'gone') => void
}

/** How long a service that refuses connections is left alone, in milliseconds. */
const pause = 3_000
/** Of one finding. */
const mostRecords = 400

/** What a service answered instead. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

async function answered(response: Response): Promise<unknown> {
  if (response.ok) return response.status === 204 ? null : await response.json()
  const told = (await response.json().catch(() => null)) as { error?: { message?: string } } | null
  throw new Refused(response.status, told?.error?.message ?? response.statusText)
}

/** The session that the browser has; null: none that counts. */
export async function currentSession(): Promise<Session | null> {
  try {
    return (await answered(await fetch('session'))) as Session
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null
    throw error
  }
}

export async function logIn(token: string): Promise<Session> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch('login', { method: 'POST', headers, body: JSON.stringify({ token }) })
  return (await answered(response)) as Session
}

export const logOut = async ({ csrf }: Session): Promise<void> => {
  await fetch('logout', { method: 'POST', headers: { 'x-csrf-token': csrf } })
}

/** What a running service has. */
export class LiveSource implements Source {
  readonly all = false
  readonly root = ''
  readonly read = null
  readonly #events: LiveEvents
  #stream: EventSource | null = null
  #wasLost = false

  constructor(events: LiveEvents) {
    this.#events = events
  }

  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
    const { answer } = await this.#get<{ answer: AnswerTo<Q> }>(
      `page/answer?question=${encodeURIComponent(JSON.stringify(question))}`,
    )
    return answer
  }

  looked = (): Promise<Looked> => this.#get('page/looked')

  coverage = (host?: string): Promise<PageCoverage> =>
    this.#get(`page/coverage${host === undefined ? '' : `?host=${encodeURIComponent(host)}`}`)

  async fed(): Promise<Fed> {
    const [health, { sources }, { notices }] = await Promise.all([
      this.#get<Fed['health']>('health'),
      this.#get<Pick<Fed, 'sources'>>('sources'),
      this.#get<Pick<Fed, 'notices'>>('notices?limit=200'),
    ])
    return { health, sources, notices }
  }

  rarity(): null {
    return null
  }

  async finding(id: string): Promise<PageFinding | undefined> {
    try {
      // The browser follows where one that has another id now has gone.
      const finding = await this.#get<FindingJson>(`findings/${encodeURIComponent(id)}`)
      return { ...finding, records: await this.#records(finding.id) }
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return undefined
      throw error
    }
  }

  async #records(id: string): Promise<unknown[]> {
    const told: unknown[] = []
    for (let next: number | null = 0; next !== null && told.length < mostRecords; ) {
      const page: RecordsPage = await this.#get(`findings/${id}/records?limit=100&cursor=${next}`)
      for (const { decoded, text, base64 } of page.records) told.push(decoded ?? text ?? binary(base64))
      next = page.next
    }
    return told
  }

  async findings(ids: readonly string[]): Promise<FindingJson[]> {
    const { findings } = await this.#get<{ findings: FindingJson[] }>(`findings?id=${ids.join(',')}`)
    return findings
  }

  /** Listens to what changes, and goes on after each loss of the connection. */
  listen(): void {
    this.end()
    const stream = new EventSource('api/v1/events')
    this.#stream = stream
    const connected = () => {
      this.#events.connection('connected')
      if (this.#wasLost) this.#events.changed(null, 'changed')
      this.#wasLost = false
    }
    stream.addEventListener('hello', connected)
    stream.addEventListener('reset', () => {
      this.#wasLost = true
      connected()
    })
    stream.addEventListener('finding', ({ data }) => this.#told(JSON.parse(data) as FindingEvent))
    stream.addEventListener('notice', () => this.#events.changed(null, 'changed'))
    stream.addEventListener('expired', () => this.#expired())
    stream.addEventListener('error', () => {
      if (this.#stream !== stream) return
      this.#lost()
      // The browser tries again by itself, unless it was refused.
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => this.#again(stream), pause)
    })
  }

  end(): void {
    this.#stream?.close()
    this.#stream = null
  }

  #told({ id, is, formerIds, severity }: FindingEvent): void {
    for (const former of formerIds) this.#events.changed(former, 'gone')
    const isGone = is === 'withdrawn' || severity === 'informational'
    this.#events.changed(id, isGone ? 'gone' : is)
  }

  async #again(stream: EventSource): Promise<void> {
    if (this.#stream !== stream) return
    try {
      if ((await currentSession()) === null) this.#expired()
      else this.listen()
    } catch {
      setTimeout(() => this.#again(stream), pause)
    }
  }

  #lost(): void {
    this.#wasLost = true
    this.#events.connection('lost')
  }

  #expired(): void {
    this.end()
    this.#wasLost = true
    this.#events.connection('expired')
  }

  async #get<T>(path: string): Promise<T> {
    let response: Response
    try {
      response = await fetch(`api/v1/${path}`)
    } catch (error) {
      this.#lost()
      throw error
    }
    if (response.status === 401) this.#expired()
    return (await answered(response)) as T
  }
}

/** What is no text, as it can be taken elsewhere. */
const binary = (base64: string | null): object | null =>
  base64 === null ? null : { 'sent as': `${Math.floor((base64.length * 3) / 4)} bytes that are no text`, base64 }

interface RecordsPage {
  readonly records: readonly {
    readonly decoded: unknown
    readonly text: string | null
    readonly base64: string | null
  }[]
  readonly next: number | null
}

interface FindingEvent {
  readonly id: string
  readonly is: 'new' | 'changed' | 'withdrawn'
  readonly severity: string
  readonly formerIds: readonly string[]
}
