import { hostKey } from '../../model/host.ts'
import type { HostRole } from '../../model/host-role.ts'
import { cursorOf, readCursor } from './cursor.ts'
import type { Database, Row } from './database.ts'
import { packText, unpackText } from './packed-text.ts'

/** `hearing`: its logs come; `quiet`: for longer than it used to, nothing came; `stopped`: a notice was made of that. */
export type HostState = 'hearing' | 'quiet' | 'stopped'

/** What is known of a host of which records came. */
export interface KeptHost {
  readonly host: string
  readonly shard: string
  readonly role: HostRole
  /** Of its facts; null: none came. */
  readonly first: number | null
  readonly last: number | null
  /** When something of it came last, by the log. */
  readonly arrived: number | null
  readonly facts: number
  /** All of its records, wanted or not. */
  readonly records: number
  /** Facts that came later than the state reaches back. */
  readonly late: number
  readonly state: HostState
}

export type HostPage =
  | { readonly kind: 'page'; readonly hosts: readonly KeptHost[]; readonly next: string | null }
  | { readonly kind: 'bad-cursor' }

const columns = 'host, shard, role, first, last, arrived, facts, records, late, state'

/** Every host that was heard of. */
export class Hosts {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** `told`: what could be seen of it, as JSON; undefined: as before. */
  put(host: KeptHost, told?: string): void {
    const { host: name, shard, role, first, last, arrived, facts, records, late, state } = host
    this.#database.run(
      `insert into hosts (host, shard, role, first, last, arrived, facts, records, late, state, told) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict do update set shard = excluded.shard, role = excluded.role, first = excluded.first, last = excluded.last,
       arrived = excluded.arrived, facts = excluded.facts, records = excluded.records, late = excluded.late, state = excluded.state,
       told = coalesce(excluded.told, told)`,
      [
        name,
        shard,
        role,
        first,
        last,
        arrived,
        facts,
        records,
        late,
        state,
        told === undefined ? null : packText(told),
      ],
    )
  }

  remove(host: string): void {
    this.#database.run('delete from hosts where host = ?', [host])
  }

  one(host: string): KeptHost | null {
    const row = this.#database.get(`select ${columns} from hosts where host = ?`, [host])
    return row ? hostOf(row) : null
  }

  /** What could be seen of it, as it was put. */
  told(host: string): string | null {
    const told = this.#database.get('select told from hosts where host = ?', [host])?.told
    return told instanceof Uint8Array ? unpackText(told) : null
  }

  ofShard(shard: string): KeptHost[] {
    return this.#database.all(`select ${columns} from hosts where shard = ? order by host`, [shard]).map(hostOf)
  }

  get count(): number {
    return Number(this.#database.get('select count(*) n from hosts')?.n)
  }

  /** By name. `text`: part of the name; `shards`: only these. */
  list(query: {
    readonly text?: string | undefined
    readonly state?: HostState | undefined
    readonly shards?: readonly string[] | null | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  }): HostPage {
    const conditions = ['true']
    const values: (string | number)[] = []
    if (query.text !== undefined) {
      conditions.push('instr(host, ?) > 0')
      values.push(query.text.toLowerCase())
    }
    if (query.state !== undefined) {
      conditions.push('state = ?')
      values.push(query.state)
    }
    if (query.shards) {
      conditions.push('shard in (select value from json_each(?))')
      values.push(JSON.stringify(query.shards))
    }
    if (query.cursor !== undefined) {
      const cursor = readCursor(query.cursor, 'host')
      if (cursor === null) return { kind: 'bad-cursor' }
      conditions.push('host > ?')
      values.push(cursor.id)
    }
    const rows = this.#database.all(
      `select ${columns} from hosts where ${conditions.join(' and ')} order by host limit ?`,
      [...values, query.limit + 1],
    )
    const hosts = rows.slice(0, query.limit).map(hostOf)
    const last = hosts.at(-1)
    return { kind: 'page', hosts, next: rows.length > query.limit && last ? cursorOf('host', 0, last.host) : null }
  }

  /** Hosts of which something came before this time and nothing since, that are in this state. */
  unheardSince(time: number, state: HostState, most = 1_000): KeptHost[] {
    return this.#database
      .all(`select ${columns} from hosts where arrived < ? and state = ? order by host limit ?`, [time, state, most])
      .map(hostOf)
  }

  /** Of every shard that names a host by that label. */
  isKnown(name: string): boolean {
    return this.#database.get('select 1 from hosts where shard = ? limit 1', [hostKey(name)]) !== undefined
  }
}

const timeOf = (value: Row[string] | undefined): number | null =>
  value === null || value === undefined ? null : Number(value)

const hostOf = (row: Row): KeptHost => ({
  host: String(row.host),
  shard: String(row.shard),
  role: row.role as HostRole,
  first: timeOf(row.first),
  last: timeOf(row.last),
  arrived: timeOf(row.arrived),
  facts: Number(row.facts),
  records: Number(row.records),
  late: Number(row.late),
  state: row.state as HostState,
})
