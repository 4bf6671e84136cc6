import type { Row, Store } from './store.ts'

/** What is asked of a list; as it stands in an address. */
export interface Wish {
  readonly q?: string
  readonly severity?: string
  readonly host?: string
  readonly user?: string
  readonly origin?: string
  readonly route?: string
  readonly verdict?: string
  readonly program?: string
  readonly task?: string
  readonly definition?: string
  readonly hash?: string
  readonly action?: string
  readonly since?: string
  readonly until?: string
  /** `each`: alike findings are not told as one. */
  readonly alike?: string
  readonly order?: string
}

/** A list of findings of which the first tells the story of them all. */
export interface Story {
  readonly first: Row
  readonly all: readonly Row[]
}

const texts = new WeakMap<Row, string>()

/** All that a search looks through, in lower case. */
function textOf(row: Row): string {
  const known = texts.get(row)
  if (known !== undefined) return known
  const { title, host, user, origin, target, action, gist, programs, hashes, id, route, definition } = row
  const text = [title, host, user, origin, target, action, gist, ...programs, ...hashes, id, route, definition]
    .join('\n')
    .toLowerCase()
  texts.set(row, text)
  return text
}

/** An address cannot hold a lone surrogate. */
const same = (said: string | null, wish: string | undefined): boolean =>
  wish === undefined || (said ?? '').toWellFormed().toLowerCase() === wish.toLowerCase()

const timeOf = (text: string | undefined): number | null => {
  const time = text === undefined ? Number.NaN : Date.parse(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(time) ? null : time
}

export function matching(store: Store, wish: Wish): Row[] {
  const words = (wish.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const severities = wish.severity === undefined ? null : new Set(wish.severity.split(','))
  const [since, until] = [timeOf(wish.since), timeOf(wish.until)]
  const names = ['informational', 'low', 'medium', 'high', 'critical']
  const rows = store.rows.filter(
    (row) =>
      (severities === null || severities.has(names[row.severity] ?? '')) &&
      same(row.host, wish.host) &&
      same(row.user, wish.user) &&
      same(row.origin, wish.origin) &&
      same(row.route, wish.route) &&
      same(row.verdict, wish.verdict) &&
      same(row.title, wish.task) &&
      same(row.definition, wish.definition) &&
      same(row.action, wish.action) &&
      (wish.program === undefined || row.programs.includes(wish.program.toLowerCase())) &&
      (wish.hash === undefined || row.hashes.includes(wish.hash)) &&
      (since === null || (row.end !== null && row.end >= since)) &&
      (until === null || (row.time !== null && row.time < until)) &&
      words.every((word) => textOf(row).includes(word)),
  )
  return wish.order === undefined ? rows : rows.sort(orders[wish.order] ?? orders.worst)
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const orders: Record<string, (a: Row, b: Row) => number> = {
  worst: (a, b) => a.number - b.number,
  time: (a, b) => (a.time ?? 0) - (b.time ?? 0) || a.number - b.number,
  newest: (a, b) => (b.time ?? 0) - (a.time ?? 0) || a.number - b.number,
  host: (a, b) => byText(a.host, b.host) || a.number - b.number,
}

/** Alike findings as one story, each where its first stands. */
export function storiesOf(rows: readonly Row[]): Story[] {
  const stories = new Map<string, Row[]>()
  for (const row of rows) {
    const known = stories.get(row.alike)
    if (known) known.push(row)
    else stories.set(row.alike, [row])
  }
  return [...stories.values()].flatMap((all) => (all[0] ? [{ first: all[0], all }] : []))
}

/** How often each value stands in the rows, the most frequent first. */
export function counts(rows: readonly Row[], say: (row: Row) => string | null): [string, number][] {
  const found = new Map<string, number>()
  for (const row of rows) {
    const value = say(row)
    if (value !== null && value !== '') found.set(value, (found.get(value) ?? 0) + 1)
  }
  return [...found].sort(([a, m], [b, n]) => n - m || byText(a, b))
}
