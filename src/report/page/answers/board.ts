import type { Row } from '../data.ts'
import { Tally } from './choices.ts'
import { hostAnswer } from './host.ts'
import { overviewOf } from './overview.ts'
import type { Answers, AnswerTo, Ask, Board, FindingPlace, HostsPart, ListPart, Question, Span } from './questions.ts'
import { scopeOf, threadsOf } from './scope.ts'
import { type Fleet, type HostSight, hostLine, hostsOf, isSeen, timesOf } from './sights.ts'
import { type Story, storiesOf, toldStory } from './stories.ts'
import { matching, type Wish } from './wish.ts'

/** Lists that are kept while they are scrolled through, of as many readers. */
const keptLists = 32
/** Of a finding, others whose story is the same; of a list, what can be chosen at once. */
const shown = { alike: 200, fitting: 10_000 }

interface List {
  readonly rows: readonly Row[]
  readonly stories: readonly Story[]
}

/** Answers about all findings; what follows from them is worked out when it is first needed. */
export class AnsweringBoard implements Fleet {
  readonly rows: readonly Row[]
  readonly hosts: readonly string[]
  readonly span: Span | null
  readonly #lists = new Map<string, List>()
  readonly #kept = new Map<string, unknown>()

  readonly #tally: () => Tally

  /** `tally`: of these rows, where it is kept up already. */
  constructor({ rows, hosts, span }: Board, tally = () => new Tally(rows)) {
    this.#tally = tally
    this.rows = rows
    this.hosts = hosts
    this.span = span
  }

  answer<Q extends Question>(question: Q): AnswerTo<Q> {
    return this.#answer(question) as AnswerTo<Q>
  }

  #answer(question: Question): Answers[Ask] {
    switch (question.ask) {
      case 'total':
        return this.rows.length
      case 'choices':
        return this.#once('choices', () => this.#tally().choices())
      case 'overview':
        return this.#once('overview', () => overviewOf(this))
      case 'list':
        return this.#list(question)
      case 'fitting': {
        const { rows } = this.#listOf(question.wish)
        const ids = rows.slice(0, shown.fitting).map(({ id }) => id)
        return { ids, left: rows.length - ids.length }
      }
      case 'rows':
        return question.ids.flatMap((id) => this.row(id) ?? [])
      case 'hosts':
        return this.#hosts(question)
      case 'host':
        return hostAnswer(this, question.host)
      case 'scope':
        return scopeOf(this, question.kind, question.value)
      case 'finding':
        return this.#finding(question.id)
      case 'threads':
        return threadsOf(this, question.id)
    }
  }

  row(id: string): Row | undefined {
    return this.rows[this.#placeOf(id)]
  }

  get seen(): readonly Row[] {
    return this.#once('seen', () => this.rows.filter(isSeen))
  }

  get stories(): readonly Story[] {
    return this.#once('stories', () => storiesOf(this.seen))
  }

  get times(): Span {
    return this.#once('times', () => timesOf(this.seen, this.span))
  }

  get sights(): readonly HostSight[] {
    return this.#once('sights', () => hostsOf(this.rows, this.hosts))
  }

  #once<T>(what: string, make: () => T): T {
    if (!this.#kept.has(what)) this.#kept.set(what, make())
    return this.#kept.get(what) as T
  }

  #placeOf(id: string): number {
    const places = this.#once('places', () => new Map(this.rows.map((row, place) => [row.id, place])))
    return places.get(id) ?? -1
  }

  #listOf(wish: Wish): List {
    const key = JSON.stringify(Object.entries(wish).sort())
    const known = this.#lists.get(key)
    if (known) return known
    const rows = matching(this.rows, wish)
    // Where nothing is ordinary, all that is asked for without a filter is all that is seen.
    const isWhole = rows === this.rows && this.seen.length === rows.length
    const stories =
      wish.alike === 'each' ? rows.map((row) => ({ first: row, all: [row] })) : isWhole ? this.stories : storiesOf(rows)
    const [oldest] = this.#lists.keys()
    if (this.#lists.size >= keptLists && oldest !== undefined) this.#lists.delete(oldest)
    this.#lists.set(key, { rows, stories })
    return { rows, stories }
  }

  #list({ wish, from, count, beside }: Question & { ask: 'list' }): ListPart {
    const { rows, stories } = this.#listOf(wish)
    const besides = beside === undefined ? undefined : this.row(beside)
    const place = stories.findIndex(({ first, all }) => first === besides || all.some((row) => row === besides))
    return {
      findings: rows.length,
      of: this.rows.length,
      total: stories.length,
      items: stories.slice(from, from + count).map(toldStory),
      place: besides === undefined || place === -1 ? null : place,
    }
  }

  #hosts({ text, from, count }: Question & { ask: 'hosts' }): HostsPart {
    const wanted = text.toLowerCase()
    const hosts = wanted === '' ? this.sights : this.sights.filter(({ host }) => host.includes(wanted))
    const items = hosts.slice(from, from + count).map((sight) => hostLine(sight, this.times))
    return { total: hosts.length, of: this.sights.length, items, place: null, times: this.times }
  }

  #finding(id: string): FindingPlace | null {
    const place = this.#placeOf(id)
    const row = this.rows[place]
    if (!row) return null
    const alike = this.rows.filter((other) => other.alike === row.alike && other !== row)
    return {
      row,
      before: this.rows[place - 1]?.id ?? null,
      after: this.rows[place + 1]?.id ?? null,
      alike: {
        count: alike.length,
        hosts: new Set(alike.map(({ host }) => host)).size,
        rows: alike.slice(0, shown.alike),
      },
    }
  }
}
