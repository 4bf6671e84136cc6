import { grouped } from '../model/counted.ts'
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
  const told = safe.length > longestCell ? shortened(safe) : safe
  return /[",\r\n']/.test(told) ? `"${told.replaceAll('"', '""')}"` : told
}

/**
 * Excel holds 32,767 characters in a cell. What it does with the rest, an attacker must not choose: it may become a row that begins with
 * a formula.
 * Source: https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
 */
const longestCell = 32_767

/** Short enough with the words behind it; a pair of surrogates is not torn. */
function shortened(text: string): string {
  const kept = text.slice(0, longestCell - 67).replace(/[\ud800-\udbff]$/, '')
  return `${kept}… (${grouped(text.length - kept.length)} more characters, all of them in jsonl)`
}
