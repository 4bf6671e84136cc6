import { deserialize, serialize } from 'node:v8'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { HostTelemetry } from '../../coverage/index.ts'
import { hostKey } from '../../model/host.ts'
import type { HostRole } from '../../model/host-role.ts'
import { cursorOf, readCursor } from './cursor.ts'
import type { Database, Row } from './database.ts'

/** `stopped`: nothing came of it for longer than is expected of any. */
export type HostState = 'hearing' | 'stopped'

/** What is known of a host of which records came. */
export interface KeptHost {
  readonly host: string
  readonly shard: string
  readonly role: HostRole
  /** Of its records, by their own times; null: none has any. */
  readonly first: number | null
  readonly last: number | null
  /** When something of its shard came last, by the log. */
  readonly arrived: number
  /** All of its records, wanted or not. */
  readonly records: number
  /** Facts of its shard that came later than the state reaches back. */
  readonly late: number
  readonly state: HostState
}

export type HostPage =
  | { readonly kind: 'page'; readonly hosts: readonly KeptHost[]; readonly next: string | null }
  | { readonly kind: 'bad-cursor' }

const columns = 'host, shard, role, first, last, arrived, records, late, state'

const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Every host that was heard of. */
export class Hosts {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  put({ host, shard, role, first, last, arrived, records, late, state }: KeptHost): void {
    this.#database.run(
      `insert into hosts (${columns}, told) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
       on conflict do update set shard = excluded.shard, role = excluded.role, first = excluded.first, last = excluded.last,
       arrived = excluded.arrived, records = excluded.records, late = excluded.late, state = excluded.state`,
      [host, shard, role, first, last, arrived, records, late, state],
    )
  }

  /** Something came of a shard's hosts. */
  heard(shard: string, arrived: number): void {
    this.#database.run('update hosts set arrived = ? where shard = ?', [arrived, shard])
  }

  setState(host: string, state: HostState): void {
    this.#database.run('update hosts set state = ? where host = ?', [state, host])
  }

  remove(host: string): void {
    this.#database.run('delete from hosts where host = ?', [host])
  }

  one(host: string): KeptHost | null {
    const row = this.#database.get(`select ${columns} from hosts where host = ?`, [host])
    return row ? hostOf(row) : null
  }

  /** What could be seen of a host at this time, by the log. */
  putTelemetry(telemetry: HostTelemetry, time: number): void {
    this.#database.run('update hosts set told = ?, telemetry = ? where host = ?', [
      time,
      zstdCompressSync(serialize(telemetry), level),
      telemetry.host,
    ])
  }

  /** When its telemetry was put last; 0: never. */
  telemetryTime(host: string): number {
    return Number(this.#database.get('select told from hosts where host = ?', [host])?.told ?? 0)
  }

  /** What could be seen of it, as it was put last: for the report of coverage. */
  telemetry(host: string): HostTelemetry | null {
    const packed = this.#database.get('select telemetry from hosts where host = ?', [host])?.telemetry
    return packed instanceof Uint8Array ? (deserialize(zstdDecompressSync(packed)) as HostTelemetry) : null
  }

  ofShard(shard: string): KeptHost[] {
    return this.#database.all(`select ${columns} from hosts where shard = ? order by host`, [shard]).map(hostOf)
  }

  /** Names of all hosts, and the time of their records. */
  all(): {
    readonly names: string[]
    readonly first: number | null
    readonly last: number | null
  } {
    const names = this.#database.all('select host from hosts order by host').map(({ host }) => String(host))
    const sum = this.#database.get('select min(first) first, max(last) last from hosts')
    return { names, first: timeOf(sum?.first), last: timeOf(sum?.last) }
  }

  /** Facts of all shards that came later than their states reach back. */
  get late(): number {
    const sum = this.#database.get('select sum(late) n from (select max(late) late from hosts group by shard)')
    return Number(sum?.n ?? 0)
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
  arrived: Number(row.arrived),
  records: Number(row.records),
  late: Number(row.late),
  state: row.state as HostState,
})
