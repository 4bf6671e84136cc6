import type { Packed } from '../../engine/ports.ts'
import { Content } from '../../sources/content/content.ts'
import { isGzip } from '../../sources/content/gzip.ts'
import { inMemory } from '../../sources/content/packed.ts'
import { ToUtf8, utf16Of } from '../../sources/content/utf16.ts'
import { kindOf, kindOfContent, type SourceKind } from '../../sources/kinds.ts'

/** What a post comes to in memory when it is packed in itself. */
const mostUnpacked = 256 << 20

/** Most of what is sent is told by its first lines, and a look at more of it costs as much as reading that. */
const telling = 16 << 10

/** What a post holds, as it is read: places of records are places in it. */
export interface PostContent {
  readonly bytes: Buffer
  readonly packed: Packed
  /** Null: none that is known. */
  readonly kind: SourceKind | null
}

const stored = (base: SharedArrayBuffer, start: number, length: number): Packed => ({
  base: { bytes: base },
  start,
  length,
  method: 'stored',
  skip: 0,
  size: length,
  crc: null,
})

const isZstd = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32LE(0) === 0xfd2fb528

/**
 * A post unpacked, in UTF-8, and what it is. A sender may pack a file that it sends, and name no encoding. Throws where that is damaged, or more
 * than can be kept.
 */
export async function contentOf(sent: Uint8Array<SharedArrayBuffer>, stated: SourceKind | null): Promise<PostContent> {
  let packed = stored(sent.buffer, sent.byteOffset, sent.byteLength)
  let bytes = bytesOf(packed)
  if (isGzip(bytes) || isZstd(bytes)) {
    const method = isGzip(bytes) ? 'gzip' : 'zstd'
    const unpacked = await inMemory({ ...packed, method, size: null }, mostUnpacked)
    packed = stored(unpacked, 0, unpacked.byteLength)
    bytes = bytesOf(packed)
  }
  const kind = stated ?? (await kindIn(bytes, packed))
  const utf16 = kind === 'evtx' || kind === 'parquet' ? null : utf16Of(bytes)
  if (utf16 === null) return { bytes, packed, kind }
  const text = new ToUtf8(utf16).next(bytes)
  const shared = new SharedArrayBuffer(text.length)
  const utf8 = Buffer.from(shared)
  text.copy(utf8)
  return { bytes: utf8, packed: stored(shared, 0, utf8.length), kind }
}

const bytesOf = ({ base, start, length }: Packed): Buffer =>
  'bytes' in base ? Buffer.from(base.bytes, start, length) : Buffer.alloc(0)

async function kindIn(bytes: Buffer, packed: Packed): Promise<SourceKind | null> {
  const first = bytes.subarray(0, telling)
  return (
    kindOf((size) => first.subarray(0, size)) ??
    (await kindOfContent(new Content('', packed, (size) => bytes.subarray(0, size))))
  )
}
