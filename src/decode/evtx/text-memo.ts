import type { ChunkBytes } from './chunk-bytes.ts'
import { utf16Text } from './value-text.ts'

/** Remembers the last text of a slot that seldom changes: a channel, a computer. Comparing bytes is cheaper than decoding. */
export class TextMemo {
  /** Its bytes. */
  #known = new DataView(new ArrayBuffer(0))
  #text = ''

  get(space: ChunkBytes, at: number, size: number): string {
    if (this.#isKnown(space.view, at, size)) return this.#text
    this.#known = new DataView(new Uint8Array(space.bytes.subarray(at, at + size)).buffer)
    this.#text = utf16Text(space.bytes, at, size)
    return this.#text
  }

  /** Four bytes at a time, because this is asked for every record. */
  #isKnown(view: DataView, at: number, size: number): boolean {
    const known = this.#known
    if (known.byteLength !== size) return false
    let i = 0
    for (; i + 4 <= size; i += 4) if (known.getUint32(i) !== view.getUint32(at + i)) return false
    for (; i < size; i++) if (known.getUint8(i) !== view.getUint8(at + i)) return false
    return true
  }
}
