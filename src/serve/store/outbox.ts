import { type Severity, severities, type Verdict } from '../../model/finding.ts'
import type { Database, Row } from './database.ts'

// What was told to whom, and what has still to be. Rows are made in the transaction in which findings are written; what becomes of
// them is written as it happens.

/** Why somebody is told. */
export type AlertReason = 'new' | 'worse' | 'verdict' | 'withdrawn' | 'returned'

/** What was told of a finding last. */
export interface Told {
  /** Names all that is told of it: its id when it was told first. */
  readonly alert: string
  /** How often it was told. */
  readonly sequence: number
  /** The worst that it was told with. */
  readonly worst: Severity
  readonly severity: Severity
  readonly verdict: Verdict
  readonly isWithdrawn: boolean
  readonly host: string
  readonly title: string
}

/** One thing to tell, without its story. */
export interface AlertHead {
  /** Its own id, by which a receiver knows it again: `alert` and `sequence`. */
  readonly id: string
  readonly alert: string
  /** From 1 on: the order in which an alert's parts are to be read. */
  readonly sequence: number
  readonly reason: AlertReason
  /** When it was decided, in milliseconds. */
  readonly time: number
  readonly finding: string
  readonly host: string
  readonly title: string
  readonly severity: Severity
  readonly verdict: Verdict
  /** What was told before; null: nothing. */
  readonly before: { readonly severity: Severity; readonly verdict: Verdict } | null
  /** Why it does not hold any more; null: it does. */
  readonly withdrawn: string | null
}

export type DeliveryState = 'waiting' | 'delivered' | 'dead'

/** One alert for one receiver. */
export interface Delivery {
  readonly row: number
  readonly target: string
  readonly state: DeliveryState
  /** How often it was begun to be sent. */
  readonly tries: number
  /** Since when it waits. */
  readonly since: number
  /** Not to be sent before. */
  readonly next: number
  /** What the last try came to; null: it went well, or there was none. */
  readonly error: string | null
  readonly head: AlertHead
  /** Bytes of the story as it is kept; 0: it is not. */
  readonly bytes: number
}

/** What there is for one receiver. */
export interface TargetCounts {
  readonly waiting: number
  readonly delivered: number
  readonly dead: number
  /** When what waits longest began to; null: nothing waits. */
  readonly oldest: number | null
}

export interface ListWish {
  /** Null: whatever became of it. */
  readonly state: DeliveryState | null
  /** The last row that is known already; null: from the newest on. */
  readonly before: number | null
  readonly limit: number
}

/** Null: all of them. */
export interface ResendWish {
  readonly id: string | null
  readonly target: string | null
}

/** What there cannot be more of. */
export interface OutboxBounds {
  /** Deliveries that wait: a day's outage at two a second. */
  readonly waiting: number
  /** Bytes of stories; beyond, an alert is kept without its own and gets the finding's newest when it is sent. */
  readonly bytes: number
}

export const outboxBounds: OutboxBounds = { waiting: 200_000, bytes: 256 << 20 }

const columns = 'row, target, state, tries, since, next, error, head, bytes'
const joined = 'outbox as o join alerts on alerts.id = o.id'

export class Outbox {
  readonly #database: Database
  readonly #bounds: OutboxBounds

  constructor(database: Database, bounds: OutboxBounds = outboxBounds) {
    this.#database = database
    this.#bounds = bounds
  }

  /** What was told of a finding, under this or a former id; from now on it is found under this one. */
  toldOf(id: string, formerIds: readonly string[]): Told | null {
    const known = [id, ...formerIds.filter((former) => former !== id)].flatMap((one) => {
      const row =
        this.#database.get('select * from told where finding = :one', { one }) ??
        this.#database.get('select * from told where alert = :one', { one })
      return row ? [row] : []
    })
    const [first] = known
    if (first === undefined) return null
    const told = toldIn(first, known)
    if (known.length > 1 || first.finding !== id) {
      for (const { finding } of known)
        this.#database.run('delete from told where finding = :id', { id: String(finding) })
      this.#note(id, told)
    }
    return told
  }

  /** The last sequence of an alert that is kept; 0: none is. */
  lastOf(alert: string): number {
    return Number(
      this.#database.get('select max(sequence) as last from alerts where alert = :alert', { alert })?.last ?? 0,
    )
  }

  /**
   * Notes that something is told, once for each receiver. `full`: too much waits already; nothing was noted, so the finding is told when
   * it changes again.
   */
  tell(head: AlertHead, story: Uint8Array | null, targets: readonly string[]): 'kept' | 'kept-without-story' | 'full' {
    if (this.#total('waiting') + targets.length > this.#bounds.waiting) {
      this.#add('not-told', 1)
      return 'full'
    }
    const fits = story !== null && this.#total('bytes') + story.length <= this.#bounds.bytes
    const bytes = fits ? story.length : 0
    this.#database.together(() => {
      const { id, alert, sequence, time } = head
      const kept = { head: JSON.stringify(head), story: fits ? story : null, bytes }
      this.#database.run('insert into alerts values (:id, :alert, :sequence, :time, :head, :story, :bytes)', {
        ...{ id, alert, sequence, time },
        ...kept,
      })
      for (const target of targets) {
        this.#database.run(
          `insert into outbox (id, alert, target, state, tries, since, next)
           values (:id, :alert, :target, 'waiting', 0, :time, 0)`,
          { id, alert, target, time },
        )
      }
      this.#add('bytes', bytes)
      this.#add('waiting', targets.length)
      this.#note(head.finding, this.#after(head))
    })
    return fits || story === null ? 'kept' : 'kept-without-story'
  }

  /** Alerts that were not noted because too much waited. */
  get notTold(): number {
    return this.#total('not-told')
  }

  /** What can be sent to a receiver now: of each alert the earliest part that waits. None while a transaction is open. */
  due(target: string, now: number, most: number): Delivery[] {
    if (this.#database.isInTransaction) return []
    const rows = this.#database.all(
      `select ${columns} from ${joined} where target = :target and state = 'waiting' and next <= :now and not exists
       (select 1 from outbox where alert = o.alert and target = o.target and state = 'waiting' and row < o.row)
       order by row limit :most`,
      { target, now, most },
    )
    return rows.map(deliveryOf)
  }

  /** When something that cannot be sent to a receiver now can be; null: nothing is put off. */
  nextDue(target: string, now: number): number | null {
    const of = "select min(next) as next from outbox where target = :target and state = 'waiting' and next > :now"
    const next = this.#database.get(of, { target, now })?.next
    return typeof next === 'number' ? next : null
  }

  storyOf(id: string): Uint8Array | null {
    const story = this.#database.get('select story from alerts where id = :id', { id })?.story
    return story instanceof Uint8Array ? story : null
  }

  /** That these are sent now: written before, so that who is killed meanwhile knows that they may have arrived. */
  began(deliveries: readonly Delivery[]): void {
    this.#database.together(() => {
      for (const { row } of deliveries)
        this.#database.run('update outbox set tries = tries + 1 where row = :row', { row })
    })
  }

  delivered({ row }: Delivery, now: number): void {
    this.#end({ row, state: 'delivered', error: null, now })
  }

  /** Given up, until somebody has it sent again. */
  gaveUp({ row }: Delivery, error: string, now: number): void {
    this.#end({ row, state: 'dead', error, now })
  }

  failed({ row }: Delivery, error: string, next: number): void {
    const query = "update outbox set error = :error, next = :next where row = :row and state = 'waiting'"
    this.#database.run(query, { row, error, next })
  }

  counts(target: string): TargetCounts {
    const rows = this.#database.all('select state, count(*) as n from outbox where target = :target group by state', {
      target,
    })
    const count = (state: DeliveryState) => Number(rows.find((row) => row.state === state)?.n ?? 0)
    const first = "select since from outbox where target = :target and state = 'waiting' order by row limit 1"
    const oldest = this.#database.get(first, { target })?.since
    return {
      waiting: count('waiting'),
      delivered: count('delivered'),
      dead: count('dead'),
      oldest: typeof oldest === 'number' ? oldest : null,
    }
  }

  /** The newest first, from before a row on. */
  list({ state, before, limit }: ListWish): Delivery[] {
    return this.#database
      .all(
        `select ${columns} from ${joined} where (:state is null or state = :state) and row < :before order by row desc limit :limit`,
        { state, before: before ?? Number.MAX_SAFE_INTEGER, limit },
      )
      .map(deliveryOf)
  }

  /** Has what was given up sent again, or one alert whatever became of it, to all its receivers or one; returns how many deliveries. */
  resend({ id, target }: ResendWish, now: number): number {
    let count = 0
    this.#database.together(() => {
      const changed = this.#database.run(
        `update outbox set state = 'waiting', next = 0, since = :now
         where (:id is null or id = :id) and (:target is null or target = :target)
         and (state = 'dead' or (:id is not null and state = 'delivered'))`,
        { id, target, now },
      )
      count = Number(changed.changes)
      this.#add('waiting', count)
    })
    return count
  }

  /** Whether there is such an alert. */
  has(id: string): boolean {
    return this.#database.get('select 1 as yes from alerts where id = :id', { id }) !== undefined
  }

  /** Takes out alerts decided before a time of which nothing waits and, unless it was given up before `dead`, nothing was given up. */
  forget(before: { readonly delivered: number; readonly dead: number }, most: number): number {
    let count = 0
    this.#database.together(() => {
      const old = this.#database.all(
        `select id, bytes from alerts where time < :delivered and not exists (select 1 from outbox where outbox.id = alerts.id
         and (state = 'waiting' or (state = 'dead' and since >= :dead))) limit :most`,
        { ...before, most },
      )
      for (const { id, bytes } of old) {
        this.#database.run('delete from outbox where id = :id', { id: String(id) })
        this.#database.run('delete from alerts where id = :id', { id: String(id) })
        this.#add('bytes', -Number(bytes))
        count++
      }
    })
    return count
  }

  #after({ finding, alert, sequence, severity, verdict, withdrawn, host, title }: AlertHead): Told {
    const before = this.#database.get('select worst from told where finding = :finding', { finding })
    const worst = worseOf(severity, (before?.worst as Severity | undefined) ?? severity)
    return { alert, sequence, worst, severity, verdict, isWithdrawn: withdrawn !== null, host, title }
  }

  #note(finding: string, { isWithdrawn, ...told }: Told): void {
    this.#database.run(
      `insert or replace into told
       values (:finding, :alert, :sequence, :worst, :severity, :verdict, :withdrawn, :host, :title)`,
      { finding, ...told, withdrawn: isWithdrawn ? 1 : 0 },
    )
  }

  #end({ row, state, error, now }: { row: number; state: DeliveryState; error: string | null; now: number }): void {
    this.#database.together(() => {
      const { changes } = this.#database.run(
        "update outbox set state = :state, error = :error, since = :now where row = :row and state = 'waiting'",
        { row, state, error, now },
      )
      this.#add('waiting', -Number(changes))
    })
  }

  #total(name: string): number {
    return Number(this.#database.get('select value from outbox_totals where name = :name', { name })?.value ?? 0)
  }

  #add(name: string, value: number): void {
    if (value === 0) return
    this.#database.run(
      'insert into outbox_totals values (:name, :value) on conflict (name) do update set value = value + excluded.value',
      { name, value },
    )
  }
}

const worseOf = (a: Severity, b: Severity): Severity => (severities.indexOf(a) > severities.indexOf(b) ? a : b)

/** What was told of one finding that was several before: as of the first, and as bad as the worst of them. */
function toldIn(first: Row, all: readonly Row[]): Told {
  const { alert, sequence, severity, verdict, withdrawn, host, title } = first
  return {
    alert: String(alert),
    sequence: Number(sequence),
    worst: all.reduce((worst, row) => worseOf(worst, row.worst as Severity), first.worst as Severity),
    severity: severity as Severity,
    verdict: verdict as Verdict,
    isWithdrawn: withdrawn === 1,
    host: String(host),
    title: String(title),
  }
}

const deliveryOf = ({ row, target, state, tries, since, next, error, head, bytes }: Row): Delivery => ({
  row: Number(row),
  target: String(target),
  state: state as DeliveryState,
  tries: Number(tries),
  since: Number(since),
  next: Number(next),
  error: error === null ? null : String(error),
  head: JSON.parse(String(head)) as AlertHead,
  bytes: Number(bytes),
})
