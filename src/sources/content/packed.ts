import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { crc32, createGunzip, createInflateRaw, createZstdDecompress, inflateRawSync } from 'node:zlib'
import type { Packed } from '../../engine/ports.ts'
import { counted } from '../../model/counted.ts'
import { bytesOfFile } from './file-blocks.ts'
import { isBomb, PackingDamaged, PackingRefused, salvage, withoutFirst } from './gzip.ts'

const unpackers = { deflate: createInflateRaw, gzip: createGunzip, zstd: createZstdDecompress } as const

/**
 * The bytes of something packed, piece by piece, of which nothing is kept. What comes before damage is handed out, then it throws
 * `PackingDamaged`; content that is packed so well that it can only do harm ends with `PackingRefused`.
 */
export async function* unpacked(packed: Packed): AsyncGenerator<Buffer> {
  const { size, crc } = packed
  let given = 0
  let sum = 0
  for await (const piece of withoutSkipped(packed)) {
    const rest = size === null ? piece : piece.subarray(0, size - given)
    given += rest.length
    if (crc !== null) sum = crc32(rest, sum)
    if (rest.length > 0) yield rest
    if (size !== null && given >= size) break
  }
  if (size !== null && given < size)
    throw new PackingDamaged(`the packed content ends too soon: ${counted(given, 'byte')} of ${size}`)
  if (crc !== null && sum !== crc) throw new PackingDamaged('the checksum of the packed content is wrong')
}

async function* withoutSkipped(packed: Packed): AsyncGenerator<Buffer> {
  let skip = packed.skip
  for await (const piece of whole(packed)) {
    if (skip >= piece.length) skip -= piece.length
    else {
      yield skip === 0 ? piece : piece.subarray(skip)
      skip = 0
    }
  }
}

const storedBytes = ({ base, start, length }: Packed): Readable =>
  'path' in base
    ? createReadStream(base.path, { start, end: start + length - 1, highWaterMark: 256 << 10 })
    : Readable.from(pieces(Buffer.from(base.bytes, start, length)))

/** The whole content that the packed bytes unpack to. */
async function* whole(packed: Packed): AsyncGenerator<Buffer> {
  const { length, method } = packed
  if (length === 0) return
  const stored = storedBytes(packed)
  if (method === 'stored') {
    yield* stored as AsyncIterable<Buffer>
    return
  }
  const unpacker = unpackers[method]({ chunkSize: 256 << 10 })
  // not `pipeline`: its promise may stay open when the reader has enough of a zstd stream
  stored.on('error', (error) => unpacker.destroy(error))
  stored.pipe(unpacker)
  let size = 0
  try {
    for await (const piece of unpacker as AsyncIterable<Buffer>) {
      size += piece.length
      const read = unpacker.bytesWritten
      if (isBomb(size, read))
        throw new PackingRefused(`${read} bytes unpack to more than ${size}: not read any further`)
      yield piece
    }
  } catch (error) {
    const damage = damageOf(error)
    // the unpacker keeps back what it had unpacked when it met the damage: once more, in small pieces, up to there
    if (damage instanceof PackingDamaged && method !== 'zstd')
      yield* withoutFirst(salvage(storedBytes(packed), unpacker.bytesWritten, unpackers[method]), size)
    throw damage
  } finally {
    stored.destroy()
    unpacker.destroy()
  }
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 256 << 10) yield bytes.subarray(at, at + (256 << 10))
}

/** What zlib says of damage, as what it is; any other error as it is. */
function damageOf(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return error
  if (error.code === 'Z_BUF_ERROR') return new PackingDamaged('the packed content ends too soon')
  return /^(?:Z_|ZSTD_|ERR_STREAM_PREMATURE)/.test(error.code)
    ? new PackingDamaged(`the packed content is damaged: ${error.message}`)
    : error
}

/** Packed content of no more bytes than this is read in one call: a stream costs many times as much. */
const small = 16 << 10

/** The content of a small member, all at once; null: it is not small, or not whole, which the streams tell. */
function smallContent({ base, start, length, method, skip, size, crc }: Packed): Buffer | null {
  if (skip > 0 || size === null || length > small || size > small) return null
  if (method !== 'deflate' && method !== 'stored') return null
  try {
    const bytes = 'path' in base ? bytesOfFile(base.path, start, length) : Buffer.from(base.bytes, start, length)
    const content = method === 'deflate' ? inflateRawSync(bytes, { maxOutputLength: small }) : bytes
    return content.length === size && (crc === null || crc32(content) === crc) ? content : null
  } catch {
    return null
  }
}

/** The first bytes; fewer where damage comes before. Throws what is wrong where nothing can be unpacked at all. */
export async function beginningOf(packed: Packed, size: number): Promise<Buffer> {
  const all = smallContent(packed)
  if (all !== null) return all.subarray(0, size)
  const parts: Buffer[] = []
  let got = 0
  try {
    for await (const piece of unpacked(packed)) {
      parts.push(Buffer.from(piece))
      got += piece.length
      if (got >= size) break
    }
  } catch (error) {
    // met again, and told, by whoever reads on
    if (got === 0 || !(error instanceof PackingDamaged || error instanceof PackingRefused)) throw error
  }
  return Buffer.concat(parts).subarray(0, size)
}

/** All of it, in memory that threads share. Refused with a reason where it is more than `most`. */
export async function inMemory(packed: Packed, most: number): Promise<SharedArrayBuffer> {
  if (packed.size !== null && packed.size > most) throw new PackingRefused(tooLarge(packed.size, most))
  const parts: Buffer[] = []
  let size = 0
  for await (const piece of unpacked(packed)) {
    size += piece.length
    if (size > most) throw new PackingRefused(tooLarge(size, most))
    parts.push(Buffer.from(piece))
  }
  const bytes = new SharedArrayBuffer(size)
  const view = Buffer.from(bytes)
  let at = 0
  for (const part of parts) at += part.copy(view, at)
  return bytes
}

const tooLarge = (size: number, most: number) =>
  `at least ${size} bytes, more than the ${most} that are kept in memory: unpack it first`
