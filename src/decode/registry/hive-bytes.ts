/**
 * Where a hive's bytes come from. A hive can have hundreds of megabytes of which little is needed, so it is asked for
 * piece by piece. What `read` returns stays valid and must not be changed; it is shorter than asked only where the file
 * ends. An implementation may throw what its medium throws (an I/O error); the decoders let that through.
 */
export interface HiveBytes {
  readonly size: number
  read(offset: number, length: number): Uint8Array
}

/** A hive or a log with the name by which problems call it. */
export interface HiveFile {
  readonly file: string
  readonly bytes: HiveBytes
}

export function bytesInMemory(bytes: Uint8Array): HiveBytes {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, Math.min(bytes.length, offset + length)),
  }
}

/** The same bytes with a Buffer's methods. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
