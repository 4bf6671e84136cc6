import { EVTX_SNIFF_SIZE, looksLikeEvtx } from '../decode/evtx/index.ts'
import { isGzip } from './content/gzip.ts'
import { contentBeginning } from './content/text-blocks.ts'
import { beginningAsUtf8, utf16Of } from './content/utf16.ts'
import { looksLikeEventCsv } from './csv/csv-reader.ts'
import { looksLikeEventXml } from './event-xml/event-xml-reader.ts'
import { jsonSniffSize } from './json/json-reader.ts'
import { lookAtJson } from './json/look.ts'

/**
 * What an input can be, told by its content. `json-lines`: an event a line, so that it can be cut into ranges; `json`: packed, in
 * UTF-16, or a list of events, so that it must be read from its beginning to its end.
 */
export type SourceKind = 'evtx' | 'json-lines' | 'json' | 'event-xml' | 'csv'

/** Null: a kind that is not known. More of the beginning is asked for only where that may help. */
export function kindOf(beginning: (size: number) => Buffer): SourceKind | null {
  const first = beginning(EVTX_SNIFF_SIZE)
  if (looksLikeEvtx(first)) return 'evtx'
  const isStreamed = isGzip(first) || utf16Of(first) !== null
  if (!isStreamed && !mayBeText(first) && !mayBeCsv(first)) return null
  const content = beginningAsUtf8(contentBeginning(beginning(jsonSniffSize)))
  // Splunk's exports have the XML of an event within JSON.
  if (!beginsAsJson.test(content.toString('latin1', 0, 4096)) && looksLikeEventXml(content)) return 'event-xml'
  const look = mayBeJson(content) ? lookAtJson(content) : null
  if (look === null && looksLikeEventXml(content)) return 'event-xml'
  return look === null
    ? looksLikeEventCsv(content)
      ? 'csv'
      : null
    : look.layout === 'lines' && !isStreamed && utf16Of(content) === null
      ? 'json-lines'
      : 'json'
}

const beginsAsJson = /^[\s\0\xef\xbb\xbf]*[{[]/

/** An object or a list comes first, or a line of text that was cut and then objects. */
const mayBeJson = (beginning: Buffer): boolean =>
  /^[\s\0\xef\xbb\xbf]*[{[]|\n[\t ]*\{/.test(beginning.toString('latin1'))

/** JSON, or an element of XML. */
const mayBeText = (beginning: Buffer): boolean =>
  mayBeJson(beginning) || /^[\s\0\xef\xbb\xbf]*<|<Event[\s>]/.test(beginning.toString('latin1'))

/** The first line, after what PowerShell puts before it, has a mark between values. */
const mayBeCsv = (beginning: Buffer): boolean =>
  /^(?:\xef\xbb\xbf)?\s*(?:#TYPE [^\0\r\n]{0,1000}\s+)?[^\0\r\n]{0,1000}?[,;\t|]/.test(beginning.toString('latin1'))
