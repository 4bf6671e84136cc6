import type { ShardBase } from '../../engine/live/shard-base.ts'
import type { Database } from './database.ts'
import { packText, unpackText } from './packed-text.ts'

/** The small part of a shard's state, which changes with every fact. */
export interface KeptShard {
  readonly shard: string
  /** As its machine wrote it: JSON. */
  readonly light: string
  /** When something of it came last, by the log. */
  readonly arrived: number
  /** Facts and records of it that came in all. */
  readonly facts: number
  readonly records: number
  /** When time alone lets something go on in it; null: nothing waits. */
  readonly wake: number | null
  /** Its stories are to be looked at again. */
  readonly needsLook: boolean
}

const columns = 'shard, light, arrived, facts, records, wake, needs_look'

export class Shards {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  put({ shard, light, arrived, facts, records, wake, needsLook }: KeptShard): void {
    this.#database.run(
      `insert into shards (${columns}) values (?, ?, ?, ?, ?, ?, ?) on conflict do update set light = excluded.light,
       arrived = excluded.arrived, facts = excluded.facts, records = excluded.records, wake = excluded.wake, needs_look = excluded.needs_look`,
      [shard, light, arrived, facts, records, wake, needsLook ? 1 : 0],
    )
  }

  one(shard: string): KeptShard | null {
    const row = this.#database.get(`select ${columns} from shards where shard = ?`, [shard])
    if (!row) return null
    return {
      shard,
      light: String(row.light),
      arrived: Number(row.arrived),
      facts: Number(row.facts),
      records: Number(row.records),
      wake: row.wake === null ? null : Number(row.wake),
      needsLook: row.needs_look === 1,
    }
  }

  isKnown(shard: string): boolean {
    return this.#database.get('select 1 from shards where shard = ?', [shard]) !== undefined
  }

  /** The large part of the state, which moves on now and then. */
  putBase(shard: string, base: ShardBase): void {
    this.#database.run('insert or replace into bases values (?, ?, ?, ?)', [
      shard,
      base.entry,
      base.time,
      packText(JSON.stringify(base)),
    ])
  }

  base(shard: string): ShardBase | null {
    const row = this.#database.get('select data from bases where shard = ?', [shard])
    return row ? (JSON.parse(unpackText(row.data as Uint8Array)) as ShardBase) : null
  }

  /** Those that time alone lets go on, with when. */
  waking(): { readonly shard: string; readonly wake: number }[] {
    return this.#database
      .all('select shard, wake from shards where wake is not null order by shard')
      .map(({ shard, wake }) => ({ shard: String(shard), wake: Number(wake) }))
  }

  /** Those whose stories are to be looked at again. */
  toLookAt(): string[] {
    return this.#database
      .all('select shard from shards where needs_look = 1 order by shard')
      .map(({ shard }) => String(shard))
  }

  lookAtAll(): void {
    this.#database.run('update shards set needs_look = 1')
  }

  unheardSince(time: number, most: number): string[] {
    return this.#database
      .all('select shard from shards where arrived < ? order by shard limit ?', [time, most])
      .map(({ shard }) => String(shard))
  }

  names(): string[] {
    return this.#database.all('select shard from shards order by shard').map(({ shard }) => String(shard))
  }

  get count(): number {
    return Number(this.#database.get('select count(*) n from shards')?.n)
  }

  /** Of how many facts that were kept nothing is left than what their shards remember. */
  get totals(): { readonly facts: number; readonly records: number } {
    const row = this.#database.get('select total(facts) facts, total(records) records from shards')
    return { facts: Number(row?.facts), records: Number(row?.records) }
  }
}
