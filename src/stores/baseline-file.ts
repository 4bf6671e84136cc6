import { DatabaseSync } from 'node:sqlite'
import type {
  BaselineContent,
  BaselineReader,
  HeldChain,
  KnownHost,
  Thing,
  ThingCount,
  ThingKind,
  ThingSeen,
} from '../model/baseline.ts'
import { type HostRole, hostRoles } from '../model/host-role.ts'
import { bytesOf, PackedHosts } from '../model/packed-hosts.ts'

// A SQLite file, in the form that docs/baseline.md describes.

const format = 'tasktrail.baseline/2'
/** The form before, which is read too: it knew no roles. */
const formatBefore = 'tasktrail.baseline/1'

const schema = `
create table about (name text primary key, value text not null) without rowid;
create table host (hash text primary key, name text not null, days text not null, role text not null) without rowid;
create table thing (kind text not null, key text not null, hosts blob not null, sample integer not null, primary key (kind, key)) without rowid;
create table held (id text primary key, host text not null, task text, bits real not null, released integer not null, things text not null) without rowid;
`

/** A file that is no baseline, with what is wrong with it. */
export class BaselineFileError extends Error {
  override readonly name = 'BaselineFileError'
}

/** Writes a new file. The same content makes the same tables. */
export function writeBaseline(path: string, { hosts, things, held }: BaselineContent, id: string): void {
  const file = new DatabaseSync(path)
  try {
    // The file is put in its place once it is whole: until then nothing has to survive.
    file.exec('pragma journal_mode = off; pragma synchronous = off; begin')
    file.exec(schema)
    const about = file.prepare('insert into about values (?, ?)')
    about.run('format', format)
    about.run('id', id)
    const host = file.prepare('insert into host values (?, ?, ?, ?)')
    for (const { hash, name, spans, role } of hosts) host.run(hash, name, JSON.stringify(spans), role)
    const thing = file.prepare('insert into thing values (?, ?, ?, ?)')
    for (const { kind, key, hosts: seen, isSample } of things) thing.run(kind, key, bytesOf(seen), isSample ? 1 : 0)
    const chain = file.prepare('insert into held values (?, ?, ?, ?, ?, ?)')
    for (const { id: of, host: on, task, bits, isReleased, things: shown } of held)
      chain.run(of, on, task, bits, isReleased ? 1 : 0, JSON.stringify(shown))
    file.exec('commit')
  } finally {
    file.close()
  }
}

/** A baseline's file, read as it is asked. */
export class BaselineFile implements BaselineReader {
  readonly id: string
  readonly hosts: readonly KnownHost[]
  readonly held: readonly HeldChain[]
  readonly #file: DatabaseSync
  #counts: ReadonlyMap<string, ThingCount> | null = null

  /** Throws a BaselineFileError when it is none. */
  constructor(path: string) {
    try {
      this.#file = new DatabaseSync(path, { readOnly: true, allowExtension: false })
    } catch (error) {
      throw new BaselineFileError(`${path} cannot be opened: ${reasonOf(error)}`)
    }
    try {
      // Views and triggers of a foreign file are not run.
      this.#file.exec('pragma trusted_schema = off')
      this.id = this.#checked(path)
      this.hosts = this.#rows('select * from host order by hash').map(({ hash, name, days, role }) => ({
        hash: String(hash),
        name: String(name),
        role: roleOf(role),
        spans: numbersIn(JSON.parse(String(days))),
      }))
      this.held = this.#rows('select id, host, task, bits, released, things from held order by id').map((row) => ({
        id: String(row.id),
        host: String(row.host),
        task: row.task === null ? null : String(row.task),
        bits: Number(row.bits),
        things: JSON.parse(String(row.things)),
        isReleased: row.released === 1,
      }))
    } catch (error) {
      this.#file.close()
      if (error instanceof BaselineFileError) throw error
      throw new BaselineFileError(`${path} is no baseline that can be read: ${reasonOf(error)}`)
    }
  }

  get things(): Iterable<ThingSeen> {
    return this.#things()
  }

  counts(): Iterable<ThingCount> {
    return this.#kept().values()
  }

  find({ kind, key }: Thing): ThingCount | undefined {
    return this.#kept().get(`${kind} ${key}`)
  }

  close(): void {
    this.#file.close()
  }

  /** All things, their hosts as they lie in the file, side by side: asking the file each time is some ten times slower. */
  #kept(): ReadonlyMap<string, ThingCount> {
    if (this.#counts) return this.#counts
    const [total] = this.#rows('select coalesce(sum(length(hosts)), 0) as bytes from thing')
    const bytes = new Uint8Array(Number(total?.bytes ?? 0))
    const counts = new Map<string, ThingCount>()
    let at = 0
    for (const { kind, key, hosts, sample } of this.#file
      .prepare('select kind, key, hosts, sample from thing')
      .iterate()) {
      const own = hosts instanceof Uint8Array ? hosts : new Uint8Array(0)
      bytes.set(own, at)
      const lying = new PackedHosts(bytes.subarray(at, at + own.length))
      at += own.length
      counts.set(`${kind} ${key}`, {
        kind: String(kind) as ThingKind,
        key: String(key),
        hosts: lying,
        isSample: sample === 1,
      })
    }
    this.#counts = counts
    return counts
  }

  *#things(): Iterable<ThingSeen> {
    for (const { kind, key, hosts, sample } of this.#file
      .prepare('select kind, key, hosts, sample from thing')
      .iterate()) {
      const lying = hosts instanceof Uint8Array ? hosts : new Uint8Array(0)
      yield {
        kind: String(kind) as ThingKind,
        key: String(key),
        hosts: new PackedHosts(lying).unpacked(),
        isSample: sample === 1,
      }
    }
  }

  #rows(query: string): Record<string, unknown>[] {
    return this.#file.prepare(query).all()
  }

  /** Its id, when it is of this form, whole, and has nothing but tables: what is asked of it later cannot fail. */
  #checked(path: string): string {
    const others = this.#rows("select name from sqlite_schema where type not in ('table', 'index')")
    const about = others.length > 0 ? [] : this.#rows("select name, value from about where name in ('format', 'id')")
    const told = new Map(about.map(({ name, value }) => [name, String(value)]))
    const id = told.get('id')
    if ((told.get('format') !== format && told.get('format') !== formatBefore) || id === undefined)
      throw new BaselineFileError(`${path} is no baseline of the form ${format}`)
    const damage = Object.values(this.#rows('pragma quick_check(1)')[0] ?? {})[0]
    if (damage !== 'ok') throw new BaselineFileError(`${path} is damaged: ${damage}`)
    return id
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const roleOf = (written: unknown): HostRole => hostRoles.find((role) => role === written) ?? 'unknown'

/** Whole numbers of a list; nothing else can be in it that a baseline wrote. */
const numbersIn = (list: unknown): number[] => (Array.isArray(list) ? list.filter(Number.isSafeInteger) : [])
