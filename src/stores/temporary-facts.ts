import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import type { PackedFacts, Spool } from '../engine/ports.ts'

/** Where each block lies: offset, count of facts, bytes of numbers, bytes of texts. */
type Place = readonly [offset: number, count: number, numbers: number, texts: number]

/** Where a spool lies, for another thread that is to read it. */
export interface SpoolIndex {
  readonly path: string
  readonly places: readonly Place[]
}

/** Packed facts in a temporary file. It lives in a folder of this process alone, which is removed at the end. */
export class TemporaryFacts implements Spool {
  readonly #path: string
  readonly #places: Place[]
  #file: number | null = null
  #end = 0

  constructor(path: string, places: readonly Place[] = []) {
    this.#path = path
    this.#places = [...places]
  }

  get index(): SpoolIndex {
    return { path: this.#path, places: this.#places }
  }

  write({ count, numbers, texts }: PackedFacts): number {
    this.#file ??= openSync(this.#path, 'wx+', 0o600)
    const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)
    const place: Place = [this.#end, count, bytes.length, texts.length]
    this.#put(bytes)
    this.#put(texts)
    this.#places.push(place)
    return this.#places.length - 1
  }

  read(handle: number): PackedFacts {
    const place = this.#places[handle]
    if (!place) throw new RangeError(`no block ${handle} in the spool`)
    const [offset, count, numbers, texts] = place
    this.#file ??= openSync(this.#path, 'r')
    const numberBytes = this.#get(offset, numbers)
    return { count, numbers: new Float64Array(numberBytes.buffer), texts: this.#get(offset + numbers, texts) }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }

  #put(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(this.#file as number, bytes, written, bytes.length - written, this.#end + written)
    }
    this.#end += bytes.length
  }

  #get(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length)
    for (let got = 0; got < length; ) {
      const count = readSync(this.#file as number, bytes, got, length - got, offset + got)
      if (count === 0) throw new Error(`the temporary file ${this.#path} is cut`)
      got += count
    }
    return bytes
  }
}
