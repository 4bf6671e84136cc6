import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Packed } from '../../engine/ports.ts'

/** Looked at together: the headers of small members lie close. */
const windowSize = 256 << 10

/** Bytes at any place of where an archive lies; short reads that are near each other cost one call to the system. */
export class BaseBytes {
  readonly size: number
  readonly #file: number | null
  readonly #memory: Buffer | null
  #window: Buffer = Buffer.alloc(0)
  #at = 0

  constructor(base: Packed['base']) {
    this.#file = 'path' in base ? openSync(base.path, 'r') : null
    this.#memory = 'path' in base ? null : Buffer.from(base.bytes)
    this.size = this.#memory?.length ?? fstatSync(this.#file as number).size
  }

  /** So many bytes, fewer at the end; valid until the next call. */
  read(at: number, size: number): Buffer {
    if (this.#memory) return this.#memory.subarray(at, at + size)
    if (at < this.#at || at + size > this.#at + this.#window.length) this.#fill(at, Math.max(size, windowSize))
    return this.#window.subarray(at - this.#at, at - this.#at + size)
  }

  #fill(at: number, size: number): void {
    const window = Buffer.allocUnsafe(size)
    this.#window = window.subarray(0, readSync(this.#file as number, window, 0, size, at))
    this.#at = at
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
  }
}
