import type { Row } from '../../report/page/data.ts'
import type { KeptFinding } from '../store/findings.ts'
import type { Notice } from '../store/notices.ts'
import type { Store } from '../store/store.ts'
import type { LiveBoard } from './live-board.ts'
import { noticeOf } from './notices.ts'
import type { ApiParts } from './parts.ts'
import { timeText } from './times.ts'

/** What happened to a finding, as listeners are told. */
export interface FindingEvent {
  readonly event: 'finding'
  readonly change: number
  readonly host: string
  /** It is, or was until now, in the list of findings. */
  readonly isListed: boolean
  readonly data: object
}

export interface NoticeEvent {
  readonly event: 'notice'
  readonly host: string | null
  readonly data: object
}

export type LiveEvent = FindingEvent | NoticeEvent

const atOnce = 1_000

/** Reads once, after each commit, what has changed, and tells the board and everybody who listens. */
export class Changes {
  readonly #store: Store
  readonly #board: LiveBoard
  readonly #listeners = new Set<(events: readonly LiveEvent[]) => void>()
  readonly #stop: () => void
  #change: number
  #notice: number
  #soon: NodeJS.Immediate | null = null

  constructor({ store, onCommit }: Pick<ApiParts, 'store' | 'onCommit'>, board: LiveBoard) {
    this.#store = store
    this.#board = board
    this.#change = store.findings.lastChange
    this.#notice = store.notices.list({ limit: 1 })[0]?.id ?? 0
    this.#stop = onCommit(() => {
      // Whoever commits need not wait for those who want to know of it.
      this.#soon ??= setImmediate(() => this.#tell())
    })
  }

  /** Tells now what was committed until now. */
  settle(): void {
    if (this.#soon === null) return
    clearImmediate(this.#soon)
    this.#tell()
  }

  /** The number of the last change that listeners were told of. */
  get last(): number {
    return this.#change
  }

  listen(listener: (events: readonly LiveEvent[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What happened after a change, as far as it can be told now: so many findings at most, none beyond what listeners were told of. */
  since(change: number, limit: number): FindingEvent[] {
    const page = this.#store.findings.list({ order: 'change', all: true, withdrawn: 'with', after: change, limit })
    if (page.kind === 'bad-cursor') return []
    const told = page.findings.filter((one) => one.change <= this.#change)
    return told.map((kept) => this.#eventOf(kept, kept.severity !== 'informational' || kept.withdrawn !== null))
  }

  end(): void {
    this.#stop()
    if (this.#soon !== null) clearImmediate(this.#soon)
    this.#listeners.clear()
  }

  #tell(): void {
    this.#soon = null
    const events: LiveEvent[] = []
    for (const id of this.#store.findings.takeRemoved()) this.#board.drop(id)
    for (;;) {
      const page = this.#store.findings.list({
        ...{ order: 'change', all: true, withdrawn: 'with', after: this.#change, limit: atOnce },
      })
      if (page.kind === 'bad-cursor') break
      for (const kept of page.findings) {
        events.push(this.#eventOf(kept, this.#board.take(kept)))
        this.#change = kept.change
      }
      if (page.next === null) break
    }
    for (const notice of this.#store.notices.after(this.#notice, atOnce)) {
      events.push(eventOfNotice(notice))
      this.#notice = notice.id
    }
    if (events.length > 0) for (const listener of this.#listeners) listener(events)
  }

  #eventOf(kept: KeptFinding, isListed: boolean): FindingEvent {
    const { id, change, severity, verdict, withdrawn, host, firstWritten, written } = kept
    const is = withdrawn !== null ? 'withdrawn' : firstWritten === written ? 'new' : 'changed'
    const { title, gist } = JSON.parse(kept.line) as Row
    const data = {
      ...{ change, is, id, formerIds: this.#store.findings.formerIds(id), host, severity, verdict, title, gist },
      ...(withdrawn === null ? {} : { withdrawn }),
      written: timeText(written),
    }
    return { event: 'finding', change, host, isListed, data }
  }
}

const eventOfNotice = (notice: Notice): NoticeEvent => ({ event: 'notice', host: notice.host, data: noticeOf(notice) })
