// Numbers as few bytes: most are small and whole. Each is a number of 7 bits a byte, lowest first: 0 is NaN, 1 a 64-bit number that
// follows, and all others are whole, their sign in the lowest bit, and 2 more than that.

/** Beyond, twice the number would not be exact. */
const largest = 2 ** 51

export function packCells(cells: ArrayLike<number>): Uint8Array {
  let bytes = Buffer.allocUnsafe(cells.length * 3 + 16)
  let at = 0
  for (let i = 0; i < cells.length; i++) {
    if (at + 16 > bytes.length) {
      const larger = Buffer.allocUnsafe(bytes.length * 2)
      bytes.copy(larger, 0, 0, at)
      bytes = larger
    }
    const cell = cells[i] as number
    if (Number.isNaN(cell)) bytes[at++] = 0
    else if (!Number.isInteger(cell) || cell > largest || cell < -largest || Object.is(cell, -0)) {
      bytes[at++] = 1
      at = bytes.writeDoubleLE(cell, at)
    } else {
      let rest = (cell < 0 ? -2 * cell - 1 : 2 * cell) + 2
      while (rest >= 0x8000_0000) {
        bytes[at++] = (rest % 128) | 0x80
        rest = Math.floor(rest / 128)
      }
      while (rest >= 0x80) {
        bytes[at++] = (rest & 0x7f) | 0x80
        rest >>>= 7
      }
      bytes[at++] = rest
    }
  }
  return bytes.subarray(0, at)
}

/** `count` numbers from the beginning of these bytes. */
export function unpackCells(bytes: Buffer, count: number): Float64Array<ArrayBuffer> {
  const cells = new Float64Array(count)
  let at = 0
  for (let i = 0; i < count; i++) {
    let value = 0
    let scale = 1
    let byte: number
    do {
      byte = bytes[at++] as number
      value += (byte & 0x7f) * scale
      scale *= 128
    } while (byte >= 0x80)
    if (value === 0) cells[i] = Number.NaN
    else if (value === 1) {
      cells[i] = bytes.readDoubleLE(at)
      at += 8
    } else {
      const folded = value - 2
      cells[i] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
    }
  }
  return cells
}
