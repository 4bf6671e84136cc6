import { EVTX_SNIFF_SIZE, looksLikeEvtx } from '../decode/evtx/index.ts'
import { isGzip, unpackBeginning } from './content/gzip.ts'
import { jsonSniffSize } from './json/json-reader.ts'
import { lookAtJson } from './json/look.ts'

/**
 * What an input can be, told by its content. `json-lines`: an event a line, so that it can be cut into ranges; `json`: packed,
 * or a list of events, so that it must be read from its beginning to its end.
 */
export type SourceKind = 'evtx' | 'json-lines' | 'json'

/** Null: a kind that is not known. More of the beginning is asked for only where that may help. */
export function kindOf(beginning: (size: number) => Buffer): SourceKind | null {
  const first = beginning(EVTX_SNIFF_SIZE)
  if (looksLikeEvtx(first)) return 'evtx'
  if (isGzip(first)) {
    const content = contentOf(beginning(jsonSniffSize))
    return content !== null && mayBeJson(content) && lookAtJson(content) !== null ? 'json' : null
  }
  if (!mayBeJson(first)) return null
  const look = lookAtJson(beginning(jsonSniffSize))
  return look === null ? null : look.layout === 'lines' ? 'json-lines' : 'json'
}

/** What is packed, once or twice. */
function contentOf(packed: Buffer): Buffer | null {
  const once = unpackBeginning(packed)
  return once !== null && isGzip(once) ? unpackBeginning(once) : once
}

/** An object or a list comes first, or a line of text that was cut and then objects. */
function mayBeJson(beginning: Buffer): boolean {
  return /^[\s\0\xef\xbb\xbf]*[{[]|\n[\t ]*\{/.test(beginning.toString('latin1'))
}
