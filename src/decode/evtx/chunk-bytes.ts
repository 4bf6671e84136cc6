import { MAX_EXPANDED_CHARACTERS_PER_CHUNK } from './limits.ts'

/** The bytes of the chunk that is being read. All offsets in BinXML count from the start of the chunk. */
export class ChunkBytes {
  bytes: Buffer = Buffer.alloc(0)
  view: DataView = new DataView(new ArrayBuffer(0))
  /** Bytes that there are: less than a chunk where the file is cut. */
  end = 0
  /** Characters that may still be made of this chunk's records by expanding their XML. */
  expandable = 0
  /** Names that were read, by their chunk offset: a chunk has some dozens, and uses each again and again. */
  readonly names = new Map<number, string>()

  open(bytes: Buffer): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.end = bytes.length
    this.names.clear()
    this.expandable = MAX_EXPANDED_CHARACTERS_PER_CHUNK
  }
}
