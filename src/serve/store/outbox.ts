import type { Database, Row } from './database.ts'

/** `dead`: given up after many tries, to be sent again by hand. */
export type OutboxState = 'waiting' | 'sent' | 'dead'

/** One message to one receiver. */
export interface OutboxItem {
  readonly id: number
  /** The same for a receiver that gets it twice. */
  readonly alert: string
  readonly target: string
  readonly finding: string
  /** Number of the finding's change that it tells of. */
  readonly change: number
  /** Why it is sent: `new`, `worse`, `verdict`, … */
  readonly reason: string
  readonly state: OutboxState
  readonly tries: number
  readonly made: number
  /** When it is tried next. */
  readonly next: number
  readonly lastError: string | null
}

const columns = 'id, alert, target, finding, change, reason, state, tries, made, next, last_error'

/** What is to be told to others. Added with what it tells of, in one transaction, so that nothing is lost between them. */
export class Outbox {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Adds it unless the receiver has this alert already; whether it was added. `body`: what is sent, where it must not change any more. */
  add(
    item: Pick<OutboxItem, 'alert' | 'target' | 'finding' | 'change' | 'reason' | 'made'>,
    body: Uint8Array | null = null,
  ): boolean {
    const { alert, target, finding, change, reason, made } = item
    const { changes } = this.#database.run(
      `insert into outbox (alert, target, finding, change, reason, state, tries, made, next, body)
       values (?, ?, ?, ?, ?, 'waiting', 0, ?, ?, ?) on conflict (alert, target) do nothing`,
      [alert, target, finding, change, reason, made, made, body],
    )
    return changes > 0
  }

  /** Those of a receiver whose time has come, in the order in which they were added. */
  due(target: string, now: number, limit: number): OutboxItem[] {
    return this.#database
      .all(`select ${columns} from outbox where target = ? and state = 'waiting' and next <= ? order by id limit ?`, [
        target,
        now,
        limit,
      ])
      .map(itemOf)
  }

  /** When the next is to be tried; null where none waits. */
  nextDue(target: string): number | null {
    const next = this.#database.get(`select min(next) next from outbox where target = ? and state = 'waiting'`, [
      target,
    ])?.next
    return next === null || next === undefined ? null : Number(next)
  }

  body(id: number): Uint8Array | null {
    return (this.#database.get('select body from outbox where id = ?', [id])?.body ?? null) as Uint8Array | null
  }

  sent(id: number): void {
    this.#database.run(`update outbox set state = 'sent', tries = tries + 1, last_error = null where id = ?`, [id])
  }

  failed(id: number, error: string, next: number): void {
    this.#database.run('update outbox set tries = tries + 1, last_error = ?, next = ? where id = ?', [
      error.slice(0, 500),
      next,
      id,
    ])
  }

  giveUp(id: number, error: string): void {
    this.#database.run(`update outbox set state = 'dead', tries = tries + 1, last_error = ? where id = ?`, [
      error.slice(0, 500),
      id,
    ])
  }

  /** Dead ones are tried again: one, or all of a receiver. Gives how many. */
  revive(which: { readonly id: number } | { readonly target: string }, now: number): number {
    const again = `update outbox set state = 'waiting', tries = 0, next = ? where state = 'dead' and`
    return 'id' in which
      ? this.#database.run(`${again} id = ?`, [now, which.id]).changes
      : this.#database.run(`${again} target = ?`, [now, which.target]).changes
  }

  /** Newest first, before this number. */
  list(query: { readonly state?: OutboxState; readonly before?: number; readonly limit: number }): OutboxItem[] {
    return this.#database
      .all(`select ${columns} from outbox where id < ?1 and (?2 is null or state = ?2) order by id desc limit ?3`, [
        query.before ?? Number.MAX_SAFE_INTEGER,
        query.state ?? null,
        query.limit,
      ])
      .map(itemOf)
  }

  /** How many are in each state, by receiver. */
  counts(): { readonly target: string; readonly state: OutboxState; readonly count: number }[] {
    return this.#database
      .all('select target, state, count(*) n from outbox group by target, state')
      .map(({ target, state, n }) => ({ target: String(target), state: state as OutboxState, count: Number(n) }))
  }

  /** Takes away what was sent of alerts made before this time. */
  forget(before: number): void {
    this.#database.run(`delete from outbox where state = 'sent' and made < ?`, [before])
  }
}

const itemOf = (row: Row): OutboxItem => ({
  id: Number(row.id),
  alert: String(row.alert),
  target: String(row.target),
  finding: String(row.finding),
  change: Number(row.change),
  reason: String(row.reason),
  state: row.state as OutboxState,
  tries: Number(row.tries),
  made: Number(row.made),
  next: Number(row.next),
  lastError: row.last_error as string | null,
})
