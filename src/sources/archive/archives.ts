import { hiveFileKind } from '../../decode/registry/index.ts'
import type { Packed } from '../../engine/ports.ts'
import { Allowance, AllowanceSpent } from '../content/allowance.ts'
import { isGzip, PackingDamaged, PackingRefused } from '../content/gzip.ts'
import { beginningOf, unpacked } from '../content/packed.ts'
import { promiseOf } from '../promise.ts'
import { reasonOf } from '../reason.ts'
import { linkReason } from './links.ts'
import { MemberProblems } from './member-problems.ts'
import type { Keeping, Spool } from './spool.ts'
import { looksLikeTar, TAR_SNIFF_SIZE, type TarMember, TarMembers, type TarPart } from './tar.ts'
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
  /** Takes what is unpacked to tell the kind from what the archive may unpack to. */
  readonly spend: (bytes: number) => void
}

/** What tells the kind of a content. */
const telling = 256 << 10
/** Archives within archives within archives are nobody's evidence. */
const deepest = 2
const mostMembers = 200_000

export const isZstd = (beginning: Buffer): boolean => beginning.length >= 4 && beginning.readUInt32LE(0) === 0xfd2fb528

interface Archive {
  readonly name: string
  readonly path: string
  readonly place: string
  readonly depth: number
  readonly allowance: Allowance
}

/** Who takes what is found. */
export interface ArchiveTaker {
  /** Whether the content with this beginning may be something that is read. */
  mayMatter(place: string, beginning: Buffer): boolean
  /** True when it is something that will be read. */
  found(content: FoundContent): Promise<boolean>
  report(file: string, code: string, reason: string): void
  /** What nobody could read. */
  passedOver(name: string): void
}

/** Walks zip and tar archives, and what is packed with gzip or zstd, without unpacking more than is needed to tell kinds. */
export class Archives {
  readonly #taker: ArchiveTaker
  readonly #spool: Spool

  constructor(taker: ArchiveTaker, spool: Spool) {
    this.#taker = taker
    this.#spool = spool
  }

  /** False: the file is none of these. */
  async open(
    { name, path, bytes }: { readonly name: string; readonly path: string; readonly bytes: number },
    beginning: (size: number) => Buffer,
  ): Promise<boolean> {
    const first = beginning(TAR_SNIFF_SIZE)
    if (!isPacking(first)) return false
    const packed: Packed = { ...whole, base: { path }, length: bytes }
    const archive = { name, path, place: name, depth: 0, allowance: new Allowance(bytes) }
    await this.#try(archive, () => this.#open(archive, packed, first))
    return true
  }

  /** What this content is made of, if it is packed or an archive; itself, if it is neither. */
  async #open(archive: Archive, packed: Packed, beginning: Buffer): Promise<void> {
    const { name, depth, allowance } = archive
    if (!isPacking(beginning)) {
      // a hive is read at many places
      const own = hiveFileKind(beginning) === undefined ? packed : await this.#readable(archive, packed, false)
      const spend = (bytes: number) => allowance.take(bytes)
      const content = { packed: own, bytes: own.size ?? own.length, beginning, spend }
      const isTaken = await this.#taker.found({ ...archive, ...content })
      if (isTaken && own.method !== 'stored') allowance.take(await this.#sizeOf(own, depth))
      return
    }
    if (depth > deepest) {
      this.#taker.report(name, 'nested-too-deep', `archives are nested more than ${deepest} deep`)
      return
    }
    await this.#try(archive, async () => {
      if (looksLikeTar(beginning)) await this.#tar(archive, packed)
      else {
        const method = isGzip(beginning) ? 'gzip' : isZstd(beginning) ? 'zstd' : null
        const { base, start, length } = await this.#readable(archive, packed, method === null)
        if (method === null) await this.#zip(archive, base)
        else await this.#unpack(archive, { ...whole, base, start, length, method })
      }
    })
  }

  /** What a content unpacks to. A file that is packed by itself is bounded by its own size; of one in an archive it is counted. */
  async #sizeOf(packed: Packed, depth: number): Promise<number> {
    if (packed.size !== null) return packed.size
    let size = 0
    try {
      if (depth > 1) for await (const piece of unpacked(packed)) size += piece.length
    } catch (error) {
      // told by whoever reads it
      if (!(error instanceof PackingDamaged || error instanceof PackingRefused)) throw error
    }
    return size
  }

  /** Where the bytes can be read at any place: where they lie, or in the spool. `asFile`: from a file's beginning. */
  async #readable({ allowance }: Archive, packed: Packed, asFile: boolean): Promise<Packed> {
    const isAtOwnPlace = packed.start === 0 || !asFile
    if (packed.method === 'stored' && packed.skip === 0 && isAtOwnPlace) return packed
    const keeping = this.#spool.begin(asFile)
    try {
      for await (const piece of unpacked(packed)) {
        allowance.take(piece.length)
        keeping.write(piece)
      }
    } catch (error) {
      keeping.end()
      throw error
    }
    return keeping.end()
  }

  async #unpack(archive: Archive, packed: Packed): Promise<void> {
    const beginning = await beginningOf(packed, telling)
    archive.allowance.take(beginning.length)
    await this.#open({ ...archive, depth: archive.depth + 1 }, packed, beginning)
  }

  async #zip(archive: Archive, base: Packed['base']): Promise<void> {
    const unread = new MemberProblems()
    try {
      for await (const member of zipMembers(base, mostMembers)) {
        if (member.kind === 'damage') this.#taker.report(archive.name, 'bad-archive', member.reason)
        else if (member.kind === 'unreadable') unread.add(member.name, member.code, member.reason)
        else await this.#zipMember(inside(archive, member.name), member.packed)
      }
    } finally {
      this.#tellUnread(archive, unread)
    }
  }

  #zipMember(member: Archive, packed: Packed): Promise<void> {
    return this.#try(member, async () => {
      const beginning = await beginningOf(packed, telling)
      member.allowance.take(beginning.length)
      await this.#open(member, packed, beginning)
    })
  }

  #tellUnread(archive: Archive, unread: MemberProblems): void {
    unread.tell((member, code, reason) => {
      this.#taker.report(member === null ? archive.name : inside(archive, member).name, code, reason)
    })
  }

  /** What goes wrong with one is told, and the others are read; but when nothing more may be unpacked, that is told of the archive. */
  async #try({ name, depth }: Archive, open: () => Promise<void>): Promise<void> {
    try {
      await open()
    } catch (error) {
      if (!(error instanceof Error) || (error instanceof AllowanceSpent && depth > 0)) throw error
      this.#taker.report(name, error instanceof PackingRefused ? 'packed-too-well' : 'bad-archive', reasonOf(error))
    }
  }

  async #tar(archive: Archive, packed: Packed): Promise<void> {
    const tar = new TarMembers(telling)
    const reading = packed.method === 'stored' ? this.#placed(archive, packed) : this.#kept(archive)
    let damage: Error | null = null
    try {
      for await (const piece of unpacked(packed)) {
        if (packed.method !== 'stored') archive.allowance.take(piece.length)
        for (const part of tar.push(piece)) await reading(part)
      }
    } catch (error) {
      if (!(error instanceof PackingDamaged)) throw error
      damage = error
    }
    for (const part of tar.end()) await reading(part)
    const unread = new MemberProblems()
    for (const link of tar.links.leadingOut()) unread.add(link.name, 'link-not-followed', linkReason(link))
    for (const { name, type } of tar.unknown)
      unread.add(
        name,
        'unreadable-member',
        `a file of tar's type ${JSON.stringify(type)} (sparse, or a part), which is not read`,
      )
    for (const name of tar.specials) {
      const { name: full, place } = inside(archive, name)
      if (promiseOf(place) === null) this.#taker.passedOver(full)
      else unread.add(name, 'not-a-file', 'it is no file but a device or pipe')
    }
    this.#tellUnread(archive, unread)
    const problem = damage?.message ?? tar.problem
    if (problem !== null) this.#taker.report(archive.name, 'bad-archive', problem)
  }

  /** Takes the members of a tar that can be read where they lie. */
  #placed(archive: Archive, packed: Packed): (part: TarPart) => Promise<void> {
    const members = countedMembers()
    return async (part) => {
      if (part.kind !== 'beginning') return
      const { name, offset, size } = members(part.member)
      const place: Packed = { ...packed, start: packed.start + offset, length: size, size, crc: null }
      await this.#open(inside(archive, name), place, part.bytes)
    }
  }

  /** Takes the members of a packed tar: each that may matter is put aside, so that the tar is unpacked once and not for each of them. */
  #kept(archive: Archive): (part: TarPart) => Promise<void> {
    const members = countedMembers()
    let open: { readonly member: TarMember; readonly beginning: Buffer; readonly keeping: Keeping | null } | null = null
    return async (part) => {
      if (part.kind === 'more') open?.keeping?.write(part.bytes)
      else if (part.kind === 'beginning') {
        const member = members(part.member)
        const { place } = inside(archive, member.name)
        const isKept = isPacking(part.bytes) || this.#taker.mayMatter(place, part.bytes)
        open = { member, beginning: part.bytes, keeping: isKept ? this.#spool.begin(isZip(part.bytes)) : null }
        open.keeping?.write(part.bytes)
      } else if (open) {
        const { member, beginning, keeping } = open
        open = null
        const within = inside(archive, member.name)
        const kept = keeping?.end() ?? {
          ...whole,
          base: { bytes: new SharedArrayBuffer(0) },
          length: 0,
          size: member.size,
        }
        await this.#open(within, kept, beginning)
        if (part.missing > 0 && keeping) {
          const reason = `the archive ends ${part.missing} bytes before the end of this member`
          this.#taker.report(within.name, 'truncated', reason)
        }
      }
    }
  }
}

function countedMembers(): (member: TarMember) => TarMember {
  let count = 0
  return (member) => {
    if (++count > mostMembers) throw new Error(`more than ${mostMembers} members: the rest is not read`)
    return member
  }
}

const whole = { start: 0, method: 'stored', skip: 0, size: null, crc: null } as const

const isPacking = (beginning: Buffer): boolean =>
  isZip(beginning) || looksLikeTar(beginning) || isGzip(beginning) || isZstd(beginning)

const inside = ({ name, path, place, depth, allowance }: Archive, member: string): Archive => ({
  name: `${name}!${member}`,
  path,
  place: `${place}/${member}`,
  depth: depth + 1,
  allowance,
})
