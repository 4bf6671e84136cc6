import { severities } from '../../model/finding.ts'
import { hostKey } from '../../model/host.ts'
import { AnsweringBoard } from '../../report/page/answers/board.ts'
import { Tally } from '../../report/page/answers/choices.ts'
import { compareWorst, searchable } from '../../report/page/answers/wish.ts'
import type { Row } from '../../report/page/data.ts'
import type { Principal } from '../access/index.ts'
import type { KeptFinding } from '../store/findings.ts'
import type { Store } from '../store/store.ts'
import { Remembered } from './remembered.ts'

/** Findings that the page lists; where there are more, the mildest are left out and counted. A row takes about a kilobyte. */
const mostRows = 250_000
/** Texts that are kept once for all rows. */
const mostTexts = 1_000_000
/** Findings that are read at once, so that others get their turn. */
const atOnce = 2_000
/** Hosts come slowly, and finding out about all of them takes a while: milliseconds. */
const hostsEvery = 10_000
/** Readers who may see some hosts only, each with a board. */
const mostBoards = 16

/** The rows of all findings that stand, as they are now: what the page asks about. */
export class LiveBoard {
  readonly #store: Store
  readonly #hosts: Remembered<ReturnType<Store['hosts']['all']>>
  readonly #texts = new Map<string, string>()
  #rows = new Map<string, Row>()
  /** The worst first; null: to be sorted anew. */
  #sorted: readonly Row[] = []
  #changed = new Map<string, Row | null>()
  #boards = new Map<string, AnsweringBoard>()
  #boardsOf: object | null = null
  readonly #tally = new Tally()
  #loaded: Promise<void> = Promise.resolve()

  constructor(store: Store, now: () => number) {
    this.#store = store
    this.#hosts = new Remembered(() => store.hosts.all(), hostsEvery, now)
  }

  /** Begins to read all findings that stand, in turns with others. */
  load(): void {
    this.#loaded = this.#load()
    this.#loaded.catch(() => {}) // told to whoever asks for a board
  }

  async #load(): Promise<void> {
    let cursor: string | undefined
    do {
      const page = this.#store.findings.list({ order: 'change', limit: atOnce, cursor })
      if (page.kind === 'bad-cursor') return
      for (const kept of page.findings) this.take(kept)
      cursor = page.next ?? undefined
      await new Promise(setImmediate)
    } while (cursor !== undefined)
  }

  /** A finding as it is now; whether it is listed, or was until now. */
  take(kept: KeptFinding): boolean {
    const isListed = kept.withdrawn === null && severities.indexOf(kept.severity) > 0
    if (!isListed) return this.drop(kept.id)
    this.#changed.set(kept.id, this.#interned(JSON.parse(kept.line) as Row))
    return true
  }

  /** It is not there any more; whether it was listed. */
  drop(id: string): boolean {
    const isKnown = this.#changed.get(id) ?? this.#rows.has(id)
    if (!isKnown) return false
    this.#changed.set(id, null)
    return true
  }

  /** Findings that are not listed because there are too many. */
  get leftOut(): number {
    return Math.max(0, this.#rows.size - mostRows)
  }

  get hosts() {
    return this.#hosts.value
  }

  /** Of all that somebody may see. */
  async boardFor({ hosts: shards }: Principal): Promise<AnsweringBoard> {
    await this.#loaded
    this.#settle()
    const key = shards === null ? '' : JSON.stringify(shards)
    const all = this.#hosts.value
    const known = this.#boards.get(key)
    if (known && this.#boardsOf === all) return known
    if (this.#boardsOf !== all) this.#boards.clear()
    this.#boardsOf = all
    const span = all.first === null || all.last === null ? null : { first: all.first, last: all.last }
    const own = shards === null ? null : new Set(shards)
    const board =
      own === null
        ? new AnsweringBoard({ rows: this.#sorted, hosts: all.names, span }, () => this.#tally)
        : new AnsweringBoard({
            rows: this.#sorted.filter(({ host }) => own.has(hostKey(host))),
            hosts: all.names.filter((host) => own.has(hostKey(host))),
            span,
          })
    if (this.#boards.size >= mostBoards) this.#boards.clear()
    this.#boards.set(key, board)
    return board
  }

  /** Puts what has changed where it belongs: the others keep their order. */
  #settle(): void {
    if (this.#changed.size === 0) return
    const added: Row[] = []
    const gone = new Set<Row>()
    for (const [id, row] of this.#changed) {
      const before = this.#rows.get(id)
      if (before) {
        gone.add(before)
        this.#tally.remove(before)
      }
      if (row === null) this.#rows.delete(id)
      else {
        this.#rows.set(id, row)
        added.push(row)
        this.#tally.add(row)
      }
    }
    this.#sorted = changed(this.#sorted, gone, added.sort(compareWorst)).slice(0, mostRows)
    this.#changed = new Map()
    this.#boards = new Map()
  }

  #interned(row: Row): Row {
    if (this.#texts.size > mostTexts) this.#texts.clear()
    const one = <T extends string | null>(text: T): T => {
      if (text === null) return text
      const known = this.#texts.get(text)
      if (known !== undefined) return known as T
      this.#texts.set(text, text)
      return text
    }
    return searchable({
      ...row,
      kind: one(row.kind),
      host: one(row.host),
      title: one(row.title),
      verdict: one(row.verdict),
      change: one(row.change),
      route: one(row.route),
      user: one(row.user),
      origin: one(row.origin),
      target: one(row.target),
      action: one(row.action),
      definition: one(row.definition),
      programs: row.programs.map(one),
      hashes: row.hashes.map(one),
      alike: one(row.alike),
    })
  }
}

/** A sorted list without some of its rows and with others, which are sorted, too. */
function changed(rows: readonly Row[], gone: ReadonlySet<Row>, added: readonly Row[]): Row[] {
  // A few are put in place; of many it is faster to go through all once.
  if (gone.size + added.length < mostInPlace) {
    const list = [...rows]
    for (const row of gone) {
      const place = placeOf(list, row)
      if (list[place] === row) list.splice(place, 1)
    }
    for (const row of added) list.splice(placeOf(list, row), 0, row)
    return list
  }
  const list: Row[] = []
  let next = 0
  for (const row of rows) {
    if (gone.has(row)) continue
    while (next < added.length && compareWorst(added[next] as Row, row) < 0) list.push(added[next++] as Row)
    list.push(row)
  }
  while (next < added.length) list.push(added[next++] as Row)
  return list
}

const mostInPlace = 100

/** Where the first stands that is not before it. */
function placeOf(rows: readonly Row[], row: Row): number {
  let [from, to] = [0, rows.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (compareWorst(rows[middle] as Row, row) < 0) from = middle + 1
    else to = middle
  }
  return from
}
