import { clean } from './clean.ts'

/** What begins a formula where a spreadsheet opens the file, with the forms of full width; what is trimmed may stand before it. */
const formula = /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u

/** A cell: text of the input, or a number of ours, of which no spreadsheet makes a formula. */
export type Cell = string | number | null

/**
 * One line of CSV (RFC 4180). A text that a spreadsheet would take for a formula is made text by an apostrophe; what a terminal would
 * obey is a visible escape, as CSV has no other.
 */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = clean(formula.test(cell) ? `'${cell}` : cell)
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
