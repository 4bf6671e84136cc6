import type { Database } from './database.ts'

/**
 * Names of what records came from, each with the number that evidence names it by, and how far in it the next post begins. What is new is
 * known at once, and written with all else.
 */
export class Sources {
  readonly #database: Database
  readonly #ids = new Map<string, number>()
  readonly #names: string[] = []
  readonly #bytes: number[] = []
  readonly #changed = new Set<number>()

  constructor(database: Database) {
    this.#database = database
    for (const { id, name, bytes } of database.all('select id, name, bytes from sources')) {
      this.#ids.set(String(name), Number(id))
      this.#names[Number(id)] = String(name)
      this.#bytes[Number(id)] = Number(bytes)
    }
  }

  /** Where a post of so many bytes begins. To be called for each entry of the log in its order, so that it is the same again. */
  begin(name: string, bytes: number): { readonly source: number; readonly base: number } {
    let source = this.#ids.get(name)
    if (source === undefined) {
      // 0 is what facts have before their source is known
      source = Math.max(1, this.#names.length)
      this.#ids.set(name, source)
      this.#names[source] = name
    }
    const base = this.#bytes[source] ?? 0
    this.#bytes[source] = base + bytes
    this.#changed.add(source)
    return { source, base }
  }

  /** Writes what has changed. */
  write(): void {
    for (const id of this.#changed)
      this.#database.run('insert or replace into sources values (?, ?, ?)', [
        id,
        this.#names[id] ?? '',
        this.#bytes[id] ?? 0,
      ])
  }

  /** What was written is on the disk. */
  written(): void {
    this.#changed.clear()
  }

  nameOf(id: number): string | null {
    return this.#names[id] ?? null
  }

  /** Names by their numbers, as `findingJson` looks them up. */
  get list(): readonly string[] {
    return this.#names
  }
}
