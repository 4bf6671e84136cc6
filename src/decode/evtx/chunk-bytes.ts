import { MAX_EXPANDED_CHARACTERS_PER_CHUNK } from './limits.ts'

/** The bytes of the chunk that is being read. All offsets in BinXML count from the start of the chunk. */
export class ChunkBytes {
  bytes: Buffer = Buffer.alloc(0)
  view: DataView = new DataView(new ArrayBuffer(0))
  /** Bytes that there are: less than a chunk where the file is cut. */
  end = 0
  /** Characters that may still be made of this chunk's records by expanding their XML. */
  expandable = 0

  open(bytes: Buffer): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.end = bytes.length
    this.expandable = MAX_EXPANDED_CHARACTERS_PER_CHUNK
  }
}
