import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { snappyUncompress } from 'hyparquet'

/** How pages are packed, as the table says it. */
export type Codec = string

/** A page that says it is larger is refused: writers make pages of a megabyte, some put a whole group of rows in one. */
const largestPage = 256 << 20

const unpackers: Readonly<Record<Codec, (packed: Uint8Array, size: number) => Uint8Array>> = {
  UNCOMPRESSED: (packed) => packed,
  SNAPPY: (packed, size) => {
    const page = new Uint8Array(size)
    snappyUncompress(packed, page)
    return page
  },
  GZIP: (packed, size) => gunzipSync(packed, { maxOutputLength: Math.max(size, 1) }),
  BROTLI: (packed, size) => brotliDecompressSync(packed, { maxOutputLength: Math.max(size, 1) }),
  ZSTD: (packed, size) => zstdDecompressSync(packed, { maxOutputLength: Math.max(size, 1) }),
}

export function unpackPage(codec: Codec, packed: Uint8Array, size: number): Uint8Array {
  if (size > largestPage) throw new Error(`a page of ${size} bytes: larger than any real one`)
  const unpacker = Object.hasOwn(unpackers, codec) ? unpackers[codec] : undefined
  if (unpacker === undefined) throw new Error(`its pages are packed with ${codec}, which is not read`)
  // a page without values may have nothing to unpack
  return size === 0 ? new Uint8Array(0) : unpacker(packed, size)
}
