import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Database } from './database.ts'

/** A record as it was sent. */
export interface KeptRecord {
  readonly key: string
  readonly time: number
  readonly bytes: Uint8Array
}

/** What lies beside the packed bytes: of each record its key, its time, and where it ends. */
type Contents = readonly (readonly [key: string, time: number, end: number])[]

/** Records of one host are much alike: together they take a tenth of the room. */
const level = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }

/** Records as they were sent, of facts that the state of a shard is made of though they are none of its rows any more. */
export class KeptRecords {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** All of a shard, by key. */
  of(shard: string): Map<string, KeptRecord> {
    const row = this.#database.get('select contents, data from kept_records where shard = ?', [shard])
    const records = new Map<string, KeptRecord>()
    if (!row) return records
    const data = zstdDecompressSync(row.data as Uint8Array)
    let from = 0
    for (const [key, time, end] of JSON.parse(String(row.contents)) as Contents) {
      records.set(key, { key, time, bytes: data.subarray(from, end) })
      from = end
    }
    return records
  }

  /** These take the place of those that were kept: of the newest, so many and so many bytes. */
  put(shard: string, all: Iterable<KeptRecord>, most: { readonly records: number; readonly bytes: number }): void {
    const newestFirst = [...all].sort((a, b) => b.time - a.time || (a.key < b.key ? -1 : 1))
    const kept: KeptRecord[] = []
    let bytes = 0
    for (const one of newestFirst.slice(0, most.records)) {
      bytes += one.bytes.length
      if (bytes > most.bytes) break
      kept.push(one)
    }
    if (kept.length === 0) {
      this.#database.run('delete from kept_records where shard = ?', [shard])
      return
    }
    let end = 0
    const contents: Contents = kept.map(({ key, time, bytes: { length } }) => {
      end += length
      return [key, time, end]
    })
    const data = zstdCompressSync(Buffer.concat(kept.map((one) => one.bytes)), level)
    this.#database.run('insert or replace into kept_records values (?, ?, ?)', [shard, JSON.stringify(contents), data])
  }
}
