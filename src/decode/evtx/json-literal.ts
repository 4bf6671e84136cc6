/** Words are taken from memory and written to memory as they are, so the machine's own order is the right one. */
export const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** As many words as are written at once. */
export const WORDS_AT_ONCE = 4

/**
 * Text that is written again and again, as doubles, because eight bytes at a time are written fastest. The last one is
 * filled up with zeros.
 * A double that is not a number could lose bits on the way, but it would need a byte 0xff, or 0x7f after one of 0xf0 and
 * above, and UTF-8 has neither.
 */
export function wordsOf(text: string): Float64Array {
  const bytes = Buffer.from(text, 'utf8')
  const words = new Float64Array(Math.max(WORDS_AT_ONCE, (bytes.length + 7) >> 3))
  new Uint8Array(words.buffer).set(bytes)
  return words
}

/** One text that is written again and again. */
export class Literal {
  readonly words: Float64Array
  readonly length: number

  constructor(text: string) {
    this.words = wordsOf(text)
    this.length = Buffer.byteLength(text)
  }
}
