import type { Database } from './database.ts'

/** Which shards' stories tell of changes that were commanded on others: these are weighed together. */
export class Intents {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Those that a shard's stories name now, in order. */
  put(shard: string, targets: readonly string[]): void {
    this.#database.run('delete from intents where shard = ?', [shard])
    for (const target of targets) this.#database.run('insert or ignore into intents values (?, ?)', [shard, target])
  }

  /** All, by the shard that names others. */
  all(): Map<string, string[]> {
    const all = new Map<string, string[]>()
    for (const { shard, target } of this.#database.all('select shard, target from intents order by shard, target')) {
      const targets = all.get(String(shard))
      if (targets) targets.push(String(target))
      else all.set(String(shard), [String(target)])
    }
    return all
  }
}
