import type { ChunkBytes } from './chunk-bytes.ts'

/** ASCII strings to look for in UTF-16 bytes, in any case, without decoding them. */
export class Needles {
  /** Each in lower case, as bytes. */
  readonly #needles: readonly Uint8Array[]
  /** 1 for every byte, in either case, that one of them begins with. */
  readonly #first = new Uint8Array(256)
  readonly #shortest: number

  constructor(texts: readonly string[]) {
    this.#needles = texts.map((text) => new Uint8Array(Buffer.from(text.toLowerCase(), 'latin1')))
    for (const text of texts) {
      this.#first[text.toLowerCase().charCodeAt(0)] = 1
      this.#first[text.toUpperCase().charCodeAt(0)] = 1
    }
    // biome-ignore lint/plugin: the words are the normalizers’
    this.#shortest = Math.min(...texts.map((text) => text.length))
  }

  /** True when the UTF-16 text of `size` bytes at `at` contains one of them. */
  isIn(space: ChunkBytes, at: number, size: number): boolean {
    const { bytes } = space
    const first = this.#first
    const end = at + (size & ~1)
    const last = end - 2 * this.#shortest
    for (let here = at; here <= last; here += 2) {
      if (first[bytes[here] as number] === 1 && bytes[here + 1] === 0 && this.#beginsAt(bytes, here, end)) return true
    }
    return this.#shortest === 0
  }

  #beginsAt(bytes: Buffer, at: number, end: number): boolean {
    for (const needle of this.#needles) {
      if (at + 2 * needle.length > end) continue
      let i = 0
      while (i < needle.length && bytes[at + 2 * i + 1] === 0 && lower(bytes[at + 2 * i] as number) === needle[i]) i++
      if (i === needle.length) return true
    }
    return false
  }
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
}
