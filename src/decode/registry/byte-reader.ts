import { counted } from '../../model/counted.ts'
import { Damage, hex } from './damage.ts'

/** Reads a blob from its beginning to its end; whatever would go past the end throws Damage. */
export class ByteReader {
  readonly #bytes: Buffer
  #at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#at = at
  }

  get at(): number {
    return this.#at
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  /** What follows, without moving on; undefined when there is less. */
  peekU16(ahead = 0): number | undefined {
    return ahead + 2 <= this.left ? this.#bytes.readUInt16LE(this.#at + ahead) : undefined
  }

  u8(what: string): number {
    return this.#bytes.readUInt8(this.#step(1, what))
  }

  u16(what: string): number {
    return this.#bytes.readUInt16LE(this.#step(2, what))
  }

  u32(what: string): number {
    return this.#bytes.readUInt32LE(this.#step(4, what))
  }

  bytes(length: number, what: string): Buffer {
    const from = this.#step(length, what)
    return this.#bytes.subarray(from, from + length)
  }

  /** UTF-16 of this many bytes, as it stands. */
  utf16(length: number, what: string): string {
    if (length % 2 !== 0) throw new Damage('unknown-layout', this.#at, `${what} has an odd number of bytes, ${length}`)
    return this.bytes(length, what).toString('utf16le')
  }

  skip(length: number, what: string): void {
    this.#step(length, what)
  }

  rest(): Buffer {
    return this.#bytes.subarray(this.#at)
  }

  #step(length: number, what: string): number {
    const from = this.#at
    if (length > this.left) {
      throw new Damage(
        'truncated',
        from,
        `${what} at ${hex(from)} needs ${counted(length, 'byte')}, of which ${this.left} are there`,
      )
    }
    this.#at = from + length
    return from
  }
}

/** `{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}`, the first three groups little-endian. Source: [MS-DTYP] 2.3.4. */
export function guidText(bytes: Buffer): string {
  const first = bytes.readUInt32LE(0).toString(16).padStart(8, '0')
  const second = bytes.readUInt16LE(4).toString(16).padStart(4, '0')
  const third = bytes.readUInt16LE(6).toString(16).padStart(4, '0')
  const rest = bytes.toString('hex', 8, 16)
  return `{${first}-${second}-${third}-${rest.slice(0, 4)}-${rest.slice(4)}}`.toUpperCase()
}

/** `S-1-5-…` of the bytes that begin here; undefined when there is no whole SID. Source: [MS-DTYP] 2.4.2.2. */
export function sidText(bytes: Buffer): string | undefined {
  const count = bytes[1]
  if (bytes[0] !== 1 || count === undefined || count > 15 || bytes.length < 8 + 4 * count) return undefined
  const parts = [bytes.readUIntBE(2, 6)]
  for (let index = 0; index < count; index++) parts.push(bytes.readUInt32LE(8 + 4 * index))
  return `S-1-${parts.join('-')}`
}
