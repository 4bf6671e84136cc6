/** Characters of ASCII that stand in a JSON string as they are. */
export const plain = new Uint8Array(256)
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
const BACKSLASH = 0x5c

/** True when one of four ASCII characters is a control character, a quote or a backslash. */
export function needsEscape(four: number): boolean {
  const quotes = four ^ 0x2222_2222
  const backslashes = four ^ 0x5c5c_5c5c
  const found = (four - 0x2020_2020) | (quotes - 0x0101_0101) | (backslashes - 0x0101_0101)
  // A byte below what is subtracted borrows, and so sets its highest bit; no ASCII byte has it to begin with.
  return (found & 0x8080_8080) !== 0
}

/** A code unit that is not plain ASCII: escaped, or as two or three bytes. */
export function putUnit(into: Buffer, at: number, unit: number): number {
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

/** A character of two code units. */
export function putPoint(into: Buffer, at: number, point: number): number {
  into[at] = 0xf0 | (point >> 18)
  into[at + 1] = 0x80 | ((point >> 12) & 0x3f)
  into[at + 2] = 0x80 | ((point >> 6) & 0x3f)
  into[at + 3] = 0x80 | (point & 0x3f)
  return at + 4
}

function putEscape(into: Buffer, at: number, unit: number): number {
  into[at] = BACKSLASH
  into[at + 1] = 0x75
  for (let i = 0; i < 4; i++) into[at + 2 + i] = LOWER_HEX[(unit >> (12 - 4 * i)) & 15] as number
  return at + 6
}
