import type { Database, Row } from './database.ts'

/** Facts of one shard that one entry of the log brought, packed. */
export interface FactsRow {
  readonly shard: string
  readonly entry: number
  readonly arrival: number
  /** How evidence names their source, and what is to be added to their places. */
  readonly source: number
  readonly base: number
  readonly count: number
  /** Of the facts' times; 0 and 0 without facts. */
  readonly first: number
  readonly last: number
  /** As the log keeps them. */
  readonly data: Uint8Array
}

const columns = 'shard, entry, arrival, source, base, count, first, last, data'

/** What the states of shards are made of since their bases. */
export class FactRows {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  put({ shard, entry, arrival, source, base, count, first, last, data }: FactsRow): void {
    const values = [shard, entry, arrival, source, base, count, first, last, data]
    this.#database.run(`insert into facts (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, values)
  }

  /** In the order in which they came. */
  of(shard: string): FactsRow[] {
    return this.#database.all(`select ${columns} from facts where shard = ? order by entry`, [shard]).map(rowOf)
  }

  /** Those with facts between two times. */
  within(shard: string, first: number, last: number): FactsRow[] {
    const between = 'shard = ? and first <= ? and last >= ?'
    return this.#database
      .all(`select ${columns} from facts where ${between} order by entry`, [shard, last, first])
      .map(rowOf)
  }

  /** Rows of the entries up to this one of which nothing is needed: facts later than a time and not later than another are. */
  spent(shard: string, entry: number, time: number, until: number | null): FactsRow[] {
    const nowhere = '(last <= ? or first > ?)'
    return this.#database
      .all(`select ${columns} from facts where shard = ? and entry <= ? and ${nowhere} order by entry`, [
        shard,
        entry,
        time,
        until ?? Number.MAX_VALUE,
      ])
      .map(rowOf)
  }

  remove(shard: string, entry: number): void {
    this.#database.run('delete from facts where shard = ? and entry = ?', [shard, entry])
  }

  /** Of all shards. */
  get bytes(): number {
    return Number(this.#database.get('select total(length(data)) n from facts')?.n)
  }
}

const rowOf = (row: Row): FactsRow => ({
  shard: String(row.shard),
  entry: Number(row.entry),
  arrival: Number(row.arrival),
  source: Number(row.source),
  base: Number(row.base),
  count: Number(row.count),
  first: Number(row.first),
  last: Number(row.last),
  data: row.data as Uint8Array,
})
