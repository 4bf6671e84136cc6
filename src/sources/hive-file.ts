import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { HiveBytes, HiveFile } from '../decode/registry/index.ts'
import type { Packed } from '../engine/ports.ts'

/** Cells that belong together lie near each other: a page holds some, and is read in one call. */
const PAGE = 16 * 1024
/** 8 MB: more than the TaskCache of a host needs, and no matter beside the rest of the process. */
const PAGES_KEPT = 512

/** A hive's file that is open until it is closed. Reading throws what the system throws (an I/O error). */
export class OpenHiveFile implements HiveBytes {
  readonly size: number
  readonly #file: number
  readonly #start: number
  /** In the order of their last use. A page is never changed, so that what was handed out of it stays valid. */
  readonly #pages = new Map<number, Buffer>()
  #bytesRead = 0

  /** `range`: where it lies in the file, when it is not all of it. */
  constructor(path: string, range?: { readonly start: number; readonly length: number }) {
    this.#file = openSync(path, 'r')
    this.#start = range?.start ?? 0
    this.size = range?.length ?? fstatSync(this.#file).size
  }

  /** How many bytes were read from the file. */
  get bytesRead(): number {
    return this.#bytesRead
  }

  read(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, this.size)
    if (end <= offset) return Buffer.alloc(0)
    const first = Math.floor(offset / PAGE)
    const last = Math.floor((end - 1) / PAGE)
    if (first === last) return this.#page(first).subarray(offset - first * PAGE, end - first * PAGE)
    const joined = Buffer.alloc(end - offset)
    let done = 0
    for (let index = first; index <= last; index++) {
      const page = this.#page(index)
      done += page.copy(joined, done, index === first ? offset - first * PAGE : 0, end - index * PAGE)
    }
    return done === joined.length ? joined : joined.subarray(0, done)
  }

  close(): void {
    this.#pages.clear()
    closeSync(this.#file)
  }

  #page(index: number): Buffer {
    let page = this.#pages.get(index)
    if (page === undefined) {
      page = this.#load(index)
      if (this.#pages.size >= PAGES_KEPT) this.#pages.delete(this.#pages.keys().next().value as number)
    } else this.#pages.delete(index)
    this.#pages.set(index, page)
    return page
  }

  #load(index: number): Buffer {
    const page = Buffer.allocUnsafeSlow(Math.min(PAGE, this.size - index * PAGE))
    let got = 0
    while (got < page.length) {
      const count = readSync(this.#file, page, got, page.length - got, this.#start + index * PAGE + got)
      if (count === 0) break // the file became shorter since it was opened
      got += count
    }
    this.#bytesRead += got
    return page.subarray(0, got)
  }
}

const inOneBuffer = (bytes: Buffer): HiveBytes => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, Math.min(offset + length, bytes.length)),
})

interface PlacedFile {
  readonly path: string
  readonly name: string
  readonly packed?: Packed | null
}

/** Opens a hive and its logs, which within an archive were put where they can be read at any place, for as long as `use` runs. */
export function withHiveFiles<T>(
  hive: PlacedFile,
  logs: readonly PlacedFile[],
  use: (hive: HiveFile, logs: readonly HiveFile[]) => T,
): T {
  const open: OpenHiveFile[] = []
  const opened = ({ path, name, packed }: PlacedFile): HiveFile => {
    const base = packed?.base ?? { path }
    if ('bytes' in base) {
      const { start, length } = packed as Packed
      return { file: name, bytes: inOneBuffer(Buffer.from(base.bytes, start, length)) }
    }
    const bytes = new OpenHiveFile(base.path, packed ?? undefined)
    open.push(bytes)
    return { file: name, bytes }
  }
  try {
    return use(opened(hive), logs.map(opened))
  } finally {
    for (const file of open) file.close()
  }
}
