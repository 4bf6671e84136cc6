import { constants } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { sep } from 'node:path'

/** A file that is read piece by piece. */
export class OpenFile {
  readonly path: string
  readonly #handle: FileHandle
  /** When it was opened. */
  readonly size: number
  readonly changed: number
  readonly identity: string

  private constructor(path: string, handle: FileHandle, stat: { size: number; changed: number; identity: string }) {
    this.path = path
    this.#handle = handle
    this.size = stat.size
    this.changed = stat.changed
    this.identity = stat.identity
  }

  /** Throws for what is no file, and for one to which a link leads out of the folder: it may have become one since it was listed. */
  static async open(path: string, root: string): Promise<OpenFile> {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const [real, base] = [await realpath(path), await realpath(root)]
      if (!real.startsWith(base.endsWith(sep) ? base : base + sep)) throw new Error('it lies outside of the folder')
      const stat = await handle.stat({ bigint: true })
      if (!stat.isFile()) throw new Error('it is no file')
      const { dev, ino, size, mtimeNs } = stat
      return new OpenFile(path, handle, {
        ...{ size: Number(size), changed: Number(mtimeNs) / 1e6, identity: `${dev}:${ino}` },
      })
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** The bytes from a place on, as many as are there; in a buffer that threads share, after `before`. */
  async read(position: number, length: number, before: Uint8Array = nothing): Promise<Shared> {
    const bytes = new Uint8Array(new SharedArrayBuffer(before.length + length))
    bytes.set(before)
    let end = before.length
    while (end < bytes.length) {
      const at = position + end - before.length
      const { bytesRead } = await this.#handle.read(bytes, end, bytes.length - end, at)
      if (bytesRead === 0) break
      end += bytesRead
    }
    return bytes.subarray(0, end)
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

export type Shared = Uint8Array<SharedArrayBuffer>

const nothing = new Uint8Array(0)

export const bufferOf = (bytes: Shared): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
