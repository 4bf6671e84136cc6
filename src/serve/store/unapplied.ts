import type { Database } from './database.ts'

/** In a copy of a service: entries of its log that were not applied. */
export class Unapplied {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Those after this one that follow it without a gap. */
  put(entries: readonly { readonly number: number; readonly body: Uint8Array }[], applied: number): void {
    let next = applied + 1
    for (const { number, body } of entries) {
      if (number !== next) continue
      this.#database.run('insert or replace into unapplied values (?, ?)', [number, body])
      next++
    }
  }

  /** In order. */
  after(applied: number): { readonly number: number; readonly body: Uint8Array }[] {
    return this.#database
      .all('select number, body from unapplied where number > ? order by number', [applied])
      .map(({ number, body }) => ({ number: Number(number), body: body as Uint8Array }))
  }

  forget(applied: number): void {
    this.#database.run('delete from unapplied where number <= ?', [applied])
  }
}
