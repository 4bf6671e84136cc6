import type { Database } from './database.ts'

/** A shard as it stood when it was committed last. */
export interface KeptShard {
  readonly shard: string
  /** The small part of its state, which changes with every fact: JSON. */
  readonly light: string
  /** The large part, which moves on now and then; null: it begins with nothing. */
  readonly base: { readonly data: Uint8Array; readonly entry: number; readonly time: number } | null
}

export class Shards {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** The small part alone; the base stays. */
  putLight(shard: string, light: string): void {
    this.#database.run(
      'insert into shards (shard, light) values (?, ?) on conflict do update set light = excluded.light',
      [shard, light],
    )
  }

  putBase(shard: string, { data, entry, time }: NonNullable<KeptShard['base']>): void {
    this.#database.run(
      `insert into shards (shard, light, base, base_entry, base_time) values (?, '', ?, ?, ?)
       on conflict do update set base = excluded.base, base_entry = excluded.base_entry, base_time = excluded.base_time`,
      [shard, data, entry, time],
    )
  }

  one(shard: string): KeptShard | null {
    const row = this.#database.get('select light, base, base_entry, base_time from shards where shard = ?', [shard])
    if (!row) return null
    const base =
      row.base instanceof Uint8Array
        ? { data: row.base, entry: Number(row.base_entry), time: Number(row.base_time) }
        : null
    return { shard, light: String(row.light), base }
  }

  names(): string[] {
    return this.#database.all('select shard from shards order by shard').map(({ shard }) => String(shard))
  }

  get count(): number {
    return Number(this.#database.get('select count(*) n from shards')?.n)
  }
}
