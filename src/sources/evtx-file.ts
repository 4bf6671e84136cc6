import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { DEFAULT_BLOCK_SIZE, FILE_HEADER_SIZE } from '../decode/evtx/file-header.ts'
import {
  CHUNK_SIZE,
  type EvtxDecoder,
  type EvtxFileHeader,
  type EvtxRecord,
  readFileHeader,
} from '../decode/evtx/index.ts'
import type { Problem } from '../model/problem.ts'

/** Chunks that are read at once: 1 MiB, enough that the calls do not count and little enough for many workers. */
const CHUNKS_AT_ONCE = 16

export interface EvtxFileInput {
  /** Where the file is. */
  readonly path: string
  /** How problems name it. */
  readonly name: string
  /** Index of the input in the scan's list. */
  readonly source: number
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
    return new EvtxFileReader(file, decoder, input, visitor).read()
  } finally {
    closeSync(file)
  }
}

class EvtxFileReader {
  readonly #file: number
  readonly #decoder: EvtxDecoder
  readonly #input: EvtxFileInput
  readonly #visitor: EvtxFileVisitor
  readonly #tally = { records: 0, wanted: 0, damaged: 0, bytes: 0 }

  constructor(file: number, decoder: EvtxDecoder, input: EvtxFileInput, visitor: EvtxFileVisitor) {
    this.#file = file
    this.#decoder = decoder
    this.#input = input
    this.#visitor = visitor
  }

  read(): EvtxFileTally {
    const size = fstatSync(this.#file).size
    const from = this.#input.range?.from ?? 0
    const header = this.#header(from === 0)
    const blockSize = this.#blockSize(header)
    const slots = chunkSlots(size, blockSize)
    const to = Math.min(slots, this.#input.range?.to ?? slots)
    if (from === 0) this.#progress(Math.min(size, blockSize))
    const block = Buffer.allocUnsafe(Math.min(CHUNKS_AT_ONCE, Math.max(0, to - from)) * CHUNK_SIZE)
    for (let index = from; index < to; index += CHUNKS_AT_ONCE) {
      const wanted = Math.min(block.length, (to - index) * CHUNK_SIZE)
      const got = this.#fill(block, wanted, blockSize + index * CHUNK_SIZE)
      for (let at = 0; at < got; at += CHUNK_SIZE) {
        this.#chunk(block.subarray(at, Math.min(at + CHUNK_SIZE, got)), index + at / CHUNK_SIZE, blockSize, header)
      }
      this.#progress(got)
      if (got < wanted) break
    }
    return this.#tally
  }

  #header(tell: boolean): EvtxFileHeader | undefined {
    const bytes = Buffer.alloc(FILE_HEADER_SIZE)
    const got = this.#fill(bytes, bytes.length, 0)
    const header = readFileHeader(bytes.subarray(0, got))
    if (!tell) return header
    if (got < bytes.length) this.#problem('truncated', `the file ends inside its header, after ${got} bytes`)
    else if (header === undefined)
      this.#problem('bad-file-header', 'the file does not begin with ElfFile; its chunks are read all the same')
    else if (!header.checksumMatches && !header.withoutChecksums && !header.dirty) {
      this.#problem('bad-checksum', "the file header's checksum is wrong; its counts are not used")
    }
    return header
  }

  /** Where chunks begin: what the header says, when there is one; what every known file has, otherwise. */
  #blockSize(header: EvtxFileHeader | undefined): number {
    if (header === undefined || header.blockSize < FILE_HEADER_SIZE) return DEFAULT_BLOCK_SIZE
    const magic = Buffer.alloc(8)
    this.#fill(magic, magic.length, header.blockSize)
    return magic.toString('latin1') === 'ElfChnk\0' ? header.blockSize : DEFAULT_BLOCK_SIZE
  }

  #chunk(bytes: Buffer, index: number, blockSize: number, header: EvtxFileHeader | undefined): void {
    const place = {
      file: this.#input.name,
      source: this.#input.source,
      index,
      offset: blockSize + index * CHUNK_SIZE,
      // Of a log that was open when it was copied, the chunk in use and those after it are newer than the header.
      mayLag: header?.dirty === true && index >= header.lastChunk,
    }
    const tally = this.#decoder.chunk(bytes, place, this.#visitor.visit, this.#visitor.report)
    this.#tally.records += tally.records
    this.#tally.wanted += tally.wanted
    this.#tally.damaged += tally.damaged
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

  #progress(bytes: number): void {
    this.#tally.bytes += bytes
    this.#visitor.progress?.(bytes)
  }

  #problem(code: string, reason: string): void {
    this.#visitor.report({ file: this.#input.name, offset: 0, chunk: null, code, reason })
  }
}
