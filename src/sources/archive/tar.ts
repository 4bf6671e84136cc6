/**
 * Where the members of a tar archive lie: 512-byte headers with name, size, checksum, type and prefix; long names as pax records
 * (`x`, with path and size) or GNU's own (`L`). Our own: the libraries hand out members as streams and do not tell where they lie,
 * which is needed to open one again in another thread.
 * Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Header Block"; GNU tar manual, "Basic Tar Format".
 */
export interface TarMember {
  readonly name: string
  /** Of its first byte in the tar. */
  readonly offset: number
  readonly size: number
}

const blockSize = 512
/** A name is not longer; a pax header that is, is passed over. */
const longestHeader = 1 << 20

export const TAR_SNIFF_SIZE = blockSize

/** Whether this begins with a header whose checksum is right. */
export function looksLikeTar(beginning: Buffer): boolean {
  return beginning.length >= blockSize && beginning[0] !== 0 && isHeader(beginning.subarray(0, blockSize))
}

function isHeader(block: Buffer): boolean {
  let sum = 0
  for (let i = 0; i < blockSize; i++) sum += i >= 148 && i < 156 ? 0x20 : (block[i] as number)
  return sum === numberIn(block, 148, 8)
}

/** Octal text, or from GNU tar a large number in base 256. NaN: neither. */
function numberIn(block: Buffer, at: number, length: number): number {
  if (((block[at] as number) & 0x80) !== 0) {
    let value = (block[at] as number) & 0x7f
    for (let i = at + 1; i < at + length; i++) value = value * 256 + (block[i] as number)
    return value
  }
  const text = block
    .toString('latin1', at, at + length)
    .replace(/[\0 ]+$/, '')
    .trimStart()
  return text === '' ? 0 : /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN
}

const textIn = (block: Buffer, at: number, length: number): string => {
  const end = block.indexOf(0, at)
  return block.toString('utf8', at, end < 0 || end > at + length ? at + length : end)
}

/** Takes a tar piece by piece and finds its regular files. `problem`: why the rest cannot be read; null while it can. */
export class TarMembers {
  problem: string | null = null
  readonly #telling: number
  readonly #found: (member: TarMember, beginning: Buffer) => void
  /** The member that is gone through, and what of its beginning has been met. */
  #open: { readonly member: TarMember; readonly parts: Buffer[]; missing: number } | null = null
  #offset = 0
  #rest: Buffer = Buffer.alloc(0)
  /** Bytes of content to pass over before the next header. */
  #pass = 0
  #long: { readonly type: string; size: number; readonly parts: Buffer[] } | null = null
  #name: string | null = null
  #size: number | null = null
  #isOver = false

  /** `found` is called for each member with its first `telling` bytes. */
  constructor(telling: number, found: (member: TarMember, beginning: Buffer) => void) {
    this.#telling = telling
    this.#found = found
  }

  push(piece: Buffer): void {
    if (this.#isOver) return
    let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece
    while (bytes.length > 0 && !this.#isOver) {
      if (this.#pass > 0) {
        const passed = Math.min(this.#pass, bytes.length)
        this.#look(bytes.subarray(0, passed))
        this.#pass -= passed
        this.#offset += passed
        bytes = bytes.subarray(passed)
        continue
      }
      if (this.#long && this.#long.size > 0) {
        const { parts } = this.#long
        parts.push(Buffer.from(bytes.subarray(0, this.#long.size)))
        const taken = Math.min(this.#long.size, bytes.length)
        this.#long.size -= taken
        this.#offset += taken
        bytes = bytes.subarray(taken)
        if (this.#long.size === 0) this.#take()
        continue
      }
      if (bytes.length < blockSize) break
      this.#header(bytes.subarray(0, blockSize))
      bytes = bytes.subarray(blockSize)
    }
    this.#rest = Buffer.from(bytes)
  }

  #look(bytes: Buffer): void {
    const open = this.#open
    if (!open) return
    const telling = bytes.subarray(0, open.missing)
    open.parts.push(Buffer.from(telling))
    open.missing -= telling.length
    if (open.missing === 0) this.#close()
  }

  #close(): void {
    const open = this.#open
    this.#open = null
    if (open) this.#found(open.member, Buffer.concat(open.parts))
  }

  end(): void {
    this.#close()
    if (this.problem === null && !this.#isOver && (this.#pass > 0 || this.#long !== null || this.#rest.length > 0))
      this.problem = `the tar ends inside a member, at byte ${this.#offset + this.#rest.length}`
  }

  #header(block: Buffer): void {
    const at = this.#offset
    this.#offset += blockSize
    if (block.every((byte) => byte === 0)) {
      this.#isOver = true
      return
    }
    const size = this.#size ?? numberIn(block, 124, 12)
    if (!isHeader(block) || !Number.isSafeInteger(size)) {
      this.problem = `no tar header at byte ${at}`
      this.#isOver = true
      return
    }
    const type = String.fromCharCode(block[156] as number)
    const padding = (blockSize - (size % blockSize)) % blockSize
    if (type === 'x' || type === 'L') {
      if (size > longestHeader) this.#pass = size + padding
      else this.#long = { type, size, parts: [] }
      this.#passAfter = padding
      if (size === 0) this.#long = null
      return
    }
    if (type === '0' || type === '\0' || type === '7') {
      const prefix = block.toString('latin1', 257, 262) === 'ustar' ? textIn(block, 345, 155) : ''
      const name = this.#name ?? (prefix ? `${prefix}/${textIn(block, 0, 100)}` : textIn(block, 0, 100))
      this.#open = { member: { name, offset: this.#offset, size }, parts: [], missing: Math.min(size, this.#telling) }
      if (size === 0) this.#close()
    }
    this.#name = null
    this.#size = null
    this.#pass = size + padding
  }

  #passAfter = 0

  /** A long name or a pax header is there whole. */
  #take(): void {
    const { type, parts } = this.#long as { type: string; parts: Buffer[] }
    const text = Buffer.concat(parts).toString('utf8')
    this.#long = null
    this.#pass = this.#passAfter
    if (type === 'L') {
      this.#name = text.replace(/\0[\s\S]*$/, '')
      return
    }
    for (const [key, value] of paxRecords(text)) {
      if (key === 'path') this.#name = value
      else if (key === 'size' && /^\d{1,15}$/.test(value)) this.#size = Number(value)
    }
  }
}

/** `length key=value\n`, where the length counts the whole record in bytes; names here are cut by the line ends instead. */
function* paxRecords(text: string): Generator<readonly [string, string]> {
  for (const line of text.split('\n')) {
    const record = /^\d+ ([^=]+)=(.*)$/s.exec(line)
    if (record) yield [record[1] as string, record[2] as string]
  }
}
