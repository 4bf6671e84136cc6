import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { constants, createGunzip, gunzipSync } from 'node:zlib'

/** Larger than this, content that is packed much too well is a bomb. */
const harmless = 256 << 20
/** Logs pack 10 to 60 times, the most repetitive JSON some 100 times; deflate can do 1032 times. */
const mostRatio = 400

export function isGzip(beginning: Buffer): boolean {
  return beginning.length > 2 && beginning[0] === 0x1f && beginning[1] === 0x8b && beginning[2] === 0x08
}

/** The beginning of what is packed, from the beginning of the file. Null when it is none. */
export function unpackBeginning(beginning: Buffer): Buffer | null {
  try {
    return gunzipSync(beginning, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return null
  }
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
  try {
    for await (const chunk of unpacking(path, {}, progress)) {
      given += chunk.length
      yield chunk
    }
  } catch (error) {
    if (!isDamage(error)) throw error
    // zlib keeps back what it had unpacked when it met the damage: once more, in small pieces, up to there
    yield* salvage(path, given)
    throw new PackingDamaged(
      error.code === 'Z_BUF_ERROR'
        ? 'the packed content ends too soon'
        : `the packed content is damaged: ${error.message}`,
    )
  }
}

async function* salvage(path: string, given: number): AsyncGenerator<Buffer> {
  let before = given
  try {
    for await (const chunk of unpacking(path, { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 4096 }, () => {})) {
      const rest = chunk.subarray(Math.min(before, chunk.length))
      before -= chunk.length - rest.length
      if (rest.length > 0) yield rest
    }
  } catch (error) {
    if (!isDamage(error)) throw error
  }
}

interface Tuning {
  readonly finishFlush?: number
  readonly chunkSize?: number
}

async function* unpacking(path: string, tuning: Tuning, progress: (bytes: number) => void): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 << 10 })
  // a few chunks ahead, so that unpacking, which has a thread of its own, does not wait for the reader
  const options = { chunkSize: 256 << 10, highWaterMark: 1 << 20, ...tuning }
  let told = 0
  let size = 0
  const first = file.pipe(createGunzip(options))
  file.on('error', (error) => first.destroy(error))
  let stream: Readable = first
  try {
    const twice = await beginsWithGzip(first)
    if (twice) {
      const second = first.pipe(createGunzip(options))
      first.on('error', (error) => second.destroy(error))
      if (await beginsWithGzip(second)) throw new PackingRefused('packed more than twice')
      stream = second
    }
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length
      progress(file.bytesRead - told)
      told = file.bytesRead
      if (size > harmless && size > told * mostRatio)
        throw new PackingRefused(`${told} bytes unpack to more than ${size}: not read any further`)
      yield chunk
    }
  } finally {
    file.destroy()
    first.destroy()
    stream.destroy()
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
