import type { Database } from './database.ts'

/** What could not be read of one source, of one kind. */
export interface CountedProblem {
  readonly source: string
  readonly code: string
  readonly count: number
  readonly first: number
  readonly last: number
  /** Of the last of them. */
  readonly reason: string
}

/** Kinds of problems that are kept of all sources together: the code is ours, the source is a sender's. */
const mostProblems = 10_000
const longestReason = 500

export class ProblemCounts {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  add({ source, code, count, time, reason }: Omit<CountedProblem, 'first' | 'last'> & { readonly time: number }): void {
    const { changes } = this.#database.run(
      `update problems set count = count + ?, last = ?, reason = ? where source = ? and code = ?`,
      [count, time, reason.slice(0, longestReason), source, code],
    )
    if (changes > 0) return
    if (Number(this.#database.get('select count(*) n from problems')?.n) >= mostProblems) return
    this.#database.run('insert into problems (source, code, count, first, last, reason) values (?, ?, ?, ?, ?, ?)', [
      source,
      code,
      count,
      time,
      time,
      reason.slice(0, longestReason),
    ])
  }

  all(): CountedProblem[] {
    return this.#database
      .all('select source, code, count, first, last, reason from problems order by source, code')
      .map((row) => ({
        source: String(row.source),
        code: String(row.code),
        count: Number(row.count),
        first: Number(row.first),
        last: Number(row.last),
        reason: String(row.reason),
      }))
  }
}
