import type { ChunkBytes } from './chunk-bytes.ts'
import { NAME_HEADER_SIZE } from './name.ts'

/** No name follows this run of bytes: it was only interrupted to skip something, or it is the last one. */
const NO_NAME = -1

/**
 * What makes two stored definitions the same although they stand in different chunks.
 * Names are referred to by chunk offset and stand inline where a chunk first uses them, and the sizes of elements and
 * attribute lists follow from that. So the bytes differ, while everything that is read from them is equal exactly when
 * the other bytes and the names are. Comparing costs about a microsecond; nothing rests on hashes or on the GUID,
 * which the writer of the file chooses.
 */
export class Fingerprint {
  /** Bytes that must be equal, run after run. */
  readonly #literal: Uint8Array
  /** Per run: its length, how many bytes after it may differ, and the name that follows (or NO_NAME). */
  readonly #runs: Int32Array
  /** The names' UTF-16 bytes. */
  readonly #names: readonly Uint8Array[]

  constructor(literal: Uint8Array, runs: Int32Array, names: readonly Uint8Array[]) {
    this.#literal = literal
    this.#runs = runs
    this.#names = names
  }

  /** True when the definition whose body begins at `at` says the same as the one this was taken from. */
  matches(space: ChunkBytes, at: number, limit: number): boolean {
    const { bytes, view } = space
    const literal = this.#literal
    const runs = this.#runs
    let here = at
    let from = 0
    for (let run = 0; run < runs.length; run += 3) {
      const length = runs[run] as number
      if (here + length > limit) return false
      for (let i = 0; i < length; i++) if (bytes[here + i] !== literal[from + i]) return false
      from += length
      here += length + (runs[run + 1] as number)
      const which = runs[run + 2] as number
      if (which === NO_NAME) continue
      if (here + 4 > limit) return false
      const name = this.#names[which] as Uint8Array
      const nameAt = view.getUint32(here, true)
      here += 4
      if (nameAt + NAME_HEADER_SIZE + name.length > space.end) return false
      if (view.getUint16(nameAt + 6, true) * 2 !== name.length) return false
      const text = nameAt + NAME_HEADER_SIZE
      for (let i = 0; i < name.length; i++) if (bytes[text + i] !== name[i]) return false
      if (nameAt === here) here += NAME_HEADER_SIZE + name.length + 2
    }
    return here <= limit
  }
}

/** Takes a fingerprint while a definition is parsed. */
export class FingerprintTaker {
  readonly #space: ChunkBytes
  readonly #literal: Uint8Array[] = []
  readonly #runs: number[] = []
  readonly #names: Uint8Array[] = []
  #from: number

  constructor(space: ChunkBytes, at: number) {
    this.#space = space
    this.#from = at
  }

  /** `count` bytes at `at` may differ in another chunk. */
  skip(at: number, count: number): void {
    this.#end(at, count, NO_NAME)
    this.#from = at + count
  }

  /** A name reference at `at` to the name entry at `nameAt`; the reader goes on at `next`. */
  name(at: number, nameAt: number, next: number): void {
    const start = nameAt + NAME_HEADER_SIZE
    const length = this.#space.view.getUint16(nameAt + 6, true) * 2
    this.#end(at, 0, this.#names.length)
    this.#names.push(new Uint8Array(this.#space.bytes.subarray(start, start + length)))
    this.#from = next
  }

  take(end: number): Fingerprint {
    this.#end(end, 0, NO_NAME)
    return new Fingerprint(new Uint8Array(Buffer.concat(this.#literal)), Int32Array.from(this.#runs), this.#names)
  }

  #end(at: number, skip: number, name: number): void {
    this.#literal.push(this.#space.bytes.subarray(this.#from, at))
    this.#runs.push(at - this.#from, skip, name)
  }
}
