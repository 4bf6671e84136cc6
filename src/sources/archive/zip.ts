import { type Entry, fromBuffer, getFileNameLowLevel, open, type ZipFile } from 'yauzl'
import type { Packed } from '../../engine/ports.ts'

/** A file in a zip: where it lies, or why it cannot be read. */
export type ZipMember =
  | { readonly name: string; readonly kind: 'member'; readonly packed: Packed }
  | { readonly name: string; readonly kind: 'unreadable'; readonly reason: string }

/** The header of a first member, or the end of a directory without any. */
const signatures: readonly number[] = [0x04034b50, 0x06054b50]

export const isZip = (beginning: Buffer): boolean =>
  beginning.length >= 4 && signatures.includes(beginning.readUInt32LE(0))

const methods: Readonly<Record<number, Packed['method']>> = { 0: 'stored', 8: 'deflate', 93: 'zstd' }

/**
 * The files of a zip, by its directory. Throws what is wrong with that. Names are only names: nothing is ever written to them.
 * Source: PKWARE APPNOTE 6.3.10, 4.3.12 (central directory), 4.4.4 (flags), 4.4.5 (methods).
 */
export async function* zipMembers(base: Packed['base'], most: number): AsyncGenerator<ZipMember> {
  const overlapping = await overlappingEntries(base, most)
  const zip = await opened(base)
  try {
    let count = 0
    for await (const entry of entriesOf(zip)) {
      const isOverlapping = overlapping.has(count)
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
      if (isFolder(entry)) continue
      if (++count > most) throw new Error(`more than ${most} members: the rest is not read`)
      if (isOverlapping) yield { name, kind: 'unreadable', reason: 'its bytes lie within those of another member' }
      else yield await memberOf(zip, base, entry, name)
    }
  } finally {
    zip.close()
  }
}

/** Of a local header before its name. */
const localHeaderSize = 30

/**
 * Members, by their count, whose bytes are also those of one that begins before them: so a few kilobytes become gigabytes, and no tool
 * that packs files writes them. A member has at least its header, its name and what is packed.
 */
async function overlappingEntries(base: Packed['base'], most: number): Promise<ReadonlySet<number>> {
  const places: { begin: number; end: number; count: number }[] = []
  const zip = await opened(base)
  try {
    for await (const entry of entriesOf(zip)) {
      if (isFolder(entry) || places.length >= most) continue
      const begin = entry.relativeOffsetOfLocalHeader
      const end = begin + localHeaderSize + entry.fileNameRaw.length + entry.compressedSize
      places.push({ begin, end, count: places.length })
    }
  } finally {
    zip.close()
  }
  const overlapping = new Set<number>()
  let end = 0
  for (const place of places.sort((a, b) => a.begin - b.begin || a.count - b.count)) {
    if (place.begin < end) overlapping.add(place.count)
    else end = place.end
  }
  return overlapping
}

const slash = 0x2f
const isFolder = ({ fileNameRaw }: Entry): boolean => fileNameRaw.at(-1) === slash

async function memberOf(zip: ZipFile, base: Packed['base'], entry: Entry, name: string): Promise<ZipMember> {
  const method = methods[entry.compressionMethod]
  if ((entry.generalPurposeBitFlag & 1) !== 0)
    return { name, kind: 'unreadable', reason: 'encrypted: no key is asked for' }
  if (method === undefined)
    return { name, kind: 'unreadable', reason: `packed by method ${entry.compressionMethod}, which is not known here` }
  try {
    const start = await dataStart(zip, entry)
    const packed = { start, length: entry.compressedSize, method, skip: 0, size: entry.uncompressedSize }
    return { name, kind: 'member', packed: { base, ...packed, crc: entry.crc32 } }
  } catch (error) {
    return { name, kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) }
  }
}

const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false, autoClose: false } as const

const opened = (base: Packed['base']): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    const done = (error: Error | null, zip?: ZipFile) => (zip ? resolve(zip) : reject(error))
    if ('path' in base) open(base.path, options, done)
    else fromBuffer(Buffer.from(base.bytes), options, done)
  })

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const settled = () => zip.off('entry', next).off('end', end).off('error', failed)
      const next = (found: Entry) => {
        settled()
        resolve(found)
      }
      const end = () => {
        settled()
        resolve(null)
      }
      const failed = (error: Error) => {
        settled()
        reject(error)
      }
      zip.on('entry', next).on('end', end).on('error', failed)
      zip.readEntry()
    })
    if (entry === null) return
    yield entry
  }
}

const dataStart = (zip: ZipFile, entry: Entry): Promise<number> =>
  new Promise((resolve, reject) => {
    zip.readLocalFileHeader(entry, { minimal: true }, (error, header) =>
      error ? reject(error) : resolve(header.fileDataStart),
    )
  })
