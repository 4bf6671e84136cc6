import { severities } from '../../../model/finding.ts'
import { hostKey } from '../../../model/host.ts'
import type { Row } from '../data.ts'

/** What is asked of a list; as it stands in an address. */
export interface Wish {
  readonly q?: string | undefined
  /** Names, with commas between them. */
  readonly severity?: string | undefined
  /** By the full name, or by the first label alone. */
  readonly host?: string | undefined
  readonly user?: string | undefined
  readonly origin?: string | undefined
  readonly route?: string | undefined
  readonly verdict?: string | undefined
  readonly program?: string | undefined
  readonly task?: string | undefined
  readonly definition?: string | undefined
  readonly hash?: string | undefined
  readonly action?: string | undefined
  readonly since?: string | undefined
  readonly until?: string | undefined
  /** `each`: alike findings are not told as one. */
  readonly alike?: string | undefined
  readonly order?: string | undefined
}

export const orders = ['worst', 'time', 'newest', 'host'] as const

/** Where a row keeps what a search looks through; it is not written anywhere. */
const searched = Symbol('searched')
type Searchable = Row & { [searched]?: string | undefined }

/** A row that knows from the first what a search looks through: of a hundred thousand, to find that out takes as long as ten searches. */
export const searchable = (row: Row): Row => {
  const one: Searchable = { ...row, [searched]: undefined }
  textOf(one)
  return one
}

/** All that a search looks through, in lower case. */
function textOf(row: Searchable): string {
  const known = row[searched]
  if (known !== undefined) return known
  const { title, host, user, origin, target, action, gist, programs, hashes, id, route, definition } = row
  const text = [title, host, user, origin, target, action, gist, ...programs, ...hashes, id, route, definition]
    .join('\n')
    .toLowerCase()
  row[searched] = text
  return text
}

export const timeOf = (text: string | undefined): number | null => {
  const time = text === undefined ? Number.NaN : Date.parse(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(time) ? null : time
}

type Test = (row: Row) => boolean

/** Fields of which a wish says the whole text, in any case. */
const said: readonly (readonly [name: keyof Wish, of: keyof Row])[] = [
  ['user', 'user'],
  ['origin', 'origin'],
  ['route', 'route'],
  ['verdict', 'verdict'],
  ['task', 'title'],
  ['definition', 'definition'],
  ['action', 'action'],
]

/** What a row must pass; none where everything fits. */
function testsOf(wish: Wish): Test[] {
  const tests: Test[] = []
  const { severity, host, program, hash } = wish
  if (severity !== undefined && severity !== '') {
    const wanted = new Set(severity.split(','))
    const fits = severities.map((name) => wanted.has(name))
    tests.push((row) => fits[row.severity] === true)
  }
  if (host !== undefined && host !== '') tests.push(isOfHost(host.toLowerCase()))
  for (const [name, of] of said) {
    const wanted = wish[name]
    if (wanted !== undefined && wanted !== '') tests.push(says(of, wanted))
  }
  if (program !== undefined && program !== '') {
    const wanted = program.toLowerCase()
    tests.push((row) => row.programs.includes(wanted))
  }
  if (hash !== undefined && hash !== '') tests.push((row) => row.hashes.includes(hash))
  const [since, until] = [timeOf(wish.since), timeOf(wish.until)]
  if (since !== null) tests.push((row) => row.end !== null && row.end >= since)
  if (until !== null) tests.push((row) => row.time !== null && row.time < until)
  for (const word of (wish.q ?? '').toLowerCase().split(/\s+/).filter(Boolean))
    tests.push((row) => textOf(row).includes(word))
  return tests
}

/** The same text in any case. An address cannot hold a lone surrogate. */
function says(of: keyof Row, wish: string): Test {
  const wanted = wish.toLowerCase()
  // What is another length is another text, and most are: of letters that become more or fewer in lower case none is ASCII.
  const length = /^[\x20-\x7e]*$/.test(wanted) ? wanted.length : null
  return (row) => {
    const text = row[of] as string | null
    if (text === null) return false
    if (text === wish) return true
    if (length !== null && (text.length !== length || !endsAlike(text, wanted))) return false
    return text.toWellFormed().toLowerCase() === wanted
  }
}

/** False: the last letters are two of ASCII that are not the same in any case, as is so of most texts, which saves to look at the whole. */
function endsAlike(text: string, wanted: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  return last > 127 || (last | 32) === (wanted.charCodeAt(wanted.length - 1) | 32)
}

const isOfHost = (wanted: string): Test =>
  wanted.includes('.')
    ? ({ host }) => host.toWellFormed().toLowerCase() === wanted
    : ({ host }) => host.toWellFormed().toLowerCase() === wanted || hostKey(host) === wanted

/** Whether it is asked for. */
export function fitting(wish: Wish): Test {
  const tests = testsOf(wish)
  const [only] = tests
  if (only && tests.length === 1) return only
  return (row) => tests.every((test) => test(row))
}

/** Those that are asked for, of rows whose worst is the first. */
export function matching(rows: readonly Row[], wish: Wish): readonly Row[] {
  const tests = testsOf(wish)
  const found = tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)))
  const compare = comparisons[wish.order ?? 'worst']
  return compare ? [...found].sort(compare) : found
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Of rows whose worst is the first, which stays so where these say nothing. */
const comparisons: Readonly<Record<string, ((a: Row, b: Row) => number) | undefined>> = {
  time: (a, b) => (a.time ?? 0) - (b.time ?? 0),
  newest: (a, b) => (b.time ?? 0) - (a.time ?? 0),
  host: (a, b) => byText(a.host, b.host),
}

export const compareWorst = (a: Row, b: Row): number =>
  b.severity - a.severity || b.bits - a.bits || byText(a.host, b.host) || byText(a.id, b.id)
