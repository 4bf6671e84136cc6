import { counted } from '../../model/counted.ts'
import { ownFaultCode, type Problem } from '../../model/problem.ts'
import { problemText, type ReportFormat, type ScanResult, unmetText } from '../../report/index.ts'

/** Problems shown before the rest is only counted. */
const shown = 20

/** Problems for people, for commands whose results say nothing of them. */
export class ProblemLines {
  readonly #say: (line: string) => void
  count = 0
  hasOwnFault = false

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  add(problem: Problem): void {
    this.count++
    this.hasOwnFault ||= problem.code === ownFaultCode
    if (this.count <= shown) this.#say(problemText(problem))
  }

  end(unlisted = 0): void {
    this.count += unlisted
    if (this.count > shown) this.#say(`and ${counted(this.count - shown, 'more piece')} that could not be read`)
  }
}

/** What could not be read, and that nothing was looked at where nothing was, as far as the report does not tell it. */
export function sayGaps(result: ScanResult, told: ReportFormat['tells'], say: (line: string) => void): void {
  if (told === 'all') return
  const unmet = unmetText(result)
  if (unmet !== null && told === 'nothing') say(unmet)
  const lines = new ProblemLines(say)
  for (const problem of result.problems) lines.add(problem)
  lines.end(result.unlistedProblems)
}
