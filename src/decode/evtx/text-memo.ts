import type { ChunkBytes } from './chunk-bytes.ts'
import { utf16Text } from './value-text.ts'

/** Remembers the last text of a slot that seldom changes: a channel, a computer. Comparing bytes is cheaper than decoding. */
export class TextMemo {
  #bytes = new Uint8Array(0)
  #text = ''

  get(space: ChunkBytes, at: number, size: number): string {
    const { bytes } = space
    const known = this.#bytes
    if (known.length === size) {
      let i = 0
      while (i < size && known[i] === bytes[at + i]) i++
      if (i === size) return this.#text
    }
    this.#bytes = new Uint8Array(bytes.subarray(at, at + size))
    this.#text = utf16Text(bytes, at, size)
    return this.#text
  }
}
