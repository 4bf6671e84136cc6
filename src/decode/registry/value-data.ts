import { type Cells, NOWHERE } from './cells.ts'
import { Damage, hex } from './damage.ts'
import { BIG_DATA_SEGMENT, MAX_VALUE_BYTES } from './limits.ts'

/** Set in a value's size when the data lies in the offset field itself. */
const INLINE = 0x8000_0000

/** A value's bytes, and why there are fewer than it says. */
export interface ValueData {
  readonly bytes: Buffer
  readonly problem: Damage | undefined
}

/** How many bytes a value says that it has. */
export function dataSize(sizeField: number): number {
  return sizeField >= INLINE ? sizeField - INLINE : sizeField
}

/**
 * The data of a value: in the value itself, in one cell, or in pieces.
 * Source: msuhanov, "Windows registry file format specification", sections Key value, Big data.
 */
export function readData(cells: Cells, vk: Buffer, at: number): ValueData {
  const sizeField = vk.readUInt32LE(4)
  const size = dataSize(sizeField)
  const offset = vk.readUInt32LE(8)
  if (sizeField >= INLINE) {
    const problem = size > 4 ? new Damage('bad-value', at, `${size} bytes in a field of 4`) : undefined
    return { bytes: Buffer.from(vk.subarray(8, 8 + Math.min(size, 4))), problem }
  }
  if (size === 0 || offset === NOWHERE) return whole(Buffer.alloc(0), size, at)
  if (size > MAX_VALUE_BYTES) {
    const problem = new Damage('too-large', at, `a value of ${size} bytes; at most ${MAX_VALUE_BYTES} are read`)
    return { bytes: Buffer.alloc(0), problem }
  }
  try {
    if (cells.cutsBigData && size > BIG_DATA_SEGMENT) {
      const head = cells.read(offset, 8)
      if (head.length >= 8 && head.toString('latin1', 0, 2) === 'db') return readPieces(cells, head, size, at)
    }
    return whole(cells.read(offset, size), size, at)
  } catch (error) {
    if (error instanceof Damage) return { bytes: Buffer.alloc(0), problem: error }
    throw error
  }
}

function readPieces(cells: Cells, head: Buffer, size: number, at: number): ValueData {
  const count = head.readUInt16LE(2)
  const list = cells.read(head.readUInt32LE(4), count * 4)
  const pieces: Buffer[] = []
  let got = 0
  let problem: Damage | undefined
  for (let index = 0; (index + 1) * 4 <= list.length && got < size; index++) {
    try {
      const piece = cells.read(list.readUInt32LE(index * 4), Math.min(BIG_DATA_SEGMENT, size - got))
      pieces.push(piece)
      got += piece.length
    } catch (error) {
      if (!(error instanceof Damage)) throw error
      problem = error // what follows a missing piece would stand at the wrong place
      break
    }
  }
  const bytes = Buffer.concat(pieces)
  return problem === undefined ? whole(bytes, size, at) : { bytes, problem }
}

function whole(bytes: Buffer, size: number, at: number): ValueData {
  if (bytes.length === size) return { bytes, problem: undefined }
  return { bytes, problem: new Damage('truncated', at, `a value of ${hex(size)} bytes has ${hex(bytes.length)}`) }
}
