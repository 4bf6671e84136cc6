import { createHash } from 'node:crypto'
import type { SQLInputValue } from 'node:sqlite'
import { type Severity, severities, type Verdict } from '../../model/finding.ts'
import { hostKey } from '../../model/host.ts'
import { cursorOf, readCursor } from './cursor.ts'
import type { Database, Row } from './database.ts'
import type { Meta } from './meta.ts'
import { packText, unpackText } from './packed-text.ts'

/** How much is known of a story: what is told with less never takes the place of what is told with more. */
export interface Revision {
  /** Facts of its hosts that were used. */
  readonly facts: number
  /** Time of the newest of them. */
  readonly newest: number
}

export const compareRevisions = (a: Revision, b: Revision): number => a.facts - b.facts || a.newest - b.newest

/** What is told of a chain without its story. */
interface FindingHead {
  readonly id: string
  readonly host: string
  readonly shard: string
  readonly kind: string
  readonly severity: Severity
  readonly bits: number
  readonly verdict: Verdict
  /** The task's path, or what else it is called. */
  readonly task: string
  /** Of the change, and of the last thing that is known of it; 0: nothing says when. */
  readonly time: number
  readonly end: number
  readonly revision: Revision
  /** What lists show of it: JSON. */
  readonly line: string
}

/** A chain as it is to be kept. */
export interface FindingToKeep extends FindingHead {
  readonly formerIds: readonly string[]
  /** `tasktrail.finding/1`. */
  readonly json: string
}

/** What lists need, without the story. */
export interface KeptFinding extends FindingHead {
  /** Counts on with everything that changes in any finding. */
  readonly change: number
  /** When it was written first and last, by the log. */
  readonly firstWritten: number
  readonly written: number
  /** Why it does not stand any more; null: it does. */
  readonly withdrawn: string | null
}

/** What an alert is decided by. */
export type FindingBefore = Pick<KeptFinding, 'id' | 'severity' | 'verdict' | 'change' | 'withdrawn'>

export type Upserted =
  /** The very same is kept already. */
  | { readonly kind: 'unchanged' }
  /** What is kept knows more. */
  | { readonly kind: 'poorer' }
  /** `before`: the same finding, maybe under a former id; null: it is new. */
  | { readonly kind: 'written'; readonly change: number; readonly before: FindingBefore | null }

export type FindingOrder = 'change' | 'time' | 'end' | 'bits' | 'worst'

export interface FindingQuery {
  /** At least this; informational chains only with `all`. */
  readonly severity?: Severity | undefined
  /** One of these. */
  readonly severities?: readonly Severity[] | undefined
  readonly all?: boolean | undefined
  /** By the full name, or by the first label alone. */
  readonly host?: string | undefined
  /** Only hosts of these shards (first labels): what a token may see. */
  readonly shards?: readonly string[] | null | undefined
  readonly verdict?: Verdict | undefined
  readonly kind?: string | undefined
  /** Part of the task's name, in any case. */
  readonly task?: string | undefined
  /** Texts that all stand in what lists show of it, in any case. */
  readonly words?: readonly string[] | undefined
  /** Milliseconds: it or its last run happened from then on, or before; what has no time may have happened at any. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** Written first by the service from then on. */
  readonly firstWrittenSince?: number | undefined
  readonly withdrawn?: 'without' | 'with' | 'only' | undefined
  /** Default `time`; newest, or most bits, first, but changes in the order in which they happened. */
  readonly order?: FindingOrder | undefined
  /** Changes after this one. */
  readonly after?: number | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

export type FindingPage =
  | { readonly kind: 'page'; readonly findings: readonly KeptFinding[]; readonly next: string | null }
  | { readonly kind: 'bad-cursor' }

const columns =
  'id, host, shard, kind, severity, bits, verdict, task, time, end, facts, newest, change, first_written, written, withdrawn, line'

/** By what a list is ordered, as an index has it. */
const orders: Readonly<Record<FindingOrder, string>> = {
  change: 'change',
  time: 'time',
  end: '"end"',
  bits: 'bits',
  worst: '(severity * 1000000.0 + bits)',
}

/** Where a list in this order goes on after it. */
export function cursorAfter(finding: KeptFinding, order: FindingOrder): string {
  const worst = severities.indexOf(finding.severity) * 1_000_000 + finding.bits
  return cursorOf(order, order === 'worst' ? worst : finding[order], finding.id)
}

/** Ids that were taken away and that nobody asked about. */
const mostRemoved = 100_000

/** Former ids are followed so far: each better witness gives one more. */
const mostAliases = 16

/** Stories as they were told last. */
export class Findings {
  readonly #database: Database
  readonly #meta: Meta
  #removed: string[] = []

  constructor(database: Database, meta: Meta) {
    this.#database = database
    this.#meta = meta
  }

  /** Ids that were taken away since this was asked last, where nobody undid that: they have no change of their own. */
  takeRemoved(): string[] {
    const removed = this.#removed
    this.#removed = []
    return removed.filter((id) => this.one(id) === null)
  }

  /** Ids under which it was known before. */
  formerIds(id: string): string[] {
    return this.#database.all('select former from aliases where id = ?', [id]).map(({ former }) => String(former))
  }

  /** Keeps it if it says something else than what is kept and does not know less. `at`: the log's time. */
  upsert(finding: FindingToKeep, at: number): Upserted {
    const { id, json, revision } = finding
    const hash = createHash('sha256').update(json).digest('base64url')
    const known = this.#database.get(
      'select id, severity, verdict, change, withdrawn, facts, newest, hash, first_written from findings where id = ?',
      [id],
    )
    if (known) {
      if (compareRevisions(revision, revisionOf(known)) < 0) return { kind: 'poorer' }
      if (known.hash === hash && known.withdrawn === null) return { kind: 'unchanged' }
    }
    const former = this.#takeFormer(finding)
    const change = this.#meta.next('change')
    const first = Math.min(at, firstWritten(known ?? null, at), firstWritten(former, at))
    this.#write(finding, hash, change, { first, last: at })
    const before = known ?? former
    return { kind: 'written', change, before: before ? beforeOf(before) : null }
  }

  #write(finding: FindingToKeep, hash: string, change: number, at: { first: number; last: number }): void {
    const { id, host, shard, kind, severity, bits, verdict, task, time, end, revision, line, json } = finding
    this.#database.run(
      `insert or replace into findings (id, host, shard, kind, severity, bits, verdict, task, task_key, time, end, facts, newest, hash,
       change, first_written, written, withdrawn, over, line) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, 0, ?)`,
      [
        id,
        host,
        shard,
        kind,
        severities.indexOf(severity),
        bits,
        verdict,
        task,
        task.toLowerCase(),
        time,
        end,
        revision.facts,
        revision.newest,
        hash,
        change,
        at.first,
        at.last,
        line,
      ],
    )
    this.#database.run('insert or replace into finding_bodies values (?, ?)', [id, packText(json)])
  }

  /** Findings under ids that it had before become pointers to it; gives the one that was written last. */
  #takeFormer({ id, shard, formerIds }: FindingToKeep): Row | null {
    let newest: Row | null = null
    for (const former of formerIds) {
      if (former === id) continue
      this.#database.run('insert or replace into aliases values (?, ?)', [former, id])
      const row = this.#database.get(
        'select id, severity, verdict, change, withdrawn, first_written from findings where id = ? and shard = ?',
        [former, shard],
      )
      if (!row) continue
      this.remove(former)
      if (newest === null || Number(row.change) > Number(newest.change)) newest = row
    }
    return newest
  }

  /** It does not stand any more; what it told stays. Gives the number of the change, null where there is nothing to withdraw. */
  withdraw(id: string, reason: string, at: number): number | null {
    const row = this.#database.get('select withdrawn from findings where id = ?', [id])
    if (!row || row.withdrawn !== null) return null
    const change = this.#meta.next('change')
    this.#database.run('update findings set withdrawn = ?, change = ?, written = ? where id = ?', [
      reason,
      change,
      at,
      id,
    ])
    return change
  }

  /** Takes it and its records away; what points to it stays. */
  remove(id: string): void {
    this.#removed.push(id)
    if (this.#removed.length > mostRemoved) this.#removed.shift()
    this.#database.run('delete from findings where id = ?', [id])
    this.#database.run('delete from finding_bodies where id = ?', [id])
    this.#database.run('delete from finding_records where finding = ?', [id])
  }

  /** Takes away what was written last before this time, at most so many; gives how many. */
  forget(before: number, most = 1_000): number {
    const old = this.#database.all('select id from findings where written < ? limit ?', [before, most])
    for (const { id } of old) {
      this.remove(String(id))
      this.#database.run('delete from aliases where id = ?', [String(id)])
    }
    return old.length
  }

  /** Under its id alone. */
  one(id: string): KeptFinding | null {
    const row = this.#database.get(`select ${columns} from findings where id = ?`, [id])
    return row ? keptOf(row) : null
  }

  /** `tasktrail.finding/1`, as it was told last. */
  json(id: string): string | null {
    const row = this.#database.get('select json from finding_bodies where id = ?', [id])
    return row ? unpackText(row.json as Uint8Array) : null
  }

  /** The id under which a finding that had this one is kept now; null where none is. */
  followed(former: string): string | null {
    let id = former
    for (let i = 0; i < mostAliases; i++) {
      if (this.#database.get('select 1 from findings where id = ?', [id])) return id
      const row = this.#database.get('select id from aliases where former = ?', [id])
      if (!row) return null
      id = String(row.id)
    }
    return null
  }

  /** It is over: its shard remembers it no more, and what was told of it last stands. */
  close(id: string): void {
    this.#database.run('update findings set over = 1 where id = ?', [id])
  }

  /** Ids of a shard's findings that stand and that its state still tells. */
  standing(shard: string): string[] {
    return this.#database
      .all('select id from findings where shard = ? and withdrawn is null and over = 0', [shard])
      .map(({ id }) => String(id))
  }

  /** The number of the last change of all. */
  get lastChange(): number {
    return this.#meta.number('change')
  }

  /** How many there are of each severity that stand; of one host, or of all. */
  counts(host: string | null = null): Readonly<Record<Severity, number>> {
    const counts = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 }
    const of = host === null ? '' : 'and host = ?'
    for (const row of this.#database.all(
      `select severity, count(*) n from findings where withdrawn is null ${of} group by severity`,
      host === null ? [] : [host],
    ))
      counts[severityOf(row)] = Number(row.n)
    return counts
  }

  list(query: FindingQuery): FindingPage {
    const { conditions, values } = filterOf(query)
    const order = query.order ?? 'time'
    const isRising = order === 'change'
    if (query.after !== undefined) {
      conditions.push('change > ?')
      values.push(query.after)
    }
    if (query.cursor !== undefined) {
      const cursor = readCursor(query.cursor, order)
      if (cursor === null) return { kind: 'bad-cursor' }
      conditions.push(`(${orders[order]}, id) ${isRising ? '>' : '<'} (?, ?)`)
      values.push(cursor.value, cursor.id)
    }
    const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''
    const direction = isRising ? '' : ' desc'
    const rows = this.#database.all(
      `select ${columns} from findings ${where} order by ${orders[order]}${direction}, id${direction} limit ?`,
      [...values, query.limit + 1],
    )
    const findings = rows.slice(0, query.limit).map(keptOf)
    const last = findings.at(-1)
    const next = rows.length > query.limit && last ? cursorAfter(last, order) : null
    return { kind: 'page', findings, next }
  }
}

function filterOf(query: FindingQuery): { conditions: string[]; values: SQLInputValue[] } {
  const conditions: string[] = []
  const values: SQLInputValue[] = []
  const hold = (condition: string, ...more: SQLInputValue[]) => {
    conditions.push(condition)
    for (const value of more) values.push(value)
  }
  const least = Math.max(severities.indexOf(query.severity ?? 'informational'), query.all ? 0 : 1)
  if (least > 0) hold('severity >= ?', least)
  if (query.severities)
    hold(
      'severity in (select value from json_each(?))',
      JSON.stringify(query.severities.map((one) => severities.indexOf(one))),
    )
  if (query.withdrawn === 'only') hold('withdrawn is not null')
  else if (query.withdrawn !== 'with') hold('withdrawn is null')
  if (query.host !== undefined) {
    const host = query.host.toLowerCase()
    hold('shard = ? and (host = ? or shard = ?)', hostKey(host), host, host)
  }
  if (query.shards) hold('shard in (select value from json_each(?))', JSON.stringify(query.shards))
  if (query.verdict !== undefined) hold('verdict = ?', query.verdict)
  if (query.kind !== undefined) hold('kind = ?', query.kind)
  if (query.task !== undefined) hold('instr(task_key, ?) > 0', query.task.toLowerCase())
  // As it stands in JSON. LIKE, unlike instr, knows no case of ASCII.
  for (const word of query.words ?? [])
    hold(`line like ? escape '!'`, `%${JSON.stringify(word).slice(1, -1).replaceAll(/[%_!]/g, '!$&')}%`)
  if (query.firstWrittenSince !== undefined) hold('first_written >= ?', query.firstWrittenSince)
  const { since, until } = query
  if (since !== undefined || until !== undefined) {
    const [from, to] = [since ?? Number.MIN_SAFE_INTEGER, until ?? Number.MAX_SAFE_INTEGER]
    hold('(time = 0 or (time >= ? and time < ?) or (end >= ? and end < ?))', from, to, from, to)
  }
  return { conditions, values }
}

const firstWritten = (row: Row | null, otherwise: number): number => (row ? Number(row.first_written) : otherwise)

const severityOf = (row: Row): Severity => severities[Number(row.severity)] as Severity

const revisionOf = (row: Row): Revision => ({ facts: Number(row.facts), newest: Number(row.newest) })

const beforeOf = (row: Row): FindingBefore => ({
  id: String(row.id),
  severity: severityOf(row),
  verdict: row.verdict as Verdict,
  change: Number(row.change),
  withdrawn: row.withdrawn as string | null,
})

const keptOf = (row: Row): KeptFinding => ({
  ...beforeOf(row),
  host: String(row.host),
  shard: String(row.shard),
  kind: String(row.kind),
  bits: Number(row.bits),
  task: String(row.task),
  time: Number(row.time),
  end: Number(row.end),
  revision: revisionOf(row),
  firstWritten: Number(row.first_written),
  written: Number(row.written),
  line: String(row.line),
})
