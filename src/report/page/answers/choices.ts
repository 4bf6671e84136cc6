import type { Row } from '../data.ts'
import type { Choices } from './questions.ts'
import { counts } from './wish.ts'

/** Values that a choice offers: more are searched for. */
const mostChoices = 300

export function choicesOf(rows: readonly Row[]): Choices {
  const severities = [0, 0, 0, 0, 0]
  for (const { severity } of rows) severities[severity] = (severities[severity] ?? 0) + 1
  const of = (say: (row: Row) => string | null | readonly string[]) => counts(rows, say).slice(0, mostChoices)
  return {
    total: rows.length,
    severities,
    host: of(({ host }) => host),
    user: of(({ user }) => user),
    origin: of(({ origin }) => origin),
    route: of(({ route }) => route),
    verdict: of(({ verdict }) => verdict),
    program: of(({ programs }) => programs),
  }
}
