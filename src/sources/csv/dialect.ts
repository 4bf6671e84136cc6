import { RowFields } from './row-fields.ts'

/** How the rows of one table are written. */
export interface CsvDialect {
  /** The character code between values. */
  readonly delimiter: number
  readonly header: readonly string[]
  /** Bytes before the first row of values. */
  readonly start: number
}

/** What may stand between values; the one that makes most of the header is taken. */
const delimiters = [',', ';', '\t', '|']

/** A header with more columns is none: Defender's widest table has some 80, Sentinel's SecurityEvent some 230. */
const mostColumns = 2000

/** Lines that are not the header: PowerShell's `#TYPE …` (Windows PowerShell without -NoTypeInformation) and Excel's `sep=;`. */
const preamble = /^(?:#TYPE [^\r\n]*|"?sep=(.)"?)\r?\n/i

/** How a table is written, from its beginning in UTF-8; null where it does not begin as one does. */
export function dialectOf(beginning: Buffer): CsvDialect | null {
  const text = beginning.toString('latin1')
  let start = text.startsWith('\xef\xbb\xbf') ? 3 : 0
  let said: string | undefined
  for (let lines = 0; lines < 2; lines++) {
    const line = preamble.exec(text.slice(start, start + 1000))
    if (line === null) break
    said = line[1] ?? said
    start += line[0].length
  }
  while (start < text.length && (text[start] === '\r' || text[start] === '\n')) start++
  let best: CsvDialect | null = null
  for (const delimiter of said === undefined ? delimiters : [said]) {
    const row = headerRow(text, start, delimiter.charCodeAt(0))
    if (row !== null && (best === null || row.header.length > best.header.length)) best = row
  }
  return best
}

/** The row at a place as a header: names, each once. */
export function headerRow(text: string, from: number, delimiter: number): CsvDialect | null {
  const fields = new RowFields(delimiter)
  const end = fields.read(text, from)
  if (end <= from || fields.count < 2 || fields.count > mostColumns) return null
  const header = fields.values(text).map(columnName)
  if (header.some((name) => name === '' || name.length > 200 || /[\r\n]/.test(name))) return null
  return new Set(header).size === header.length ? { delimiter, header, start: end } : null
}

/** Azure's portal writes the zone of times behind the column's name: `TimeGenerated [UTC]`. */
const columnName = (written: string): string => written.trim().replace(/ \[UTC\]$/, '')
