import type { IncomingMessage } from 'node:http'
import type { Readable, Transform } from 'node:stream'
import { createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { passOver } from '../pass-over.ts'
import type { Intake } from '../ports.ts'

/** Bytes of bodies. A batch of an agent has a few megabytes, of a relay some twenty; an event log that is sent whole may have a hundred. */
export interface BodyLimits {
  /** Of one body as it comes. */
  readonly packed: number
  /** Of one body unpacked. */
  readonly unpacked: number
  /** Of all bodies that are being received, unpacked: what slow clients can hold. */
  readonly inHand: number
}

export const usualBodyLimits: BodyLimits = { packed: 128 << 20, unpacked: 128 << 20, inHand: 512 << 20 }

/** Why a body is not taken. Doors word it as their protocol does. */
export class BodyRefused extends Error {
  readonly why: 'too-large' | 'busy' | 'unknown-encoding' | 'damaged'
  readonly statusCode: number
  /** Seconds after which it may be sent again; null: no time helps. */
  readonly retryAfter: number | null

  constructor(why: BodyRefused['why'], message: string) {
    super(message)
    this.why = why
    this.statusCode = { 'too-large': 413, busy: 429, 'unknown-encoding': 415, damaged: 400 }[why]
    this.retryAfter = why === 'busy' ? retryAfter : null
  }
}

/** What waits is read in a second or two, as long as there is any. */
const retryAfter = 5

/** Of a body that does not say how long it is, this is asked for. */
const unstated = 1 << 20

/** Receives the bodies of requests, unpacked, in memory that threads share. */
export class Bodies {
  readonly #intake: Intake
  readonly #limits: BodyLimits
  #inHand = 0

  constructor(intake: Intake, limits: Partial<BodyLimits> = {}) {
    this.#intake = intake
    this.#limits = { ...usualBodyLimits, ...limits }
  }

  /** Throws `BodyRefused` before anything is read where there is no room for it, and as soon as it is too much: more than `most`, unpacked. */
  async receive(request: IncomingMessage, most = Number.POSITIVE_INFINITY): Promise<Uint8Array<SharedArrayBuffer>> {
    try {
      return await this.#receive(request, Math.min(most, this.#limits.unpacked))
    } catch (error) {
      passOver(request, this.#limits.packed)
      throw error
    }
  }

  async #receive(request: IncomingMessage, most: number): Promise<Uint8Array<SharedArrayBuffer>> {
    const stated = Number(request.headers['content-length'] ?? Number.NaN)
    if (stated > this.#limits.packed) throw tooLarge(this.#limits.packed)
    if (!this.#intake.hasRoomFor(Number.isNaN(stated) ? unstated : stated))
      throw new BodyRefused('busy', 'too much waits to be read')
    const unpackers = unpackersFor(request.headers['content-encoding'])
    const parts: Buffer[] = []
    let length = 0
    try {
      for await (const part of unpackedBy(unpackers, this.#bounded(request))) {
        length += part.length
        this.#inHand += part.length
        if (length > most) throw tooLarge(most)
        if (this.#inHand > this.#limits.inHand) throw new BodyRefused('busy', 'too much is being received')
        parts.push(part)
      }
      return joined(parts, length)
    } catch (error) {
      if (error instanceof BodyRefused) throw error
      // nobody waits for an answer any more, and it is no fault of ours
      if (!request.complete && request.destroyed) throw new BodyRefused('damaged', 'the body ends too soon')
      throw isDamage(error) ? new BodyRefused('damaged', `the body cannot be unpacked: ${error.message}`) : error
    } finally {
      this.#inHand -= length
    }
  }

  /** The body as it comes: one that is sent in pieces need not say how long it is. */
  async *#bounded(request: Readable): AsyncGenerator<Buffer> {
    let length = 0
    // with the request its connection would end, and nobody be told why
    for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += part.length
      if (length > this.#limits.packed) throw tooLarge(this.#limits.packed)
      yield part
    }
  }
}

const tooLarge = (most: number) => new BodyRefused('too-large', `more than ${most} bytes`)

const openers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  zstd: createZstdDecompress,
}

/** A body may be packed twice, by an agent and a relay. */
const mostEncodings = 2

function unpackersFor(encoding: string | undefined): (() => Transform)[] {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  if (names.length > mostEncodings) throw new BodyRefused('unknown-encoding', 'packed too often')
  return names.reverse().map((name) => {
    const open = Object.hasOwn(openers, name) ? openers[name] : undefined
    if (!open) throw new BodyRefused('unknown-encoding', 'of encodings gzip, deflate, zstd and identity are known')
    return open
  })
}

async function* unpackedBy(
  unpackers: readonly (() => Transform)[],
  body: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  const [open, ...more] = unpackers
  if (!open) yield* body
  else yield* unpackedBy(more, unpackedWith(open(), body))
}

/** Piece by piece, so that a body that unpacks to too much is let go at once. */
async function* unpackedWith(unpacker: Transform, body: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const feeding = (async () => {
    try {
      for await (const part of body) {
        if (unpacker.destroyed) return
        if (!unpacker.write(part)) await drained(unpacker)
      }
      unpacker.end()
    } catch (error) {
      unpacker.destroy(error as Error)
    }
  })()
  try {
    yield* unpacker as AsyncIterable<Buffer>
  } finally {
    unpacker.destroy()
    await feeding
  }
}

const drained = (unpacker: Transform): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      unpacker.off('drain', done).off('close', done)
      resolve()
    }
    unpacker.once('drain', done).once('close', done)
  })

function joined(parts: readonly Buffer[], length: number): Uint8Array<SharedArrayBuffer> {
  const bytes = new Uint8Array(new SharedArrayBuffer(length))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** What zlib and zstd say of bytes that are none of theirs. */
const isDamage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && /^(?:Z_|ZSTD_)/.test(String(error.code))
