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
  /** Per run: its length, how many bytes after it may differ, and the bytes of the name that follows (or NO_NAME). */
  readonly #runs: Int32Array
  /** The names' UTF-16 bytes, one after the other. */
  readonly #names: Uint8Array

  constructor(literal: Uint8Array, runs: Int32Array, names: Uint8Array) {
    this.#literal = literal
    this.#runs = runs
    this.#names = names
  }

  /** True when the definition whose body begins at `at` says the same as the one this was taken from. */
  matches(space: ChunkBytes, at: number, limit: number): boolean {
    const { bytes, view } = space
    const literal = this.#literal
    const runs = this.#runs
    const names = this.#names
    let here = at
    let from = 0
    let fromName = 0
    for (let run = 0; run < runs.length; run += 3) {
      const length = runs[run] as number
      if (here + length > limit) return false
      for (let i = 0; i < length; i++) if (bytes[here + i] !== literal[from + i]) return false
      from += length
      here += length + (runs[run + 1] as number)
      const nameLength = runs[run + 2] as number
      if (nameLength === NO_NAME) continue
      if (here + 4 > limit) return false
      const nameAt = view.getUint32(here, true)
      here += 4
      if (nameAt + NAME_HEADER_SIZE + nameLength > space.end) return false
      if (view.getUint16(nameAt + 6, true) * 2 !== nameLength) return false
      const text = nameAt + NAME_HEADER_SIZE
      for (let i = 0; i < nameLength; i++) if (bytes[text + i] !== names[fromName + i]) return false
      fromName += nameLength
      if (nameAt === here) here += NAME_HEADER_SIZE + nameLength + 2
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
    this.#end(at, 0, length)
    this.#names.push(this.#space.bytes.subarray(start, start + length))
    this.#from = next
  }

  take(end: number): Fingerprint {
    this.#end(end, 0, NO_NAME)
    return new Fingerprint(joined(this.#literal), Int32Array.from(this.#runs), joined(this.#names))
  }

  #end(at: number, skip: number, nameLength: number): void {
    this.#literal.push(this.#space.bytes.subarray(this.#from, at))
    this.#runs.push(at - this.#from, skip, nameLength)
  }
}

/** A copy: what is kept must not hold on to the chunk, whose buffer is used again. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
