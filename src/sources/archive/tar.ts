import { Links } from './links.ts'

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
/** Windows has no longer path; a header that is longer is passed over. */
const longestHeader = 64 << 10

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

/** A member that is no file but stands for something: a device, a pipe. */
const special: readonly string[] = ['3', '4', '6']

/** Attributes of all that follow, and the volume's name. */
const silent: readonly string[] = ['g', 'V']

/** Of these a header may give the size of what they stand for. */
const withoutContent: readonly string[] = ['1', '2', '3', '4', '5', '6']

/** Members that are gone through at all, files or not. */
const mostNames = 1_000_000

/** A member as it comes: its beginning, what follows of it, and its end; each in the order of the tar. */
export type TarPart =
  | { readonly kind: 'beginning'; readonly member: TarMember; readonly bytes: Buffer }
  | { readonly kind: 'more'; readonly bytes: Buffer }
  /** `missing`: bytes that the tar ends before. */
  | { readonly kind: 'end'; readonly missing: number }

/** Takes a tar piece by piece and finds its regular files. `problem`: why the rest cannot be read; null while it can. */
export class TarMembers {
  problem: string | null = null
  readonly links = new Links()
  /** Names of devices and pipes. */
  readonly specials: string[] = []
  /** Files of another kind than plain ones: sparse, or continued from another volume. */
  readonly unknown: { readonly name: string; readonly type: string }[] = []
  readonly #telling: number
  /** The member that is gone through, and what of its beginning has been met. */
  #open: { readonly member: TarMember; readonly parts: Buffer[]; missing: number; left: number } | null = null
  #offset = 0
  #rest: Buffer = Buffer.alloc(0)
  /** Bytes of content to pass over before the next header. */
  #pass = 0
  #long: { readonly type: string; size: number; readonly parts: Buffer[] } | null = null
  #name: string | null = null
  #target: string | null = null
  #size: number | null = null
  #isOver = false

  /** The beginning of a member are its first `telling` bytes. */
  constructor(telling: number) {
    this.#telling = telling
  }

  /** The bytes of the parts are valid until the next piece. */
  *push(piece: Buffer): Generator<TarPart> {
    if (this.#isOver) return
    let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece
    while (bytes.length > 0 && !this.#isOver) {
      if (this.#pass > 0) {
        const passed = Math.min(this.#pass, bytes.length)
        yield* this.#look(bytes.subarray(0, passed))
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
      if (this.#open?.member.size === 0) yield* this.#close(0)
      bytes = bytes.subarray(blockSize)
    }
    this.#rest = Buffer.from(bytes)
  }

  *#look(bytes: Buffer): Generator<TarPart> {
    const open = this.#open
    if (!open) return
    const own = bytes.subarray(0, open.left)
    open.left -= own.length
    const telling = own.subarray(0, open.missing)
    if (telling.length > 0) {
      open.parts.push(Buffer.from(telling))
      open.missing -= telling.length
      if (open.missing === 0) yield { kind: 'beginning', member: open.member, bytes: Buffer.concat(open.parts) }
    }
    const more = own.subarray(telling.length)
    if (more.length > 0) yield { kind: 'more', bytes: more }
    if (open.left === 0) {
      this.#open = null
      yield { kind: 'end', missing: 0 }
    }
  }

  *#close(missing: number): Generator<TarPart> {
    const open = this.#open
    this.#open = null
    if (!open) return
    if (open.missing > 0 || open.member.size === 0)
      yield { kind: 'beginning', member: open.member, bytes: Buffer.concat(open.parts) }
    yield { kind: 'end', missing }
  }

  /** What there is of the last member where the tar ends too soon. */
  *end(): Generator<TarPart> {
    const isCut = this.#pass > 0 || this.#long !== null || this.#rest.length > 0
    yield* this.#close(this.#open?.left ?? 0)
    if (this.problem === null && !this.#isOver && isCut)
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
    if (type === 'x' || type === 'L' || type === 'K') {
      if (size > longestHeader) this.#pass = size + padding
      else this.#long = { type, size, parts: [] }
      this.#passAfter = padding
      if (size === 0) this.#long = null
      return
    }
    const prefix = block.toString('latin1', 257, 262) === 'ustar' ? textIn(block, 345, 155) : ''
    const name = this.#name ?? (prefix ? `${prefix}/${textIn(block, 0, 100)}` : textIn(block, 0, 100))
    const target = this.#target ?? textIn(block, 157, 100)
    const isFile = type === '0' || type === '\0' || type === '7'
    if (isFile || type === '5') this.links.file(name)
    else if (type === '1' || type === '2') this.links.link({ name, kind: type === '1' ? 'hard' : 'symbolic', target })
    else if (special.includes(type)) this.specials.push(name)
    else if (!silent.includes(type)) this.unknown.push({ name, type })
    if (this.links.count + this.specials.length + this.unknown.length > mostNames) {
      this.problem = `more than ${mostNames} members: the rest is not read`
      this.#isOver = true
      return
    }
    if (isFile) {
      const missing = Math.min(size, this.#telling)
      this.#open = { member: { name, offset: this.#offset, size }, parts: [], missing, left: size }
    }
    this.#name = null
    this.#target = null
    this.#size = null
    // what stands for something else has no content, whatever its header says
    this.#pass = isFile || !withoutContent.includes(type) ? size + padding : 0
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
    if (type === 'K') {
      this.#target = text.replace(/\0[\s\S]*$/, '')
      return
    }
    for (const [key, value] of paxRecords(text)) {
      if (key === 'path') this.#name = value
      else if (key === 'linkpath') this.#target = value
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
