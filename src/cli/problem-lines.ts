import type { Problem } from '../model/problem.ts'
import { problemText } from '../report/index.ts'

/** Problems shown before the rest is only counted. */
const shown = 20

/** What could not be read, on stderr, for commands whose results say nothing of it. */
export class ProblemLines {
  readonly #quiet: boolean
  count = 0

  constructor(quiet: boolean) {
    this.#quiet = quiet
  }

  add(problem: Problem): void {
    this.count++
    if (!this.#quiet && this.count <= shown) process.stderr.write(`${problemText(problem)}\n`)
  }

  end(unlisted = 0): void {
    this.count += unlisted
    if (!this.#quiet && this.count > shown)
      process.stderr.write(`and ${this.count - shown} more pieces that could not be read\n`)
  }
}
