import type { Database, Row } from './database.ts'

/** What somebody who looks after the collection should know. */
export type NoticeKind =
  | 'host-silent'
  | 'host-back'
  | 'source-silent'
  | 'log-cleared'
  | 'log-switched'
  | 'clock-stepped'
  | 'too-late'
  | 'state-bounded'
  | 'fault'
  | 'baseline'

export interface Notice {
  readonly id: number
  /** By the log. */
  readonly time: number
  /** Null: it is of the service. */
  readonly host: string | null
  readonly kind: NoticeKind
  readonly text: string
}

/** Notices kept; older ones go. */
const mostNotices = 100_000

/** What happened to the collection, in order. */
export class Notices {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  add({ time, host, kind, text }: Omit<Notice, 'id'>): void {
    const { id } = this.#database.run('insert or ignore into notices (time, host, kind, text) values (?, ?, ?, ?)', [
      time,
      host,
      kind,
      text,
    ])
    if (id % 1_000 === 0) this.#database.run('delete from notices where id <= ?', [id - mostNotices])
  }

  /** Newest first, before this number. */
  list(query: {
    readonly host?: string | undefined
    readonly kind?: NoticeKind | undefined
    readonly before?: number | undefined
    readonly limit: number
  }): Notice[] {
    return this.#database
      .all(
        `select id, time, host, kind, text from notices
         where id < ?1 and (?2 is null or host = ?2) and (?3 is null or kind = ?3) order by id desc limit ?4`,
        [query.before ?? Number.MAX_SAFE_INTEGER, query.host ?? null, query.kind ?? null, query.limit],
      )
      .map(noticeOf)
  }

  /** In order, after this number. */
  after(id: number, limit: number): Notice[] {
    return this.#database
      .all('select id, time, host, kind, text from notices where id > ? order by id limit ?', [id, limit])
      .map(noticeOf)
  }
}

const noticeOf = (row: Row): Notice => ({
  id: Number(row.id),
  time: Number(row.time),
  host: row.host as string | null,
  kind: row.kind as NoticeKind,
  text: String(row.text),
})
