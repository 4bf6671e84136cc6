import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Role } from '../access/principal.ts'
import type { TokenRow, TokenStore } from '../access/token-store.ts'

/** The table of tokens. */
export const tokensTable = `CREATE TABLE IF NOT EXISTS tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  hash BLOB NOT NULL,
  hosts TEXT,
  expires INTEGER,
  created INTEGER NOT NULL,
  last_used INTEGER
) STRICT, WITHOUT ROWID`

interface Row {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly hash: Uint8Array
  readonly hosts: string | null
  readonly expires: number | null
  readonly created: number
  readonly last_used: number | null
}

/** Tokens in the service's database; what another process writes there counts at once. */
export class Tokens implements TokenStore {
  readonly #find: StatementSync
  readonly #all: StatementSync
  readonly #add: StatementSync
  readonly #remove: StatementSync
  readonly #used: StatementSync

  constructor(database: DatabaseSync) {
    this.#find = database.prepare('SELECT * FROM tokens WHERE id = ?')
    this.#all = database.prepare('SELECT * FROM tokens ORDER BY name, created, id')
    this.#add = database.prepare(
      'INSERT INTO tokens (id, name, role, hash, hosts, expires, created, last_used) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#remove = database.prepare('DELETE FROM tokens WHERE id = ?')
    this.#used = database.prepare('UPDATE tokens SET last_used = ? WHERE id = ?')
  }

  find(id: string): TokenRow | null {
    const row = this.#find.get(id) as Row | undefined
    return row ? rowOf(row) : null
  }

  all(): TokenRow[] {
    return (this.#all.all() as unknown as Row[]).map(rowOf)
  }

  add({ id, name, role, hash, hosts, expires, created, lastUsed }: TokenRow): void {
    this.#add.run(id, name, role, hash, hosts && JSON.stringify(hosts), expires, created, lastUsed)
  }

  remove(id: string): boolean {
    return this.#remove.run(id).changes > 0
  }

  used(id: string, time: number): void {
    this.#used.run(time, id)
  }
}

const rowOf = ({ hosts, role, last_used: lastUsed, ...row }: Row): TokenRow => ({
  ...row,
  role: role as Role,
  hosts: hosts === null ? null : (JSON.parse(hosts) as string[]),
  lastUsed,
})
