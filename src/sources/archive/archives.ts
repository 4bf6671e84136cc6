import type { Packed } from '../../engine/ports.ts'
import { isGzip, PackingRefused } from '../content/gzip.ts'
import { reasonOf } from '../reason.ts'
import { beginningOf, inMemory, unpacked } from './packed.ts'
import { looksLikeTar, TAR_SNIFF_SIZE, type TarMember, TarMembers } from './tar.ts'
import { isZip, zipMembers } from './zip.ts'

/** Something within an archive, or packed by itself, of which the kind is still to be told. */
export interface FoundContent {
  readonly name: string
  /** The file on disk. */
  readonly path: string
  readonly place: string
  readonly packed: Packed
  readonly bytes: number
  readonly beginning: Buffer
}

/** What tells the kind of a content. */
const telling = 256 << 10
/** An archive within an archive is kept in memory to be walked, unless it can be read where it lies. */
const largestNested = 128 << 20
/** Archives within archives within archives are nobody's evidence. */
const deepest = 2
const mostMembers = 200_000
/** Members of a packed tar that are so small that their beginning is all of them are kept, up to so many bytes together. */
const mostKept = 256 << 20

export const isZstd = (beginning: Buffer): boolean => beginning.length >= 4 && beginning.readUInt32LE(0) === 0xfd2fb528

interface Archive {
  readonly name: string
  readonly path: string
  readonly place: string
  readonly depth: number
}

/** Walks zip and tar archives, and what is packed with gzip or zstd, without unpacking more than is needed to tell kinds. */
export class Archives {
  readonly #found: (content: FoundContent) => void
  readonly #report: (file: string, code: string, reason: string) => void
  #kept = 0

  constructor(found: (content: FoundContent) => void, report: (file: string, code: string, reason: string) => void) {
    this.#found = found
    this.#report = report
  }

  /** False: the file is none of these. */
  async open(
    { name, path, bytes }: { readonly name: string; readonly path: string; readonly bytes: number },
    beginning: (size: number) => Buffer,
  ): Promise<boolean> {
    const first = beginning(TAR_SNIFF_SIZE)
    const packed: Packed = { ...whole, base: { path }, length: bytes }
    const archive = { name, path, place: name, depth: 0 }
    if (!isZip(first) && !looksLikeTar(first) && !isGzip(first) && !isZstd(first)) return false
    await this.#open(archive, packed, first)
    return true
  }

  /** What this content is made of, if it is packed or an archive; itself, if it is neither. */
  async #open(archive: Archive, packed: Packed, beginning: Buffer): Promise<void> {
    const { name, depth } = archive
    const isTar = looksLikeTar(beginning)
    const method = isGzip(beginning) ? 'gzip' : isZstd(beginning) ? 'zstd' : null
    if (!isZip(beginning) && !isTar && method === null) {
      this.#found({ ...archive, packed, bytes: packed.size ?? packed.length, beginning })
      return
    }
    if (depth > deepest) {
      this.#report(name, 'nested-too-deep', `archives are nested more than ${deepest} deep`)
      return
    }
    await this.#try(archive, async () => {
      if (isTar) await this.#tar(archive, packed)
      else if (method !== null) await this.#unpack(archive, await this.#readable(packed), method)
      else await this.#zip(archive, await this.#readable(packed))
    })
  }

  /** Where the bytes can be read at any place: where they lie, or in memory. */
  async #readable(packed: Packed): Promise<Packed> {
    if (packed.method === 'stored' && packed.skip === 0 && (packed.start === 0 || !('path' in packed.base)))
      return packed
    const bytes = await inMemory(packed, largestNested)
    return { ...whole, base: { bytes }, length: bytes.byteLength }
  }

  async #unpack(archive: Archive, { base, start, length }: Packed, method: 'gzip' | 'zstd'): Promise<void> {
    const packed: Packed = { ...whole, base, start, length, method }
    const beginning = await beginningOf(packed, telling)
    const depth = archive.depth + 1
    await this.#open({ ...archive, depth }, packed, beginning)
  }

  async #zip(archive: Archive, { base }: Packed): Promise<void> {
    for await (const member of zipMembers(base, mostMembers)) {
      const within = inside(archive, member.name)
      if (member.kind === 'unreadable') this.#report(within.name, 'unreadable-member', member.reason)
      else
        await this.#try(within, async () =>
          this.#open(within, member.packed, await beginningOf(member.packed, telling)),
        )
    }
  }

  /** What goes wrong with one is told, and the others are read. */
  async #try({ name }: Archive, open: () => Promise<void>): Promise<void> {
    try {
      await open()
    } catch (error) {
      if (!(error instanceof Error)) throw error
      this.#report(name, error instanceof PackingRefused ? 'packed-too-well' : 'bad-archive', reasonOf(error))
    }
  }

  async #tar(archive: Archive, packed: Packed): Promise<void> {
    const members: { member: TarMember; beginning: Buffer }[] = []
    const tar = new TarMembers(telling, (member, beginning) => members.push({ member, beginning }))
    const tellAll = async () => {
      for (const { member, beginning } of members.splice(0)) {
        await this.#open(inside(archive, member.name), this.#within(packed, member, beginning), beginning)
      }
    }
    let count = 0
    for await (const piece of unpacked(packed)) {
      tar.push(piece)
      count += members.length
      if (count > mostMembers) throw new Error(`more than ${mostMembers} members: the rest is not read`)
      // to the end, also behind the last member: the checksum of what is packed stands there
      await tellAll()
    }
    tar.end()
    await tellAll()
    if (tar.problem !== null) this.#report(archive.name, 'bad-archive', tar.problem)
  }

  #within(packed: Packed, { offset, size }: TarMember, beginning: Buffer): Packed {
    if (packed.method === 'stored') return { ...packed, start: packed.start + offset, length: size, size, crc: null }
    if (beginning.length === size && this.#kept + size <= mostKept) {
      this.#kept += size
      const bytes = new SharedArrayBuffer(size)
      beginning.copy(Buffer.from(bytes))
      return { ...whole, base: { bytes }, length: size, size }
    }
    return { ...packed, skip: packed.skip + offset, size, crc: null }
  }
}

const whole = { start: 0, method: 'stored', skip: 0, size: null, crc: null } as const

const inside = ({ name, path, place, depth }: Archive, member: string): Archive => ({
  name: `${name}!${member}`,
  path,
  place: `${place}/${member}`,
  depth: depth + 1,
})
