import type { Database } from './database.ts'

/** The record that one piece of evidence of a finding is. */
export interface FindingRecord {
  /** Place in the finding's evidence. */
  readonly n: number
  /** What the record is known by in its shard. */
  readonly key: string
  /** As it was sent; null: it was not kept. */
  readonly bytes: Uint8Array | null
}

/** The records that prove findings, as they were sent: the logs that they came from roll over. */
export class FindingRecords {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  put(finding: string, records: Iterable<FindingRecord>): void {
    this.#database.run('delete from finding_records where finding = ?', [finding])
    for (const { n, key, bytes } of records)
      this.#database.run('insert into finding_records values (?, ?, ?, ?)', [finding, n, key, bytes])
  }

  of(finding: string): FindingRecord[] {
    return this.#database
      .all('select n, key, bytes from finding_records where finding = ? order by n', [finding])
      .map(({ n, key, bytes }) => ({ n: Number(n), key: String(key), bytes: bytes as Uint8Array | null }))
  }

  /** Those that are kept, by what they are known by. */
  byKey(finding: string): Map<string, Uint8Array> {
    const kept = new Map<string, Uint8Array>()
    for (const { key, bytes } of this.of(finding)) if (bytes !== null) kept.set(key, bytes)
    return kept
  }
}
