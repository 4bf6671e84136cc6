import { closeSync, openSync, writeSync } from 'node:fs'
import type { Packed } from '../../engine/ports.ts'

/** A place for what an archive holds and cannot be read where it lies: members of a packed tar, archives within archives. */
export interface Spool {
  /** Begins a content; what is written is kept when it is ended. `alone`: in a file of its own. One after the other. */
  begin(alone: boolean): Keeping
}

export interface Keeping {
  write(bytes: Buffer): void
  /** Where the content lies now. */
  end(): Packed
}

const stored = { method: 'stored', skip: 0, crc: null } as const

/** One after the other in a temporary file, so that a small archive cannot fill the memory. Throws what the system does. */
export class FileSpool implements Spool {
  readonly #newFile: () => string
  #shared: { readonly path: string; readonly file: number; size: number } | null = null

  constructor(newFile: () => string) {
    this.#newFile = newFile
  }

  begin(alone: boolean): Keeping {
    if (!alone) this.#shared ??= this.#open()
    const own = (alone ? null : this.#shared) ?? this.#open()
    const start = own.size
    return {
      write: (bytes) => {
        for (let done = 0; done < bytes.length; ) done += writeSync(own.file, bytes, done)
        own.size += bytes.length
      },
      end: () => {
        if (alone) closeSync(own.file)
        const length = own.size - start
        return { ...stored, base: { path: own.path }, start, length, size: length }
      },
    }
  }

  #open() {
    const path = this.#newFile()
    return { path, file: openSync(path, 'ax', 0o600), size: 0 }
  }
}

/** The same in memory that threads share, for whoever has no place for files. */
export class MemorySpool implements Spool {
  begin(): Keeping {
    const parts: Buffer[] = []
    return {
      write: (bytes) => parts.push(Buffer.from(bytes)),
      end: () => {
        const length = parts.reduce((sum, part) => sum + part.length, 0)
        const bytes = new SharedArrayBuffer(length)
        const view = Buffer.from(bytes)
        let at = 0
        for (const part of parts) at += part.copy(view, at)
        return { ...stored, base: { bytes }, start: 0, length, size: length }
      },
    }
  }
}
