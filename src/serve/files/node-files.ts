import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import type { FilePort, GrowingFile } from './file-port.ts'
import { makeFolderSure, syncNames } from './sync-names.ts'

class NodeFile implements GrowingFile {
  readonly #handle: Awaited<ReturnType<typeof open>>
  size: number

  constructor(handle: Awaited<ReturnType<typeof open>>, size: number) {
    this.#handle = handle
    this.size = size
  }

  async append(parts: readonly Uint8Array[]): Promise<void> {
    for (const some of within(parts, mostBuffers)) {
      let rest = some
      while (rest.length > 0) {
        const { bytesWritten } = await this.#handle.writev(rest, this.size)
        this.size += bytesWritten
        rest = after(rest, bytesWritten)
      }
    }
  }

  sync(): Promise<void> {
    return this.#handle.datasync()
  }

  async cut(size: number): Promise<void> {
    await this.#handle.truncate(size)
    this.size = size
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

/** What systems take at once. */
const mostBuffers = 1_000

function* within<T>(list: readonly T[], most: number): Generator<readonly T[]> {
  if (list.length <= most) yield list
  else for (let from = 0; from < list.length; from += most) yield list.slice(from, from + most)
}

/** What of these is left after so many bytes. */
function after(parts: readonly Uint8Array[], bytes: number): Uint8Array[] {
  const rest: Uint8Array[] = []
  let gone = bytes
  for (const part of parts) {
    if (gone >= part.length) gone -= part.length
    else {
      rest.push(part.subarray(gone))
      gone = 0
    }
  }
  return rest
}

/** The files of this machine. */
export const nodeFiles: FilePort = {
  async makeFolder(path) {
    makeFolderSure(path)
  },

  async list(folder) {
    return (await readdir(folder)).sort()
  },

  async grow(path) {
    // not in append mode: after a cut the place where it goes on is ours to say
    const handle = await open(path, 'r+').catch(() => open(path, 'wx+', 0o600))
    return new NodeFile(handle, (await handle.stat()).size)
  },

  read: (path) => readFile(path),

  rename,

  async remove(path) {
    await rm(path, { force: true })
  },

  async syncFolder(path) {
    syncNames(path)
  },
}
