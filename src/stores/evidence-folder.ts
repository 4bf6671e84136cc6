import { createHash, type Hash } from 'node:crypto'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'

/** A file of the folder, as it was written. */
export interface KeptFile {
  /** Below the folder, with `/`. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** A folder to hand over: each file is hashed as it is written. Names are ours; none comes from an input. */
export class EvidenceFolder {
  readonly #root: string
  readonly #files = new Map<string, { bytes: number; readonly hash: Hash }>()

  constructor(root: string) {
    this.#root = root
    mkdirSync(root, { recursive: true })
  }

  /** Writes a file, or goes on with one. */
  write(path: string, content: Buffer | string): void {
    const full = join(this.#root, path)
    let file = this.#files.get(path)
    if (file) appendFileSync(full, content)
    else {
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, content, { flag: 'wx' })
      file = { bytes: 0, hash: createHash('sha256') }
      this.#files.set(path, file)
    }
    file.bytes += Buffer.byteLength(content)
    file.hash.update(content)
  }

  /** What was written so far, by name. */
  get files(): KeptFile[] {
    return [...this.#files]
      .map(([path, { bytes, hash }]) => ({ path, bytes, sha256: hash.copy().digest('hex') }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /** Writes the sums of all files in the form of sha256sum, and returns the sum of that. */
  seal(): string {
    const sums = this.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')
    writeFileSync(join(this.#root, 'SHA256SUMS'), sums, { flag: 'wx' })
    return createHash('sha256').update(sums).digest('hex')
  }
}

const headerSize = 4096
const chunkRecords = { lastId: 32 }

/**
 * The header of an event log that has these chunks and no others; all that is not said of chunks is as Windows writes it.
 * Source: libevtx, "Windows XML Event Log (EVTX) format", section File header.
 */
export function evtxHeader(chunks: number, lastChunk: Buffer): Buffer {
  const header = Buffer.alloc(headerSize)
  header.write('ElfFile\0', 'latin1')
  header.writeBigUInt64LE(BigInt(chunks - 1), 16)
  header.writeBigUInt64LE(lastChunk.readBigUInt64LE(chunkRecords.lastId) + 1n, 24)
  header.writeUInt32LE(128, 32)
  header.writeUInt16LE(1, 36)
  header.writeUInt16LE(3, 38)
  header.writeUInt16LE(headerSize, 40)
  header.writeUInt16LE(chunks, 42)
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124)
  return header
}
