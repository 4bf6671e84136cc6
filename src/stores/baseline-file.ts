import { DatabaseSync } from 'node:sqlite'
import {
  type BaselineContent,
  type BaselineReader,
  type HeldChain,
  type HostDays,
  type KnownHost,
  mostDays,
  type Thing,
  type ThingKind,
  type ThingSeen,
} from '../model/baseline.ts'

// A SQLite file, in the form that docs/baseline.md describes.

const format = 'tasktrail.baseline/1'

const schema = `
create table about (name text primary key, value text not null) without rowid;
create table host (hash text primary key, name text not null, days text not null) without rowid;
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
    const host = file.prepare('insert into host values (?, ?, ?)')
    for (const { hash, name, days } of hosts) host.run(hash, name, JSON.stringify(spansOf(days)))
    const thing = file.prepare('insert into thing values (?, ?, ?, ?)')
    for (const { kind, key, hosts: seen, isSample } of things) thing.run(kind, key, packed(seen), isSample ? 1 : 0)
    const chain = file.prepare('insert into held values (?, ?, ?, ?, ?, ?)')
    for (const { id: of, host: on, task, bits, isReleased, things: shown } of held)
      chain.run(of, on, task, bits, isReleased ? 1 : 0, JSON.stringify(shown))
    file.exec('commit')
  } finally {
    file.close()
  }
}

interface PackedThing {
  readonly hosts: unknown
  readonly isSample: boolean
}

/** A baseline's file, read as it is asked. */
export class BaselineFile implements BaselineReader {
  readonly id: string
  readonly hosts: readonly KnownHost[]
  readonly held: readonly HeldChain[]
  readonly #file: DatabaseSync
  #packed: ReadonlyMap<string, PackedThing> | null = null

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
      this.hosts = this.#rows('select hash, name, days from host order by hash').map(({ hash, name, days }) => ({
        hash: String(hash),
        name: String(name),
        days: daysOf(JSON.parse(String(days))),
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

  find({ kind, key }: Thing): ThingSeen | undefined {
    const row = this.#kept().get(`${kind} ${key}`)
    return row && { kind, key, hosts: unpacked(row.hosts), isSample: row.isSample }
  }

  close(): void {
    this.#file.close()
  }

  /** All things, their hosts still packed: asking the file each time is some ten times slower. */
  #kept(): ReadonlyMap<string, PackedThing> {
    if (this.#packed) return this.#packed
    const kept = new Map<string, PackedThing>()
    for (const { kind, key, hosts, sample } of this.#file
      .prepare('select kind, key, hosts, sample from thing')
      .iterate())
      kept.set(`${kind} ${key}`, { hosts, isSample: sample === 1 })
    this.#packed = kept
    return kept
  }

  *#things(): Iterable<ThingSeen> {
    for (const row of this.#file.prepare('select kind, key, hosts, sample from thing').iterate()) {
      yield {
        kind: String(row.kind) as ThingKind,
        key: String(row.key),
        hosts: unpacked(row.hosts),
        isSample: row.sample === 1,
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
    if (told.get('format') !== format || id === undefined)
      throw new BaselineFileError(`${path} is no baseline of the form ${format}`)
    const damage = Object.values(this.#rows('pragma quick_check(1)')[0] ?? {})[0]
    if (damage !== 'ok') throw new BaselineFileError(`${path} is damaged: ${damage}`)
    return id
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Days as the first and the last of each unbroken span: a host is on for weeks. */
function spansOf(days: readonly number[]): number[] {
  const spans: number[] = []
  for (const day of days) {
    if (spans.at(-1) === day - 1) spans[spans.length - 1] = day
    else spans.push(day, day)
  }
  return spans
}

function daysOf(spans: readonly number[]): number[] {
  const days: number[] = []
  for (let at = 0; at + 1 < spans.length; at += 2) {
    const last = Math.min(spans[at + 1] ?? 0, (spans[at] ?? 0) + mostDays)
    for (let day = spans[at] ?? 0; day <= last; day++) days.push(day)
  }
  return days.slice(-mostDays)
}

/** Of each host 8 bytes of its hash, and its first and last day in 4 each, big-endian. */
const entry = 16

function packed(hosts: readonly HostDays[]): Uint8Array {
  const bytes = Buffer.alloc(hosts.length * entry)
  hosts.forEach(({ host, first, last }, index) => {
    bytes.write(host, index * entry, 'hex')
    bytes.writeUInt32BE(first, index * entry + 8)
    bytes.writeUInt32BE(last, index * entry + 12)
  })
  return bytes
}

function unpacked(blob: unknown): HostDays[] {
  if (!(blob instanceof Uint8Array)) return []
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)
  const hosts: HostDays[] = []
  for (let at = 0; at + entry <= bytes.length; at += entry) {
    hosts.push({
      host: bytes.toString('hex', at, at + 8),
      first: bytes.readUInt32BE(at + 8),
      last: bytes.readUInt32BE(at + 12),
    })
  }
  return hosts
}
