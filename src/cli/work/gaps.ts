import type { Problem } from '../../model/problem.ts'
import { problemText, type ScanResult, unmetText } from '../../report/index.ts'

/** Problems shown before the rest is only counted. */
const shown = 20

/** Problems for people, for commands whose results say nothing of them. */
export class ProblemLines {
  readonly #say: (line: string) => void
  count = 0

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  add(problem: Problem): void {
    this.count++
    if (this.count <= shown) this.#say(problemText(problem))
  }

  end(unlisted = 0): void {
    this.count += unlisted
    if (this.count > shown) this.#say(`and ${this.count - shown} more pieces that could not be read`)
  }
}

/** What could not be read, and that nothing was looked at where nothing was: lines of results do not tell it. */
export function sayGaps(result: ScanResult, say: (line: string) => void): void {
  const unmet = unmetText(result)
  if (unmet !== null) say(unmet)
  const lines = new ProblemLines(say)
  for (const problem of result.problems) lines.add(problem)
  lines.end(result.unlistedProblems)
}
