/** Days since 1970, UTC, on which something was seen for the first and for the last time. */
export interface Days {
  readonly first: number
  readonly last: number
}

export interface HostDays extends Days {
  /** `hostHash` of its name. */
  readonly host: string
}

/** Of each host 8 bytes of its hash, and its first and last day in 4 each, big-endian. */
const entry = 16

/** Hosts as they lie in a baseline's file, in the order of their hashes. They are read where they lie: there are millions. */
export class PackedHosts {
  readonly #view: DataView
  readonly length: number

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.length = Math.floor(bytes.byteLength / entry)
  }

  static of(hosts: readonly HostDays[]): PackedHosts {
    return new PackedHosts(bytesOf(hosts))
  }

  keyAt(index: number): number {
    return keyOf(this.#view.getUint32(index * entry), this.#view.getUint32(index * entry + 4))
  }
  firstAt(index: number): number {
    return this.#view.getUint32(index * entry + 8)
  }
  lastAt(index: number): number {
    return this.#view.getUint32(index * entry + 12)
  }

  /** Where the host stands; -1 where it is none of them. */
  placeOf(key: number): number {
    let [low, high] = [0, this.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const at = this.keyAt(middle)
      if (at === key) return middle
      if (at < key) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  unpacked(): HostDays[] {
    return Array.from({ length: this.length }, (_, n) => ({
      host: hex(this.#view.getUint32(n * entry)) + hex(this.#view.getUint32(n * entry + 4)),
      first: this.firstAt(n),
      last: this.lastAt(n),
    }))
  }
}

export function bytesOf(hosts: readonly HostDays[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(hosts.length * entry))
  hosts.forEach(({ host, first, last }, n) => {
    view.setUint32(n * entry, Number.parseInt(host.slice(0, 8), 16))
    view.setUint32(n * entry + 4, Number.parseInt(host.slice(8, 16), 16))
    view.setUint32(n * entry + 8, first)
    view.setUint32(n * entry + 12, last)
  })
  return new Uint8Array(view.buffer)
}

/** 52 bits of a host's hash as a number, which orders as the hash does: of a million hosts no two are likely to share them. */
export const hostKeyOf = (hash: string): number =>
  keyOf(Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(8, 16), 16))

const keyOf = (high: number, low: number): number => high * 2 ** 20 + (low >>> 12)
const hex = (number: number): string => number.toString(16).padStart(8, '0')
