import { MAX_CARVED_LENGTH, MAX_CARVED_TEXTS, MAX_TEXT_BYTES, MAX_UNREAD_BYTES } from './limits.ts'

/** What of a blob is not understood: kept as bytes, with the reason and with what looks like text in it. */
export interface Unread {
  /** Offset in the blob. */
  readonly at: number
  readonly reason: string
  /** The bytes as hexadecimal text; the first 4096 of them. */
  readonly hex: string
  /** How many bytes there are. */
  readonly size: number
  /** Runs of UTF-16 text in the first 64 KiB of them. */
  readonly texts: readonly string[]
}

export function unread(blob: Buffer, at: number, reason: string): Unread {
  const rest = blob.subarray(at)
  return {
    at,
    reason,
    hex: rest.toString('hex', 0, MAX_UNREAD_BYTES),
    size: rest.length,
    texts: carveTexts(rest.subarray(0, MAX_TEXT_BYTES)),
  }
}

/** Fewer characters in a row are chance. */
const SHORTEST = 4

/** Runs of at least four printable ASCII characters in UTF-16, at even or odd places. */
export function carveTexts(bytes: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at + 1 < bytes.length && texts.length < MAX_CARVED_TEXTS; ) {
    let end = at
    while (end + 1 < bytes.length && bytes[end + 1] === 0 && printable(bytes[end] as number)) end += 2
    const length = (end - at) / 2
    if (length >= SHORTEST) texts.push(bytes.toString('utf16le', at, at + 2 * Math.min(length, MAX_CARVED_LENGTH)))
    at = Math.max(end, at + 1)
  }
  return texts
}

function printable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 9
}
