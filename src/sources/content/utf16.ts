/** How the text of an input is written, as far as it is no UTF-8. */
export type Utf16 = 'utf-16le' | 'utf-16be'

/** Tells by the mark at the beginning, or by every other byte of the first characters being zero; null: it is no UTF-16. */
export function utf16Of(beginning: Buffer): Utf16 | null {
  if (beginning.length < 4) return null
  const [first = 0, second = 0, third = 0, fourth = 0] = beginning
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le'
  return first === 0 && second !== 0 && third === 0 && fourth !== 0 ? 'utf-16be' : null
}

/** The same text in UTF-8, block by block. Half a character at the end, and what is none, become U+FFFD. */
export class ToUtf8 {
  readonly #decoder: InstanceType<typeof TextDecoder>

  constructor(from: Utf16) {
    this.#decoder = new TextDecoder(from)
  }

  next(block: Buffer): Buffer {
    return Buffer.from(this.#decoder.decode(block, { stream: true }), 'utf8')
  }

  end(): Buffer {
    return Buffer.from(this.#decoder.decode(), 'utf8')
  }
}

/** The beginning of an input in UTF-8, whichever way it is written. */
export function beginningAsUtf8(beginning: Buffer): Buffer {
  const utf16 = utf16Of(beginning)
  return utf16 === null ? beginning : new ToUtf8(utf16).next(beginning.subarray(0, beginning.length & ~1))
}
