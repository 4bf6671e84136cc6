import type { ByteReader } from '../../registry/byte-reader.ts'
import { sidText } from '../../registry/byte-reader.ts'
import { Damage } from '../../registry/damage.ts'
import { MAX_TEXT_BYTES } from '../limits.ts'

/**
 * The pieces of the value `Triggers`. Nearly all of them take a multiple of 8 bytes; Windows fills what is left with `H`.
 * Source: GDATAAdvancedAnalytics/winreg-tasks, kaitai/aligned/*.ksy, user_info.ksy.
 */
export function alignedU8(reader: ByteReader, what: string): number {
  const value = reader.u8(what)
  reader.skip(7, what)
  return value
}

export function alignedU32(reader: ByteReader, what: string): number {
  const value = reader.u32(what)
  reader.skip(4, what)
  return value
}

/** A number of bytes and as many of UTF-16; null when empty. */
export function alignedText(reader: ByteReader, what: string): string | null {
  const length = limited(alignedU32(reader, `the length of ${what}`), reader, what)
  const text = reader.utf16(length, what)
  reader.skip(padding(length), what)
  return withoutEndMark(text)
}

/** A number of characters and, unless it is 0, as many of UTF-16 and an end mark. */
export function alignedCharacters(reader: ByteReader, what: string): string | null {
  const characters = alignedU32(reader, `the length of ${what}`)
  if (characters === 0) return null
  const length = limited(characters * 2 + 2, reader, what)
  const text = reader.utf16(length, what)
  reader.skip(padding(length), what)
  return withoutEndMark(text)
}

/** A number of bytes and as many of UTF-16, filled up to 8 together. */
export function packedText(reader: ByteReader, what: string): string | null {
  const length = limited(reader.u32(`the length of ${what}`), reader, what)
  const text = reader.utf16(length, what)
  reader.skip(padding(length + 4), what)
  return withoutEndMark(text)
}

/** An account: by SID, by name or by both. */
export interface CachedUser {
  readonly sid: string | null
  /** SID_NAME_USE: 1 user, 2 group, 4 alias, 5 well-known group, …; null without a SID. */
  readonly sidType: number | null
  readonly name: string | null
}

/** Null when the value leaves the account out: anybody. */
export function readUser(reader: ByteReader, what: string): CachedUser | null {
  if (alignedU8(reader, what) !== 0) return null
  let sid: string | null = null
  let sidType: number | null = null
  if (alignedU8(reader, what) === 0) {
    sidType = alignedU32(reader, `the kind of SID of ${what}`)
    const length = limited(alignedU32(reader, `the length of the SID of ${what}`), reader, what)
    sid = sidText(reader.bytes(length, `the SID of ${what}`)) ?? null
    reader.skip(padding(length), what)
  }
  return { sid, sidType, name: alignedText(reader, `the name of ${what}`) }
}

/** How a definition names the account. */
export function accountOf(user: CachedUser | null): string | null {
  return user === null ? null : (user.name ?? user.sid)
}

/** Most texts here have an end mark, which counts in their length. */
function withoutEndMark(text: string): string | null {
  return (text.endsWith('\0') ? text.slice(0, -1) : text) || null
}

function padding(length: number): number {
  return (8 - (length % 8)) % 8
}

function limited(length: number, reader: ByteReader, what: string): number {
  if (length > MAX_TEXT_BYTES) throw new Damage('too-large', reader.at, `${what} of ${length} bytes`)
  return length
}
