import { crc32 } from 'node:zlib'

// A segment: 8 bytes that say what it is, the number of its first entry (8 bytes), then frames: length of the body and CRC-32 of the
// entry's number and body (4 bytes each), and the body. All numbers little endian. The number in the checksum tells an entry from one
// of another place.

const magic = Buffer.from('tsktlog1')
export const headerSize = 16
export const frameSize = 8

/** No entry is larger: a length beyond is damage. */
export const largestEntry = 512 << 20

export function segmentHeader(first: number): Uint8Array {
  const header = Buffer.alloc(headerSize)
  magic.copy(header)
  header.writeBigUInt64LE(BigInt(first), 8)
  return header
}

/** The number of a segment's first entry; null: it is none, or was not written whole. */
export function firstOf(segment: Uint8Array): number | null {
  const bytes = Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength)
  if (bytes.length < headerSize || !bytes.subarray(0, 8).equals(magic)) return null
  return Number(bytes.readBigUInt64LE(8))
}

const numberBytes = Buffer.alloc(8)

function checksum(number: number, body: readonly Uint8Array[]): number {
  numberBytes.writeBigUInt64LE(BigInt(number))
  let sum = crc32(numberBytes)
  for (const part of body) sum = crc32(part, sum)
  return sum
}

/** What stands before a body, which is given in parts. */
export function frameOf(number: number, body: readonly Uint8Array[]): Uint8Array {
  const frame = Buffer.alloc(frameSize)
  let length = 0
  for (const part of body) length += part.length
  frame.writeUInt32LE(length, 0)
  frame.writeUInt32LE(checksum(number, body), 4)
  return frame
}

/** An entry of the log. */
export interface Entry {
  readonly number: number
  readonly body: Uint8Array
}

export interface Segment {
  readonly entries: readonly Entry[]
  /** Where the whole entries end. */
  readonly end: number
  /** What comes after them is not whole: why. Null: nothing comes after them. */
  readonly torn: string | null
}

/** The entries of a segment up to where it is not whole. */
export function readSegment(segment: Uint8Array, first: number): Segment {
  const bytes = Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength)
  const entries: Entry[] = []
  let at = headerSize
  const end = (torn: string | null): Segment => ({ entries, end: Math.min(at, bytes.length), torn })
  while (at < bytes.length) {
    if (at + frameSize > bytes.length) return end(`${bytes.length - at} bytes of a frame of ${frameSize}`)
    const length = bytes.readUInt32LE(at)
    if (length > largestEntry) return end(`a length of ${length}`)
    const from = at + frameSize
    if (from + length > bytes.length) return end(`${bytes.length - from} bytes of an entry of ${length}`)
    const body = bytes.subarray(from, from + length)
    const number = first + entries.length
    if (checksum(number, [body]) !== bytes.readUInt32LE(at + 4)) return end(`the checksum of entry ${number} is wrong`)
    entries.push({ number, body })
    at = from + length
  }
  return end(null)
}
