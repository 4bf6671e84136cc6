import type { Row } from '../data.ts'
import type { Choices } from './questions.ts'
import { byText } from './wish.ts'

/** Values that a choice offers: more are searched for. */
const mostChoices = 300

const fields = ['host', 'user', 'origin', 'route', 'verdict'] as const

/** How often each value stands in the rows that there are, kept up as rows come and go. */
export class Tally {
  #total = 0
  readonly #severities = [0, 0, 0, 0, 0]
  readonly #counts = {
    ...{ host: new Map<string, number>(), user: new Map<string, number>(), origin: new Map<string, number>() },
    ...{ route: new Map<string, number>(), verdict: new Map<string, number>(), program: new Map<string, number>() },
  }

  constructor(rows: readonly Row[] = []) {
    for (const row of rows) this.add(row)
  }

  add(row: Row): void {
    this.#count(row, 1)
  }

  remove(row: Row): void {
    this.#count(row, -1)
  }

  /** The most frequent first. */
  choices(): Choices {
    const of = (name: (typeof fields)[number] | 'program') =>
      [...this.#counts[name]].sort(([a, m], [b, n]) => n - m || byText(a, b)).slice(0, mostChoices)
    return {
      ...{ total: this.#total, severities: [...this.#severities], host: of('host'), user: of('user') },
      ...{ origin: of('origin'), route: of('route'), verdict: of('verdict'), program: of('program') },
    }
  }

  #count(row: Row, by: number): void {
    this.#total += by
    this.#severities[row.severity] = (this.#severities[row.severity] ?? 0) + by
    for (const name of fields) {
      const value = row[name]
      if (value !== null && value !== '') add(this.#counts[name], value, by)
    }
    for (const name of row.programs) add(this.#counts.program, name, by)
  }
}

function add(counts: Map<string, number>, value: string, by: number): void {
  const count = (counts.get(value) ?? 0) + by
  if (count > 0) counts.set(value, count)
  else counts.delete(value)
}
