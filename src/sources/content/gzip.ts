import { createReadStream } from 'node:fs'
import type { Readable, Transform } from 'node:stream'
import { constants, createGunzip, gunzipSync } from 'node:zlib'

/** Larger than this, content that is packed much too well is a bomb. */
export const harmless = 256 << 20
/** Logs pack 10 to 60 times, the most repetitive JSON some 100 times; deflate can do 1032 times, zstd many more. */
const mostRatio = 400

/** What so many packed bytes may unpack to before they are taken for a bomb. */
export const mostUnpacked = (packed: number): number => harmless + packed * mostRatio

/** Whether what was unpacked so far can only do harm. */
export const isBomb = (unpacked: number, packed: number): boolean =>
  unpacked > harmless && unpacked > packed * mostRatio

export function isGzip(beginning: Buffer): boolean {
  return beginning.length > 2 && beginning[0] === 0x1f && beginning[1] === 0x8b && beginning[2] === 0x08
}

/** How much of the content is enough to tell what it is, and more than that is never kept of a beginning. */
const telling = 256 << 10
/** Of the packed bytes, first few: they may be a bomb's. */
const beginnings = [4 << 10, 32 << 10, telling]

/** The beginning of what is packed, from the beginning of the file. Null when it is none. */
export function unpackBeginning(packed: Buffer): Buffer | null {
  let best: Buffer | null = null
  for (const size of beginnings) {
    try {
      const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16 << 20 }
      best = gunzipSync(packed.subarray(0, size), options).subarray(0, telling)
    } catch {
      return best
    }
    if (best.length >= telling || size >= packed.length) break
  }
  return best
}

/** Content that is packed so well that it can only be meant to do harm, or packed more than twice. */
export class PackingRefused extends Error {}

/** What was read up to a place where packed content is damaged or ends too soon. */
export class PackingDamaged extends Error {}

/**
 * What is packed in a gzip file, member after member; content that is packed twice is unpacked twice. What comes before
 * damage is handed out, then it throws.
 */
export async function* unpack(path: string, progress: (bytes: number) => void): AsyncGenerator<Buffer> {
  let given = 0
  const place = { bytes: 0 }
  try {
    for await (const chunk of unpacking(path, progress, place)) {
      given += chunk.length
      yield chunk
    }
  } catch (error) {
    if (!isDamage(error)) throw error
    // zlib keeps back what it had unpacked when it met the damage: once more, in small pieces, up to there
    yield* withoutFirst(salvageFile(path, place.bytes), given)
    throw new PackingDamaged(
      error.code === 'Z_BUF_ERROR'
        ? 'the packed content ends too soon'
        : `the packed content is damaged: ${error.message}`,
    )
  }
}

/** Unpacks with streams, so that unpacking and reading what was unpacked go on side by side. */
async function* unpacking(
  path: string,
  progress: (bytes: number) => void,
  place: { bytes: number },
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: pieceSize })
  // a few chunks ahead, so that unpacking, which has a thread of its own, does not wait for the reader
  const options = { chunkSize: 256 << 10, highWaterMark: 1 << 20 }
  let told = 0
  let size = 0
  const first = file.pipe(createGunzip(options))
  file.on('error', (error) => first.destroy(error))
  let stream: Readable = first
  try {
    if (await beginsWithGzip(first)) {
      const second = first.pipe(createGunzip(options))
      first.on('error', (error) => second.destroy(error))
      if (await beginsWithGzip(second)) throw new PackingRefused('packed more than twice')
      stream = second
    }
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length
      progress(file.bytesRead - told)
      told = file.bytesRead
      if (isBomb(size, told))
        throw new PackingRefused(`${told} bytes unpack to more than ${size}: not read any further`)
      yield chunk
    }
  } finally {
    place.bytes = first.bytesWritten
    file.destroy()
    first.destroy()
    stream.destroy()
  }
}

const pieceSize = 256 << 10
/** The checksum at the end of a member has four bytes: what is before it is then unpacked before it is found wrong. */
const smallPiece = 4

/** What can be unpacked of a damaged file: zlib failed within the next piece after `failed` bytes. */
async function* salvageFile(path: string, failed: number): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { highWaterMark: pieceSize }) as AsyncIterable<Buffer>
  const content = salvage(packed, failed, createGunzip)
  const beginning = await content.next()
  if (beginning.done) return
  const all = concatenated(beginning.value, content)
  yield* isGzip(beginning.value) ? inflate(all, createGunzip) : all
}

type OpenUnpacker = (options: { finishFlush: number }) => Transform

/** What can be unpacked of packed bytes that are damaged within the next piece after `failed` of them. */
export function salvage(packed: AsyncIterable<Buffer>, failed: number, open: OpenUnpacker): AsyncGenerator<Buffer> {
  return inflate(smallerFrom(packed, failed), open)
}

async function* smallerFrom(packed: AsyncIterable<Buffer>, failed: number): AsyncGenerator<Buffer> {
  let at = 0
  for await (const piece of packed) {
    const end = at + piece.length
    if (end <= failed) yield piece
    else if (at > failed + pieceSize) return
    else {
      if (at < failed) yield piece.subarray(0, failed - at)
      for (let from = Math.max(0, failed - at); from < piece.length; from += smallPiece)
        yield piece.subarray(from, from + smallPiece)
    }
    at = end
  }
}

/** Unpacks piece after piece, and hands out what each gave before the next is touched; ends at damage without a word. */
async function* inflate(packed: AsyncIterable<Buffer>, open: OpenUnpacker): AsyncGenerator<Buffer> {
  const unpacker = open({ finishFlush: constants.Z_SYNC_FLUSH })
  let ready: Buffer[] = []
  let isDamaged = false
  unpacker.on('data', (chunk: Buffer) => ready.push(chunk))
  unpacker.on('error', () => {
    isDamaged = true
  })
  const done = (work: (ended: () => void) => void) =>
    new Promise<void>((resolve) => {
      const ended = () => {
        unpacker.off('error', ended)
        resolve()
      }
      unpacker.once('error', ended)
      work(ended)
    })
  for await (const piece of packed) {
    await done((ended) => unpacker.write(piece, ended))
    yield* ready
    ready = []
    if (isDamaged) return
  }
  await done((ended) => unpacker.once('end', ended).end())
  yield* ready
}

async function* concatenated(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}

/** The same without so many bytes at their beginning. */
export async function* withoutFirst(chunks: AsyncGenerator<Buffer>, count: number): AsyncGenerator<Buffer> {
  let before = count
  for await (const chunk of chunks) {
    const rest = chunk.subarray(Math.min(before, chunk.length))
    before -= chunk.length - rest.length
    if (rest.length > 0) yield rest
  }
}

/** Looks at the first bytes of a stream and puts them back. */
async function beginsWithGzip(stream: Readable): Promise<boolean> {
  await new Promise<void>((resolve, reject) => {
    const done = () => {
      stream.off('readable', done).off('end', done).off('error', failed)
      resolve()
    }
    const failed = (error: Error) => {
      stream.off('readable', done).off('end', done)
      reject(error)
    }
    stream.once('readable', done).once('end', done).once('error', failed)
  })
  const chunk: Buffer | null = stream.read()
  if (chunk === null) return false
  stream.unshift(chunk)
  return isGzip(chunk)
}

function isDamage(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')
}
