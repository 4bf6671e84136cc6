import type { FilePort, GrowingFile } from '../../src/serve/files/file-port.ts'

/** What a file has: all that was written, and how much of it the disk has for sure. */
interface Content {
  bytes: Buffer
  sure: Buffer
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Thrown by everything after the kill. */
export class Killed extends Error {}

/**
 * Files in memory that keep for sure only what was synced, as a machine does that loses power: `afterKill` gives what is found then. What was
 * written to a file and not synced is there up to some place, may be damaged after another, or is not there at all; names that were made,
 * changed or taken away and not synced are as they were, or not. Each thing that is asked for counts as a step, and `killAt` is the last.
 */
export class ForgetfulFiles implements FilePort {
  /** By path: as the running system sees it, and as the disk has it for sure. */
  readonly #names = new Map<string, Content>()
  readonly #sureNames = new Map<string, Content>()
  readonly #random: () => number
  #steps = 0
  #tell: () => void = () => {}
  killAt = Number.POSITIVE_INFINITY
  /** Bytes that the disk takes before it is full. */
  room = Number.POSITIVE_INFINITY

  constructor(seed: number) {
    this.#random = randomFrom(seed)
  }

  get steps(): number {
    return this.#steps
  }

  get isKilled(): boolean {
    return this.#steps > this.killAt
  }

  /** Settles at the kill. */
  readonly killed: Promise<void> = new Promise((done) => {
    this.#tell = done
  })

  /** A step of somebody else who is killed with the files. */
  step(): void {
    if (++this.#steps <= this.killAt) return
    this.#tell()
    throw new Killed(`killed at step ${this.killAt}`)
  }

  async makeFolder(): Promise<void> {}

  async list(folder: string): Promise<string[]> {
    const within = `${folder}/`
    return [...this.#names.keys()]
      .filter((path) => path.startsWith(within))
      .map((path) => path.slice(within.length))
      .sort()
  }

  async grow(path: string): Promise<GrowingFile> {
    this.step()
    let content = this.#names.get(path)
    if (!content) {
      content = { bytes: Buffer.alloc(0), sure: Buffer.alloc(0) }
      this.#names.set(path, content)
    }
    return new ForgetfulFile(this, content)
  }

  async read(path: string): Promise<Uint8Array> {
    const content = this.#names.get(path)
    if (!content) throw new Error(`ENOENT: ${path}`)
    return Buffer.from(content.bytes)
  }

  async rename(from: string, to: string): Promise<void> {
    this.step()
    const content = this.#names.get(from)
    if (!content) throw new Error(`ENOENT: ${from}`)
    this.#names.delete(from)
    this.#names.set(to, content)
  }

  async remove(path: string): Promise<void> {
    this.step()
    const content = this.#names.get(path)
    if (content) this.room += content.bytes.length
    this.#names.delete(path)
  }

  async syncFolder(folder: string): Promise<void> {
    this.step()
    const within = `${folder}/`
    for (const path of this.#sureNames.keys()) if (path.startsWith(within)) this.#sureNames.delete(path)
    for (const [path, content] of this.#names) if (path.startsWith(within)) this.#sureNames.set(path, content)
  }

  /** Takes bytes where there is room for them; those for which there is none are missing. */
  spend(bytes: number): number {
    const taken = Math.min(bytes, this.room)
    this.room -= taken
    return taken
  }

  /** What is found when the machine starts again. */
  afterKill(seed: number): ForgetfulFiles {
    const found = new ForgetfulFiles(seed)
    for (const path of new Set([...this.#names.keys(), ...this.#sureNames.keys()])) {
      const [now, sure] = [this.#names.get(path), this.#sureNames.get(path)]
      const content = now === sure || this.#random() < 0.5 ? now : sure
      if (content) found.#put(path, this.#remembered(content))
    }
    return found
  }

  #put(path: string, bytes: Buffer): void {
    const content = { bytes, sure: bytes }
    this.#names.set(path, content)
    this.#sureNames.set(path, content)
  }

  #remembered({ bytes, sure }: Content): Buffer {
    const chance = this.#random()
    if (chance < 0.25) return sure
    if (chance < 0.5) return bytes
    // as far as both are the same nothing can be lost; what came after is torn
    const same = bytes.length >= sure.length && bytes.subarray(0, sure.length).equals(sure) ? sure.length : 0
    const unsure = bytes.length - same
    const torn = Buffer.from(bytes.subarray(0, same + Math.floor(this.#random() * (unsure + 1))))
    // pages come to the disk in any order: one that did not is zeros
    if (chance < 0.75 && torn.length > same) {
      const from = same + Math.floor(this.#random() * (torn.length - same))
      torn.fill(0, from, Math.min(torn.length, from + 1 + Math.floor(this.#random() * 64)))
    }
    return same === 0 && sure.length > 0 ? (chance < 0.6 ? sure : bytes) : torn
  }
}

class ForgetfulFile implements GrowingFile {
  readonly #files: ForgetfulFiles
  readonly #content: Content

  constructor(files: ForgetfulFiles, content: Content) {
    this.#files = files
    this.#content = content
  }

  get size(): number {
    return this.#content.bytes.length
  }

  async append(parts: readonly Uint8Array[]): Promise<void> {
    this.#files.step()
    const added = Buffer.concat(parts)
    const taken = this.#files.spend(added.length)
    this.#content.bytes = Buffer.concat([this.#content.bytes, added.subarray(0, taken)])
    if (taken < added.length) throw new Error('ENOSPC: no space left on device, write')
  }

  async sync(): Promise<void> {
    this.#files.step()
    this.#content.sure = this.#content.bytes
  }

  async cut(size: number): Promise<void> {
    this.#files.step()
    this.#files.room += this.#content.bytes.length - size
    this.#content.bytes = this.#content.bytes.subarray(0, size)
  }

  async close(): Promise<void> {}
}
