import { crc32 } from 'node:zlib'
import { writeU64 } from './value.ts'

/** The header block; the chunks begin after it. */
export const FILE_HEADER_SIZE = 4096

/**
 * Version 3.1, as Windows Vista to 11 write it, marked as cleanly closed.
 * Source: libevtx documentation "Windows XML Event Log (EVTX) format", "File header".
 */
export function fileHeader(chunks: number, nextRecordId: number): Buffer {
  const bytes = Buffer.alloc(FILE_HEADER_SIZE)
  bytes.write('ElfFile\0', 0, 'latin1')
  writeU64(bytes, 0x08, 0)
  writeU64(bytes, 0x10, Math.max(0, chunks - 1))
  writeU64(bytes, 0x18, nextRecordId)
  bytes.writeUInt32LE(0x80, 0x20)
  bytes.writeUInt16LE(1, 0x24)
  bytes.writeUInt16LE(3, 0x26)
  bytes.writeUInt16LE(FILE_HEADER_SIZE, 0x28)
  bytes.writeUInt16LE(chunks & 0xffff, 0x2a) // 16 bits: beyond 4 GiB readers go by the file's size
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 0x78)), 0x7c)
  return bytes
}
