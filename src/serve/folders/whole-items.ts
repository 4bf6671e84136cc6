import type { WatchedKind } from '../store/watched-files.ts'

const lineFeed = 0x0a
const quote = 0x22

/** How many of these bytes are whole items of a growing file; what follows has not come to its end. */
export function wholeItems(kind: WatchedKind, bytes: Buffer): number {
  if (kind === 'json-lines') return bytes.lastIndexOf(lineFeed) + 1
  if (kind === 'event-xml') return lastElementEnd(bytes)
  return kind === 'csv' ? lastRowEnd(bytes) : 0
}

const plainEnd = '</Event>'
const prefixedEnd = ':Event>'

/** Behind the last end of an Event element, whose name may have a prefix. */
function lastElementEnd(bytes: Buffer): number {
  const plain = bytes.lastIndexOf(plainEnd)
  let prefixed = bytes.lastIndexOf(prefixedEnd)
  // not the beginning of one
  while (prefixed > plain && !/<\/\w{1,64}$/.test(bytes.toString('latin1', Math.max(0, prefixed - 66), prefixed)))
    prefixed = prefixed === 0 ? -1 : bytes.lastIndexOf(prefixedEnd, prefixed - 1)
  if (prefixed > plain) return prefixed + prefixedEnd.length
  return plain < 0 ? 0 : plain + plainEnd.length
}

/** Behind the last end of a line that lies in no quoted value. */
function lastRowEnd(bytes: Buffer): number {
  let last = 0
  let isQuoted = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) isQuoted = !isQuoted
    else if (byte === lineFeed && !isQuoted) last = at + 1
  }
  return last
}

/** Where the first row of a table begins, behind the line with its columns and what PowerShell puts before it; 0: not there yet. */
export function firstRow(bytes: Buffer): number {
  const begin = /^(?:\xef\xbb\xbf)?#TYPE [^\n]*\n/.exec(bytes.toString('latin1', 0, 2_000))?.[0].length ?? 0
  let isQuoted = false
  for (let at = begin; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) isQuoted = !isQuoted
    else if (byte === lineFeed && !isQuoted) return at + 1
  }
  return 0
}

/** Whether a rest that has no end may be an item all the same. */
export function mayBeItem(kind: WatchedKind, rest: Buffer): boolean {
  if (rest.every((byte) => byte <= 0x20)) return false
  return kind !== 'event-xml' || /<(?:\w+:)?Event[\s>]/.test(rest.toString('latin1'))
}
