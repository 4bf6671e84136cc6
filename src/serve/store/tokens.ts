import type { Role } from '../access/principal.ts'
import type { KeptToken, TokenStore } from '../access/token-store.ts'
import type { Database, Row } from './database.ts'

const columns = 'id, name, role, hash, hosts, created, expires, last_used'

/** Tokens in the service's database; what another process writes there counts at once. */
export class Tokens implements TokenStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  add({ id, name, role, hash, hosts, created, expires, lastUsed }: KeptToken): void {
    const labels = hosts && JSON.stringify(hosts)
    const values = [id, name, role, hash, labels, created, expires, lastUsed]
    this.#database.run(`insert into tokens (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?)`, values)
  }

  one(id: string): KeptToken | null {
    const row = this.#database.get(`select ${columns} from tokens where id = ?`, [id])
    return row ? tokenOf(row) : null
  }

  /** By name, then by creation. */
  all(): KeptToken[] {
    return this.#database.all(`select ${columns} from tokens order by name, created, id`).map(tokenOf)
  }

  used(times: ReadonlyMap<string, number>): void {
    this.#database.together(() => {
      for (const [id, time] of times) this.#database.run('update tokens set last_used = ? where id = ?', [time, id])
    })
  }

  /** Whether there was one. */
  remove(id: string): boolean {
    return this.#database.run('delete from tokens where id = ?', [id]).changes > 0
  }
}

const timeOf = (value: Row[string] | undefined): number | null =>
  value === null || value === undefined ? null : Number(value)

const tokenOf = (row: Row): KeptToken => ({
  id: String(row.id),
  name: String(row.name),
  role: row.role as Role,
  hash: String(row.hash),
  hosts: row.hosts === null ? null : (JSON.parse(String(row.hosts)) as string[]),
  created: Number(row.created),
  expires: timeOf(row.expires),
  lastUsed: timeOf(row.last_used),
})
