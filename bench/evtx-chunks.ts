import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_BLOCK_SIZE } from '../src/decode/evtx/file-header.ts'
import { CHUNK_SIZE } from '../src/decode/evtx/index.ts'

/** Every slot of the folders' files that holds a chunk: empty ones would flatter the figures. */
export function chunksOf(folders: readonly string[]): { files: number; chunks: Buffer[] } {
  const paths = folders.flatMap((folder) =>
    statSync(folder).isDirectory()
      ? readdirSync(folder)
          .sort()
          .map((name) => join(folder, name))
      : [folder],
  )
  const chunks: Buffer[] = []
  for (const path of paths) {
    const bytes = readFileSync(path)
    for (let at = DEFAULT_BLOCK_SIZE; at + CHUNK_SIZE <= bytes.length; at += CHUNK_SIZE) {
      if (bytes.toString('latin1', at, at + 7) === 'ElfChnk')
        chunks.push(Buffer.from(bytes.subarray(at, at + CHUNK_SIZE)))
    }
  }
  return { files: paths.length, chunks }
}

export function placeOf(index: number) {
  return { file: 'bench', source: 0, index, offset: DEFAULT_BLOCK_SIZE + index * CHUNK_SIZE }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** A file of these chunks, with the header that other decoders ask for. */
export function writeEvtx(chunks: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(DEFAULT_BLOCK_SIZE)
  header.write('ElfFile\0', 0, 'latin1')
  header.writeBigUInt64LE(BigInt(chunks.length - 1), 16)
  header.writeUInt32LE(128, 32)
  header.writeUInt16LE(1, 36)
  header.writeUInt16LE(3, 38)
  header.writeUInt16LE(DEFAULT_BLOCK_SIZE, 40)
  header.writeUInt16LE(Math.min(chunks.length, 0xffff), 42)
  return Buffer.concat([header, ...chunks])
}
