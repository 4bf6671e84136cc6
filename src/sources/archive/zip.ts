import { inflateRawSync } from 'node:zlib'
import {
  type Entry,
  fromRandomAccessReader,
  getFileNameLowLevel,
  parseExtraFields,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl'
import type { Packed } from '../../engine/ports.ts'
import { BaseBytes } from './base-bytes.ts'
import { Links, linkReason } from './links.ts'
import { type LocalMember, localHeaderSize, localMembers } from './zip-salvage.ts'

/** A file in a zip: where it lies, or why it cannot be read; or what is wrong with the zip. */
export type ZipMember =
  | { readonly name: string; readonly kind: 'member'; readonly packed: Packed }
  | { readonly name: string; readonly kind: 'unreadable'; readonly code: string; readonly reason: string }
  | { readonly kind: 'damage'; readonly reason: string }

/** The header of a first member, or the end of a directory without any. */
const signatures: readonly number[] = [0x04034b50, 0x06054b50]

export const isZip = (beginning: Buffer): boolean =>
  beginning.length >= 4 && signatures.includes(beginning.readUInt32LE(0))

const methods: Readonly<Record<number, Packed['method']>> = { 0: 'stored', 8: 'deflate', 93: 'zstd' }

/**
 * The files of a zip, by its directory; where that is missing or damaged, by the headers before them. Names are only names: nothing is
 * ever written to them. Source: PKWARE APPNOTE 6.3.10, 4.3.12 (central directory), 4.4.4 (flags), 4.4.5 (methods), 4.4.15 (attributes).
 */
export async function* zipMembers(base: Packed['base'], most: number): AsyncGenerator<ZipMember> {
  const bytes = new BaseBytes(base)
  try {
    const { entries, damage } = await directoryOf(bytes, most)
    if (damage === null) yield* listedMembers(entries.slice(0, most), base, bytes)
    else yield* foundMembers(base, bytes, damage, most)
    if (entries.length > most) throw new Error(`more than ${most} members: the rest is not read`)
  } finally {
    bytes.close()
  }
}

function* listedMembers(entries: readonly Entry[], base: Packed['base'], bytes: BaseBytes): Generator<ZipMember> {
  const overlapping = overlappingEntries(entries)
  const links = new Links()
  for (const [index, entry] of entries.entries()) {
    const { generalPurposeBitFlag: flags, compressionMethod: method, compressedSize: length } = entry
    const name = getFileNameLowLevel(flags, entry.fileNameRaw, entry.extraFields, false)
    const start = overlapping.has(index) ? null : dataStart(entry, bytes)
    if (start === null) {
      const reason = overlapping.has(index)
        ? 'its bytes lie within those of another member'
        : 'there is no header where the directory says that it lies'
      yield { name, kind: 'unreadable', ...unreadable(reason) }
    } else if (isLink(entry)) links.link({ name, kind: 'symbolic', target: targetOf(entry, start, bytes) })
    else {
      links.file(name)
      const { uncompressedSize: size, crc32: crc } = entry
      yield memberOf(name, { flags, method, start, length, size, crc }, base)
    }
  }
  for (const link of links.leadingOut())
    yield { name: link.name, kind: 'unreadable', code: 'link-not-followed', reason: linkReason(link) }
}

function* foundMembers(base: Packed['base'], bytes: BaseBytes, damage: string, most: number): Generator<ZipMember> {
  const how = 'its members are found by the headers before their content, as far as they go'
  yield { kind: 'damage', reason: `${damage}: ${how}` }
  let count = 0
  for (const member of localMembers(bytes)) {
    if (member.name.at(-1) === slash) continue
    if (++count > most) throw new Error(`more than ${most} members: the rest is not read`)
    const name = nameOf(member)
    yield memberOf(name, member, base)
    // what is packed tells that by itself
    if (member.size === null && member.method === 0)
      yield { name, kind: 'unreadable', code: 'truncated', reason: 'the content ends too soon: the archive ends in it' }
  }
}

function nameOf({ flags, name, extra }: LocalMember): string {
  try {
    return getFileNameLowLevel(flags, name, parseExtraFields(extra), false)
  } catch {
    return getFileNameLowLevel(flags, name, [], false)
  }
}

/**
 * Members, by their place in the directory, whose bytes are also those of one that begins before them: so a few kilobytes become
 * gigabytes, and no tool that packs files writes them. A member has at least its header, its name and what is packed.
 */
function overlappingEntries(entries: readonly Entry[]): ReadonlySet<number> {
  const places = entries.map((entry, index) => {
    const begin = entry.relativeOffsetOfLocalHeader
    return { begin, end: begin + localHeaderSize + entry.fileNameRaw.length + entry.compressedSize, index }
  })
  const overlapping = new Set<number>()
  let end = 0
  for (const place of places.sort((a, b) => a.begin - b.begin || a.index - b.index)) {
    if (place.begin < end) overlapping.add(place.index)
    else end = place.end
  }
  return overlapping
}

const slash = 0x2f
const isFolder = ({ fileNameRaw }: Entry): boolean => fileNameRaw.at(-1) === slash

/** Systems whose attributes say in their upper half what stat(2) does: Unix and macOS. */
const unixes: readonly number[] = [3, 19]

/** Whether it stands for another file, as packed on Unix. */
const isLink = ({ versionMadeBy, externalFileAttributes }: Entry): boolean =>
  unixes.includes(versionMadeBy >> 8) && ((externalFileAttributes >>> 16) & 0xf000) === 0xa000

/** No path is longer on the systems that make such links. */
const longestTarget = 4096

function targetOf({ compressionMethod, compressedSize }: Entry, start: number, bytes: BaseBytes): string {
  const content = bytes.read(start, Math.min(compressedSize, longestTarget))
  try {
    return (compressionMethod === 8 ? inflateRawSync(content, { maxOutputLength: longestTarget }) : content).toString()
  } catch {
    return 'what cannot be unpacked'
  }
}

const unreadable = (reason: string) => ({ code: 'unreadable-member', reason })

type Place = Pick<LocalMember, 'flags' | 'method' | 'start' | 'length' | 'size' | 'crc'>

function memberOf(name: string, { flags, method: number, ...place }: Place, base: Packed['base']): ZipMember {
  if ((flags & 1) !== 0) return { name, kind: 'unreadable', ...unreadable('encrypted: no key is asked for') }
  const method = methods[number]
  if (method === undefined)
    return { name, kind: 'unreadable', ...unreadable(`packed by method ${number}, which is not known here`) }
  const { start, length, size, crc } = place
  return { name, kind: 'member', packed: { base, start, length, method, skip: 0, size, crc } }
}

const localSignature = 0x04034b50

/** Where an entry's content begins; null: no header is where it should be. */
function dataStart({ relativeOffsetOfLocalHeader: at }: Entry, bytes: BaseBytes): number | null {
  const header = bytes.read(at, localHeaderSize)
  if (header.length < localHeaderSize || header.readUInt32LE(0) !== localSignature) return null
  return at + localHeaderSize + header.readUInt16LE(26) + header.readUInt16LE(28)
}

const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false, autoClose: false } as const

/** Hands the library what it asks for out of a window, where it would ask the system twice for each entry. */
class WindowReader extends RandomAccessReader {
  readonly #bytes: BaseBytes

  constructor(bytes: BaseBytes) {
    super()
    this.#bytes = bytes
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, count: number) => void,
  ): void {
    try {
      const count = this.#bytes.read(position, length).copy(buffer, offset)
      queueMicrotask(() => callback(null, count)) // not at once: it asks for the next in it
    } catch (error) {
      queueMicrotask(() => callback(error as Error, 0))
    }
  }
}

const opened = (bytes: BaseBytes): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromRandomAccessReader(new WindowReader(bytes), bytes.size, options, (error, zip) =>
      zip ? resolve(zip) : reject(error),
    )
  })

/** The files that the directory lists, one more than `most` at most; `damage`: why it cannot be used, in a sentence. */
async function directoryOf(bytes: BaseBytes, most: number): Promise<{ entries: Entry[]; damage: string | null }> {
  let zip: ZipFile
  try {
    zip = await opened(bytes)
  } catch (error) {
    if (isOfSystem(error)) throw error
    return { entries: [], damage: 'the directory at the end of the zip is missing, as in one that was cut' }
  }
  const entries: Entry[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('end', resolve).on('error', reject)
      zip.on('entry', (entry: Entry) => {
        if (!isFolder(entry)) entries.push(entry)
        if (entries.length > most) resolve()
        else zip.readEntry()
      })
      zip.readEntry()
    })
    return { entries, damage: null }
  } catch (error) {
    if (isOfSystem(error)) throw error
    return { entries: [], damage: `the zip's directory is damaged after ${entries.length} of its entries` }
  } finally {
    zip.close()
  }
}

const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error
