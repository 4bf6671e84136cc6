import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { DEFAULT_BLOCK_SIZE, FILE_HEADER_SIZE, hasMagic } from '../decode/evtx/file-header.ts'
import {
  CHUNK_HEADER_SIZE,
  CHUNK_SIZE,
  type EvtxDecoder,
  type EvtxFileHeader,
  type EvtxRecord,
  readFileHeader,
} from '../decode/evtx/index.ts'
import type { Packed } from '../engine/ports.ts'
import { counted } from '../model/counted.ts'
import type { Problem } from '../model/problem.ts'
import { PackingDamaged, PackingRefused } from './content/gzip.ts'
import { unpacked } from './content/packed.ts'
import { StatedChunks } from './stated-chunks.ts'

/** Chunks that are read at once: 1 MiB, enough that the calls do not count and little enough for many workers. */
const CHUNKS_AT_ONCE = 16

export interface EvtxFileInput {
  /** Where the file is. */
  readonly path: string
  /** How problems name it. */
  readonly name: string
  /** Index of the input in the scan's list. */
  readonly source: number
  /** Where the content lies in that file, where it is a member of an archive or packed; then all of it is read. */
  readonly packed?: Packed | null
  /** The chunks to read, the last one excluded: a part of the file for one worker. All of them when left out. */
  readonly range?: { readonly from: number; readonly to: number }
}

export interface EvtxFileVisitor {
  readonly visit: (record: EvtxRecord) => void
  readonly report: (problem: Problem) => void
  /** Called after each block that was read, with its bytes. */
  readonly progress?: (bytes: number) => void
}

/** What was read of a file. Tallies of the ranges of a file add up to that of the whole. */
export interface EvtxFileTally {
  readonly records: number
  readonly wanted: number
  readonly damaged: number
  readonly bytes: number
}

/** How many chunks a file of this size can hold, the last cut one included: the ranges for workers. */
export function chunkSlots(fileSize: number, blockSize: number = DEFAULT_BLOCK_SIZE): number {
  return Math.max(0, Math.ceil((fileSize - blockSize) / CHUNK_SIZE))
}

/**
 * Reads an EVTX file chunk by chunk, never as a whole. Every 64 KiB slot after the header is looked at, whatever the
 * header says: its counts are behind in the copy of a live log. Throws only what opening and reading the file throws.
 */
export function readEvtxFile(decoder: EvtxDecoder, input: EvtxFileInput, visitor: EvtxFileVisitor): EvtxFileTally {
  const file = openSync(input.path, 'r')
  try {
    return new EvtxFileReader(file, input.range, new EvtxParts(decoder, input, visitor)).read()
  } finally {
    closeSync(file)
  }
}

/** The same, also of a member of an archive, as its content comes. */
export async function readEvtx(
  decoder: EvtxDecoder,
  input: EvtxFileInput,
  visitor: EvtxFileVisitor,
): Promise<EvtxFileTally> {
  if (!input.packed) return readEvtxFile(decoder, input, visitor)
  const reader = new EvtxStreamReader(new EvtxParts(decoder, input, visitor))
  try {
    for await (const piece of unpacked(input.packed)) reader.push(piece)
  } catch (error) {
    if (!(error instanceof PackingDamaged || error instanceof PackingRefused)) throw error
    const code = error instanceof PackingDamaged ? 'bad-archive' : 'packed-too-well'
    visitor.report({ file: input.name, offset: null, chunk: null, code, reason: error.message })
  }
  return reader.end()
}

/** What reading an EVTX file comes to, whichever way its bytes come. */
class EvtxParts {
  readonly tally = { records: 0, wanted: 0, damaged: 0, bytes: 0 }
  readonly #decoder: EvtxDecoder
  readonly #input: EvtxFileInput
  readonly #visitor: EvtxFileVisitor
  readonly #remnants = { count: 0, first: null as { readonly index: number; readonly offset: number } | null }

  constructor(decoder: EvtxDecoder, input: EvtxFileInput, visitor: EvtxFileVisitor) {
    this.#decoder = decoder
    this.#input = input
    this.#visitor = visitor
  }

  /** `bytes`: the header, or what there is of it. */
  header(bytes: Buffer, tell: boolean): EvtxFileHeader | undefined {
    const header = readFileHeader(bytes)
    if (!tell) return header
    if (bytes.length < FILE_HEADER_SIZE)
      this.#problem('truncated', `the file ends inside its header, after ${counted(bytes.length, 'byte')}`)
    else if (header === undefined)
      this.#problem('bad-file-header', 'the file does not begin with ElfFile; its chunks are read all the same')
    else if (!header.checksumMatches && !header.withoutChecksums && !header.dirty) {
      this.#problem('bad-checksum', "the file header's checksum is wrong; its counts are not used")
    }
    return header
  }

  chunk(bytes: Buffer, index: number, blockSize: number, header: EvtxFileHeader | undefined): void {
    if (isBehind(header, index) && !mayHoldRecords(bytes)) {
      this.#remnants.count++
      this.#remnants.first ??= { index, offset: blockSize + index * CHUNK_SIZE }
      return
    }
    const place = {
      file: this.#input.name,
      source: this.#input.source,
      index,
      offset: blockSize + index * CHUNK_SIZE,
      // Of a log that was open when it was copied, the chunk in use and those after it are newer than the header.
      mayLag: header?.dirty === true && index >= header.lastChunk,
    }
    const tally = this.#decoder.chunk(bytes, place, this.#visitor.visit, this.#visitor.report)
    this.tally.records += tally.records
    this.tally.wanted += tally.wanted
    this.tally.damaged += tally.damaged
  }

  /** Tells which of the chunks that the header counts are not there. */
  missing(stated: StatedChunks, blockSize: number): void {
    const missing = stated.missing()
    if (missing === null) return
    const { index, reason } = missing
    const place = { offset: blockSize + index * CHUNK_SIZE, chunk: index }
    this.#visitor.report({ file: this.#input.name, ...place, code: 'missing-chunks', reason })
  }

  /** What is behind the log's end is told once, however much there is. */
  end(): EvtxFileTally {
    const { count, first } = this.#remnants
    if (first !== null) {
      const reason = `${counted(count, 'chunk')} behind those that the file header counts, with something that is no record: what is left of other data`
      const { name: file } = this.#input
      this.#visitor.report({ file, offset: first.offset, chunk: first.index, code: 'remnants', reason })
    }
    return this.tally
  }

  progress(bytes: number): void {
    this.tally.bytes += bytes
    this.#visitor.progress?.(bytes)
  }

  #problem(code: string, reason: string): void {
    this.#visitor.report({ file: this.#input.name, offset: 0, chunk: null, code, reason })
  }
}

/**
 * Behind the last chunk that a header counts which can be believed. Of a log that was open when it was copied the count may lag, but a
 * chunk that was begun since begins as one.
 */
const isBehind = (header: EvtxFileHeader | undefined, index: number): boolean =>
  header !== undefined &&
  (header.dirty ? index > header.lastChunk : header.checksumMatches) &&
  index >= header.chunkCount

/** Whether there is a chunk here, or a record of one; zeros are space that was never used, which the decoder knows. */
const mayHoldRecords = (bytes: Buffer): boolean =>
  hasMagic(bytes, 0, chunkMagic) || bytes.includes(recordMagic) || bytes.every((byte) => byte === 0)
const recordMagic = Buffer.from([0x2a, 0x2a, 0, 0])

/** Where chunks begin: what the header says, when there is one there; what every known file has, otherwise. */
function blockSizeOf(header: EvtxFileHeader | undefined, magicAt: (offset: number) => string): number {
  if (header === undefined || header.blockSize < FILE_HEADER_SIZE) return DEFAULT_BLOCK_SIZE
  return magicAt(header.blockSize) === chunkMagic ? header.blockSize : DEFAULT_BLOCK_SIZE
}
const chunkMagic = 'ElfChnk\0'

class EvtxFileReader {
  readonly #file: number
  readonly #range: EvtxFileInput['range']
  readonly #parts: EvtxParts

  constructor(file: number, range: EvtxFileInput['range'], parts: EvtxParts) {
    this.#file = file
    this.#range = range
    this.#parts = parts
  }

  read(): EvtxFileTally {
    const parts = this.#parts
    const size = fstatSync(this.#file).size
    const from = this.#range?.from ?? 0
    const beginning = Buffer.alloc(FILE_HEADER_SIZE)
    const header = parts.header(beginning.subarray(0, this.#fill(beginning, beginning.length, 0)), from === 0)
    const blockSize = blockSizeOf(header, (offset) => {
      const magic = Buffer.alloc(chunkMagic.length)
      this.#fill(magic, magic.length, offset)
      return magic.toString('latin1')
    })
    const slots = chunkSlots(size, blockSize)
    const to = Math.min(slots, this.#range?.to ?? slots)
    // Of a file of which others read the rest the chunks are looked at for themselves.
    const stated = from === 0 && to === slots ? new StatedChunks(header) : null
    if (from === 0) {
      parts.progress(Math.min(size, blockSize))
      if (stated === null) parts.missing(this.#stated(header, slots, blockSize), blockSize)
    }
    const block = Buffer.allocUnsafe(Math.min(CHUNKS_AT_ONCE, Math.max(0, to - from)) * CHUNK_SIZE)
    for (let index = from; index < to; index += CHUNKS_AT_ONCE) {
      const wanted = Math.min(block.length, (to - index) * CHUNK_SIZE)
      const got = this.#fill(block, wanted, blockSize + index * CHUNK_SIZE)
      for (let at = 0; at < got; at += CHUNK_SIZE) {
        const chunk = block.subarray(at, Math.min(at + CHUNK_SIZE, got))
        stated?.see(chunk)
        parts.chunk(chunk, index + at / CHUNK_SIZE, blockSize, header)
      }
      parts.progress(got)
      if (got < wanted) break
    }
    if (stated !== null) parts.missing(stated, blockSize)
    return parts.end()
  }

  /** Looks at the chunks that the header counts, of which this reader may read only some. */
  #stated(header: EvtxFileHeader | undefined, slots: number, blockSize: number): StatedChunks {
    const stated = new StatedChunks(header)
    const bytes = Buffer.alloc(stated.count === 0 ? 0 : CHUNK_SIZE)
    for (let index = 0; index < Math.min(stated.count, slots); index++) {
      const at = blockSize + index * CHUNK_SIZE
      const got = this.#fill(bytes, CHUNK_HEADER_SIZE, at)
      // one that begins with zeros may hold records all the same
      const isAll = got < CHUNK_HEADER_SIZE || bytes.readUInt32LE(0) !== 0
      stated.see(bytes.subarray(0, isAll ? got : this.#fill(bytes, CHUNK_SIZE, at)))
    }
    return stated
  }

  #fill(into: Buffer, wanted: number, position: number): number {
    let got = 0
    while (got < wanted) {
      const count = readSync(this.#file, into, got, wanted - got, position + got)
      if (count === 0) break
      got += count
    }
    return got
  }
}

interface Begun {
  readonly header: EvtxFileHeader | undefined
  readonly stated: StatedChunks
  readonly blockSize: number
}

/** Takes the content piece by piece and keeps no more than a chunk of it. */
class EvtxStreamReader {
  readonly #parts: EvtxParts
  #rest: Buffer = Buffer.alloc(0)
  #begun: Begun | null = null
  #index = 0

  constructor(parts: EvtxParts) {
    this.#parts = parts
  }

  push(piece: Buffer): void {
    let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece
    if (this.#begun === null) {
      const needed = Math.max(readFileHeader(bytes)?.blockSize ?? 0, DEFAULT_BLOCK_SIZE) + chunkMagic.length
      if (bytes.length < needed) {
        this.#rest = Buffer.from(bytes)
        return
      }
      bytes = this.#begin(bytes)
    }
    let at = 0
    for (; at + CHUNK_SIZE <= bytes.length; at += CHUNK_SIZE) this.#chunk(bytes.subarray(at, at + CHUNK_SIZE))
    this.#rest = Buffer.from(bytes.subarray(at))
  }

  end(): EvtxFileTally {
    if (this.#begun === null) this.#rest = this.#begin(this.#rest)
    if (this.#rest.length > 0) this.#chunk(this.#rest)
    const { stated, blockSize } = this.#begun as unknown as Begun
    this.#parts.missing(stated, blockSize)
    return this.#parts.end()
  }

  /** What comes after the header. */
  #begin(bytes: Buffer): Buffer {
    const header = this.#parts.header(bytes.subarray(0, FILE_HEADER_SIZE), true)
    const magicAt = (offset: number) => bytes.toString('latin1', offset, offset + chunkMagic.length)
    const blockSize = blockSizeOf(header, magicAt)
    this.#begun = { header, stated: new StatedChunks(header), blockSize }
    this.#parts.progress(Math.min(bytes.length, blockSize))
    return bytes.subarray(blockSize)
  }

  #chunk(bytes: Buffer): void {
    const { header, stated, blockSize } = this.#begun as Begun
    stated.see(bytes)
    this.#parts.chunk(bytes, this.#index++, blockSize, header)
    this.#parts.progress(bytes.length)
  }
}
