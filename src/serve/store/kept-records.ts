import type { Database } from './database.ts'

/** Records as they were sent, of facts that the state of a shard is made of though they are none of its rows any more. */
export class KeptRecords {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  put(shard: string, key: string, time: number, bytes: Uint8Array): void {
    this.#database.run('insert or ignore into kept_records values (?, ?, ?, ?)', [shard, key, time, bytes])
  }

  one(shard: string, key: string): Uint8Array | null {
    const row = this.#database.get('select bytes from kept_records where shard = ? and key = ?', [shard, key])
    return (row?.bytes as Uint8Array | undefined) ?? null
  }

  keys(shard: string): string[] {
    return this.#database
      .all('select key from kept_records where shard = ? order by time, key', [shard])
      .map(({ key }) => String(key))
  }

  remove(shard: string, key: string): void {
    this.#database.run('delete from kept_records where shard = ? and key = ?', [shard, key])
  }

  /** Of the newest so many stay. */
  trim(shard: string, most: { readonly records: number; readonly bytes: number }): void {
    this.#database.run(
      `delete from kept_records where shard = ?1 and key in (select key from (
        select key, row_number() over newest n, sum(length(bytes)) over newest total from kept_records where shard = ?1
        window newest as (order by time desc, key)) where n > ?2 or total > ?3)`,
      [shard, most.records, most.bytes],
    )
  }
}
