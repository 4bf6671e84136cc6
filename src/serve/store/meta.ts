import type { Database } from './database.ts'

/** Single values that change with all else. */
export class Meta {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  number(key: string): number {
    return Number(this.#database.get('select value from meta where key = ?', [key])?.value ?? 0)
  }

  text(key: string): string | null {
    const value = this.#database.get('select value from meta where key = ?', [key])?.value
    return value === undefined || value === null ? null : String(value)
  }

  set(key: string, value: number | string): void {
    this.#database.run('insert into meta values (?, ?) on conflict do update set value = excluded.value', [key, value])
  }

  /** Counts on and gives the new number. */
  next(key: string): number {
    const row = this.#database.get(
      'insert into meta values (?, 1) on conflict do update set value = value + 1 returning value',
      [key],
    )
    return Number(row?.value)
  }
}
