import { closeSync, openSync, readSync } from 'node:fs'

/** Read at once: enough that the calls do not count, little enough to stay in the processor's cache. */
const blockSize = 512 << 10

/** A file from `from` on, block by block; each is overwritten by the next. */
export function* fileBlocks(path: string, from = 0): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    const block = Buffer.allocUnsafe(blockSize)
    for (let at = from; ; ) {
      const count = readSync(file, block, 0, block.length, at)
      if (count === 0) return
      yield block.subarray(0, count)
      at += count
    }
  } finally {
    closeSync(file)
  }
}

/** Some blocks spread evenly over a file: what a look at the whole would tell, nearly, in a fixed time. */
export function* fileSamples(path: string, fileSize: number, count: number, size: number): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    const step = Math.max(size, Math.floor(fileSize / count))
    for (let at = 0; at < fileSize; at += step) {
      const block = Buffer.allocUnsafe(size)
      yield block.subarray(0, readSync(file, block, 0, size, at))
    }
  } finally {
    closeSync(file)
  }
}

/** The first bytes of a file. */
export const beginningOfFile = (path: string, size: number): Buffer => bytesOfFile(path, 0, size)

/** So many bytes of a file; fewer at its end. */
export function bytesOfFile(path: string, from: number, size: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(size)
    return bytes.subarray(0, readSync(file, bytes, 0, size, from))
  } finally {
    closeSync(file)
  }
}
