import type { Database } from './database.ts'

/** Names of what records came from, each with the number that evidence names it by. */
export class Sources {
  readonly #database: Database
  readonly #ids = new Map<string, number>()
  readonly #names = new Map<number, string>()

  constructor(database: Database) {
    this.#database = database
    for (const { id, name } of database.all('select id, name from sources')) this.#note(Number(id), String(name))
  }

  #note(id: number, name: string): void {
    this.#ids.set(name, id)
    this.#names.set(id, name)
  }

  /** Makes it known where it is not; to be called where an entry of the log is applied, so that it has the same number again. */
  idOf(name: string): number {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    const { id } = this.#database.run('insert into sources (name) values (?)', [name])
    this.#note(id, name)
    return id
  }

  nameOf(id: number): string | null {
    return this.#names.get(id) ?? null
  }

  /** Names by their numbers, as `findingJson` looks them up. */
  list(): string[] {
    const names: string[] = []
    for (const [id, name] of this.#names) names[id] = name
    return names
  }

  /** What a transaction that was undone has added. */
  forget(): void {
    this.#ids.clear()
    this.#names.clear()
    for (const { id, name } of this.#database.all('select id, name from sources')) this.#note(Number(id), String(name))
  }
}
