import { clean } from './clean.ts'

/** A value of a table in CSV: what a spreadsheet would take for a formula is made text, what a terminal would obey a visible escape. */
export function csvCell(text: string): string {
  const safe = clean(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
