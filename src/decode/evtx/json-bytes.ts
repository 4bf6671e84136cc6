/** Characters of ASCII that stand in a JSON string as they are. */
const plain = new Uint8Array(256)
for (let code = 0x20; code < 0x80; code++) plain[code] = 1
plain[0x22] = 0
plain[0x5c] = 0

/** The letter after the backslash of the short escapes, by character. */
const shortEscapes = new Uint8Array(256)
for (const [code, letter] of [
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x22, '"'],
  [0x5c, '\\'],
] as const) {
  shortEscapes[code] = letter.charCodeAt(0)
}

const LOWER_HEX = new Uint8Array(Buffer.from('0123456789abcdef', 'latin1'))
const UPPER_HEX = new Uint8Array(Buffer.from('0123456789ABCDEF', 'latin1'))

const QUOTE = 0x22
const BACKSLASH = 0x5c
const ZERO = 0x30

/** A UTF-16 code unit takes at most 6 bytes: `\u001f`, or a lone surrogate `\ud800`. */
const BYTES_PER_UNIT = 6

/** A growing buffer of UTF-8 that JSON is written into. Text comes out exactly as `JSON.stringify` writes it. */
export class JsonBytes {
  #bytes: Buffer = Buffer.allocUnsafe(256 * 1024)
  length = 0

  /** What was written; valid until the next write. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.length)
  }

  byte(value: number): void {
    if (this.length >= this.#bytes.length) this.#grow(1)
    this.#bytes[this.length++] = value
  }

  raw(bytes: Uint8Array): void {
    const count = bytes.length
    this.#reserve(count)
    const into = this.#bytes
    let to = this.length
    if (count < 64) for (let i = 0; i < count; i++) into[to++] = bytes[i] as number
    else into.set(bytes, to)
    this.length += count
  }

  /** JSON that is already written out. */
  json(text: string): void {
    this.#reserve(text.length * 3)
    this.length += this.#bytes.write(text, this.length, 'utf8')
  }

  /** `"…"` from the `size` bytes of UTF-16 at `at`, without terminating nulls. */
  utf16(from: Buffer, at: number, size: number): void {
    let end = at + (size & ~1)
    while (end > at && from[end - 1] === 0 && from[end - 2] === 0) end -= 2
    this.#reserve((end - at) * (BYTES_PER_UNIT / 2) + 2)
    const into = this.#bytes
    let to = this.length
    into[to++] = QUOTE
    for (let here = at; here < end; here += 2) {
      const low = from[here] as number
      const high = from[here + 1] as number
      if (high === 0 && plain[low] === 1) into[to++] = low
      else {
        const unit = (high << 8) | low
        if ((unit & 0xfc00) === 0xd800 && here + 2 < end && ((from[here + 3] as number) & 0xfc) === 0xdc) {
          const next = ((from[here + 3] as number) << 8) | (from[here + 2] as number)
          const point = 0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff)
          into[to++] = 0xf0 | (point >> 18)
          into[to++] = 0x80 | ((point >> 12) & 0x3f)
          into[to++] = 0x80 | ((point >> 6) & 0x3f)
          into[to++] = 0x80 | (point & 0x3f)
          here += 2
        } else to = putUnit(into, to, unit)
      }
    }
    into[to++] = QUOTE
    this.length = to
  }

  /** A whole number from 0 to 2^53 - 1 in decimal. */
  digits(value: number): void {
    this.#reserve(16)
    const into = this.#bytes
    let count = 1
    for (let limit = 10; value >= limit && count < 16; limit *= 10) count++
    let to = this.length + count
    this.length = to
    let rest = value
    while (rest > 0x7fff_ffff) {
      const tenth = Math.floor(rest / 10)
      into[--to] = ZERO + (rest - tenth * 10)
      rest = tenth
    }
    let small = rest | 0
    do {
      const tenth = (small / 10) | 0
      into[--to] = ZERO + (small - tenth * 10)
      small = tenth
    } while (small > 0)
    // A number like 5000000000 leaves no gap: every digit of `count` was written.
  }

  /** Exactly `count` decimal digits of a number below 2^31. */
  paddedDigits(value: number, count: number): void {
    this.#reserve(count)
    const into = this.#bytes
    let rest = value | 0
    for (let to = this.length + count - 1; to >= this.length; to--) {
      const tenth = (rest / 10) | 0
      into[to] = ZERO + (rest - tenth * 10)
      rest = tenth
    }
    this.length += count
  }

  /** Lower-case hex of a number below 2^32 without leading zeros, or with exactly `width` digits. */
  hex(value: number, width = 0): void {
    this.#reserve(8)
    let count = width
    if (count === 0) for (count = 1; count < 8 && value >>> (4 * count) !== 0; ) count++
    const into = this.#bytes
    let to = this.length
    for (let shift = 4 * (count - 1); shift >= 0; shift -= 4) into[to++] = LOWER_HEX[(value >>> shift) & 15] as number
    this.length = to
  }

  /** Upper-case hex of `size` bytes. */
  binary(from: Buffer, at: number, size: number): void {
    this.#reserve(2 * size)
    const into = this.#bytes
    let to = this.length
    for (let here = at; here < at + size; here++) {
      const byte = from[here] as number
      into[to++] = UPPER_HEX[byte >> 4] as number
      into[to++] = UPPER_HEX[byte & 15] as number
    }
    this.length = to
  }

  #reserve(count: number): void {
    if (this.length + count > this.#bytes.length) this.#grow(count)
  }

  #grow(count: number): void {
    const bytes = Buffer.allocUnsafe(2 * (this.length + count))
    this.#bytes.copy(bytes, 0, 0, this.length)
    this.#bytes = bytes
  }
}

/** A code unit that is not plain ASCII: escaped, or as two or three bytes. */
function putUnit(into: Buffer, at: number, unit: number): number {
  let to = at
  if (unit < 0x80) {
    const letter = shortEscapes[unit] as number
    if (letter === 0) return putEscape(into, to, unit)
    into[to++] = BACKSLASH
    into[to++] = letter
  } else if (unit < 0x800) {
    into[to++] = 0xc0 | (unit >> 6)
    into[to++] = 0x80 | (unit & 0x3f)
  } else if ((unit & 0xf800) === 0xd800) return putEscape(into, to, unit)
  else {
    into[to++] = 0xe0 | (unit >> 12)
    into[to++] = 0x80 | ((unit >> 6) & 0x3f)
    into[to++] = 0x80 | (unit & 0x3f)
  }
  return to
}

function putEscape(into: Buffer, at: number, unit: number): number {
  into[at] = BACKSLASH
  into[at + 1] = 0x75
  for (let i = 0; i < 4; i++) into[at + 2 + i] = LOWER_HEX[(unit >> (12 - 4 * i)) & 15] as number
  return at + 6
}
