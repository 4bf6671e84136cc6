import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A token as its holder has it: a sign by which scanners for leaked secrets know it, its id, and 256 random bits. */
const form = /^tt_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/

/** A new token, of which the service keeps the id and the hash alone. */
export interface NewToken {
  readonly id: string
  readonly text: string
  readonly hash: string
}

export function newToken(): NewToken {
  const id = randomBytes(6).toString('hex')
  const text = `tt_${id}_${randomBytes(32).toString('base64url')}`
  return { id, text, hash: hashOf(text) }
}

/** The id that a token tells; null: it is none of ours. */
export const idOf = (text: string): string | null => form.exec(text)?.[1] ?? null

/**
 * SHA-256 of the whole text. A slow hash protects secrets that people think up; of 256 random bits none can be guessed from its hash,
 * and a slow one would let anybody keep the service busy.
 */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Compares hashes without telling by its time where they differ. */
export const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
