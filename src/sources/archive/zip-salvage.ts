import type { BaseBytes } from './base-bytes.ts'

/** What a member's own header, before its content, says of it. */
export interface LocalMember {
  readonly name: Buffer
  readonly extra: Buffer
  readonly flags: number
  readonly method: number
  readonly start: number
  readonly length: number
  /** Null where nothing says it: of a member that the archive ends in. */
  readonly size: number | null
  readonly crc: number | null
}

/** Of a local header before its name. */
export const localHeaderSize = 30

const signature = { local: 0x04034b50, directory: 0x02014b50, descriptor: 0x08074b50 } as const
const signatures: readonly number[] = Object.values(signature)
/** The checksum and sizes come after the content. */
const hasDescriptor = 8
const zip64 = 0xffffffff

/**
 * The members of a zip whose directory is missing, by the headers before them, in one go through the bytes: as far as they go.
 * Where a header leaves the sizes to what follows the content, that is found by its length being the distance to it.
 * Source: PKWARE APPNOTE 6.3.10, 4.3.7 (local header), 4.3.9 (data descriptor), 4.5.3 (Zip64).
 */
export function* localMembers(bytes: BaseBytes): Generator<LocalMember> {
  const total = bytes.size
  for (let at = 0; at < total; ) {
    const header = bytes.read(at, localHeaderSize)
    if (header.length < localHeaderSize) return
    if (header.readUInt32LE(0) !== signature.local) {
      const kind = header.readUInt32LE(0)
      if (kind === signature.directory) return
      at = nextSignature(bytes, at + 1, (found) => found === signature.local) ?? total
      continue
    }
    const flags = header.readUInt16LE(6)
    const method = header.readUInt16LE(8)
    const crc = header.readUInt32LE(14)
    const [packed, size] = [header.readUInt32LE(18), header.readUInt32LE(22)]
    const [nameLength, extraLength] = [header.readUInt16LE(26), header.readUInt16LE(28)]
    const names = Buffer.from(bytes.read(at + localHeaderSize, nameLength + extraLength))
    if (names.length < nameLength + extraLength) return
    const common = { name: names.subarray(0, nameLength), extra: names.subarray(nameLength), flags, method }
    const start = at + localHeaderSize + nameLength + extraLength
    if ((flags & hasDescriptor) !== 0 && packed === 0) {
      const end = descriptorAfter(bytes, start)
      yield { ...common, start, length: end.length, size: end.size, crc: end.crc }
      at = end.next
      continue
    }
    const sizes = packed === zip64 || size === zip64 ? zip64Sizes(common.extra, packed, size) : { packed, size }
    yield { ...common, start, length: Math.min(sizes.packed, Math.max(0, total - start)), size: sizes.size, crc }
    at = start + sizes.packed
  }
}

/** Where a member's content ends by what follows it, or with the archive. */
function descriptorAfter(bytes: BaseBytes, start: number) {
  const total = bytes.size
  for (let from = start; ; ) {
    const at = nextSignature(bytes, from, (found) => signatures.includes(found))
    if (at === null) return { length: Math.max(0, total - start), size: null, crc: null, next: total }
    const after = bytes.read(at, 24)
    if (after.readUInt32LE(0) === signature.descriptor) {
      const length = at - start
      if (after.length >= 16 && after.readUInt32LE(8) === length)
        return { length, size: after.readUInt32LE(12), crc: after.readUInt32LE(4), next: at + 16 }
      if (after.length >= 24 && Number(after.readBigUInt64LE(8)) === length)
        return { length, size: Number(after.readBigUInt64LE(16)), crc: after.readUInt32LE(4), next: at + 24 }
    } else if (at - start >= 12) {
      // a descriptor may come without its signature: then only the next header tells where it is
      const length = at - start - 12
      const before = Buffer.from(bytes.read(at - 12, 12))
      if (before.readUInt32LE(4) === length)
        return { length, size: before.readUInt32LE(8), crc: before.readUInt32LE(0), next: at }
    }
    from = at + 1
  }
}

function zip64Sizes(extra: Buffer, packed: number, size: number): { packed: number; size: number } {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1 || at + 20 > extra.length) continue
    return { size: Number(extra.readBigUInt64LE(at + 4)), packed: Number(extra.readBigUInt64LE(at + 12)) }
  }
  return { packed, size }
}

const stride = 128 << 10

/** The next place where a header of some kind begins; null: none does. */
function nextSignature(bytes: BaseBytes, from: number, isIt: (signature: number) => boolean) {
  for (let at = from; at < bytes.size; at += stride) {
    const piece = bytes.read(at, stride + 3)
    for (let place = piece.indexOf('PK'); place >= 0 && place < stride; place = piece.indexOf('PK', place + 1)) {
      if (place + 4 <= piece.length && isIt(piece.readUInt32LE(place))) return at + place
    }
  }
  return null
}
