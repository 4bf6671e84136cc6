import type { Database } from './database.ts'

/** Facts of one shard that one entry of the log brought, packed. */
export interface FactsRow {
  readonly shard: string
  readonly entry: number
  /** Of the facts' times. */
  readonly first: number
  readonly last: number
  /** As the log keeps them. */
  readonly data: Uint8Array
}

/** What the states of shards are made of since their bases. */
export class FactRows {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  put({ shard, entry, first, last, data }: FactsRow): void {
    this.#database.run('insert into facts values (?, ?, ?, ?, ?, ?)', [shard, entry, first, last, data.length, data])
  }

  /** In the order in which they came. */
  of(shard: string): FactsRow[] {
    return this.#database
      .all('select entry, first, last, data from facts where shard = ? order by entry', [shard])
      .map((row) => ({
        shard,
        entry: Number(row.entry),
        first: Number(row.first),
        last: Number(row.last),
        data: row.data as Uint8Array,
      }))
  }

  /** One row; null when nothing needs it any more. */
  one(shard: string, entry: number): Uint8Array | null {
    const row = this.#database.get('select data from facts where shard = ? and entry = ?', [shard, entry])
    return (row?.data as Uint8Array | undefined) ?? null
  }

  /** Rows all of whose facts are not later than this time. */
  removeUpTo(shard: string, time: number): void {
    this.#database.run('delete from facts where shard = ? and last <= ?', [shard, time])
  }

  remove(shard: string, entry: number): void {
    this.#database.run('delete from facts where shard = ? and entry = ?', [shard, entry])
  }

  get bytes(): number {
    return Number(this.#database.get('select total(bytes) n from facts')?.n)
  }
}
