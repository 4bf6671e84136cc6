import { EVTX_SNIFF_SIZE, looksLikeEvtx } from '../decode/evtx/index.ts'
import type { Content } from './content/content.ts'
import { isGzip } from './content/gzip.ts'
import { contentBeginning } from './content/text-blocks.ts'
import { beginningAsUtf8, utf16Of } from './content/utf16.ts'
import { looksLikeEventCsv } from './csv/csv-reader.ts'
import { hasEventXml, looksLikeEventXml } from './event-xml/event-xml-reader.ts'
import { jsonSniffSize } from './json/json-reader.ts'
import { lookAtJson } from './json/look.ts'
import { lookFurther } from './json/look-further.ts'

/**
 * What an input can be, told by its content. `json-lines`: an event a line, so that it can be cut into ranges; `json`: packed, in
 * UTF-16, or a list of events, so that it must be read from its beginning to its end.
 */
export type SourceKind = 'evtx' | 'json-lines' | 'json' | 'event-xml' | 'csv' | 'parquet'

const looksLikeParquet = (beginning: Buffer): boolean => beginning.toString('latin1', 0, 4) === 'PAR1'

/** The same, of an input whose beginning may tell nothing: because its first event is longer, or damage or something else comes first. */
export async function kindOfContent(content: Content): Promise<SourceKind | null> {
  const kind = kindOf(content.beginning)
  if (kind === 'parquet') {
    // loaded where there is one, as for reading it (log-kinds.ts)
    const { isEventTable } = await import('./parquet/parquet-reader.ts')
    return (await isEventTable(content.path, content.packed)) ? kind : null
  }
  if (kind !== null) return kind
  const beginning = content.beginning(jsonSniffSize)
  const isPlain = !isGzip(beginning) && utf16Of(beginning) === null
  const text = beginningAsUtf8(contentBeginning(beginning))
  // the beginning is all of it
  if (isPlain && beginning.length < jsonSniffSize) return null
  if (/^[\s\0\xef\xbb\xbf]*</.test(text.toString('latin1', 0, 4096)))
    return (await hasEventXml(content.text())) ? 'event-xml' : null
  if (!beginsAsJson.test(text.toString('latin1', 0, 4096)) && !isLongLine(text)) return null
  const look = await lookFurther(content.text())
  if (look === null) return null
  return look.layout === 'lines' && isPlain ? 'json-lines' : 'json'
}

/** Null: a kind that is not known. More of the beginning is asked for only where that may help. */
export function kindOf(beginning: (size: number) => Buffer): SourceKind | null {
  const first = beginning(EVTX_SNIFF_SIZE)
  if (looksLikeEvtx(first)) return 'evtx'
  if (looksLikeParquet(first)) return 'parquet'
  const isStreamed = isGzip(first) || utf16Of(first) !== null
  if (!isStreamed && !mayBeText(first)) return null
  const content = beginningAsUtf8(contentBeginning(beginning(jsonSniffSize)))
  const start = content.toString('latin1', 0, 4096)
  // The outermost container is told first: what stands in it may look like anything else.
  if (beginsAsJson.test(start)) return jsonKind(content, isStreamed)
  if (beginsAsXml.test(start) && looksLikeEventXml(content)) return 'event-xml'
  if (mayBeCsv.test(start) && looksLikeEventCsv(content)) return 'csv'
  return jsonKind(content, isStreamed) ?? (looksLikeEventXml(content) ? 'event-xml' : null)
}

function jsonKind(content: Buffer, isStreamed: boolean): SourceKind | null {
  const look = lookAtJson(content)
  if (look === null) return null
  return look.layout === 'lines' && !isStreamed && utf16Of(content) === null ? 'json-lines' : 'json'
}

const beginsAsJson = /^[\s\0\xef\xbb\xbf]*[{[]/
/** Not syslog's `<13>`. */
const beginsAsXml = /^[\s\0\xef\xbb\xbf]*<[a-z?!/]/i

/** A line that goes on beyond the first kilobytes: what follows it may tell more. Nothing but blanks and zeros is one, too. */
const isLongLine = (beginning: Buffer): boolean =>
  beginning.length >= EVTX_SNIFF_SIZE &&
  (/^[\s\0]*$/.test(beginning.toString('latin1')) || (isText(beginning) && !beginning.includes('\n')))

/** Whether there are no control characters in it but blanks and line ends. */
export const isText = (bytes: Buffer): boolean => bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d))

/** The first line, after what PowerShell puts before it, has a mark between values. */
const mayBeCsv = /^(?:\xef\xbb\xbf)?\s*(?:#TYPE [^\0\r\n]{0,1000}\s+)?[^\0\r\n]{0,1000}?[,;\t|]/

/** No text has many of the control characters that are no blanks; damage leaves zeros. */
const mayBeText = (beginning: Buffer): boolean => {
  let odd = 0
  for (const byte of beginning)
    if (byte > 0 && byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) odd++
  return odd * 64 < beginning.length
}
