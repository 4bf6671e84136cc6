import type { Instant } from '../../model/time.ts'
import { writeFileTime } from '../evtx-writer/value.ts'
import { BASE_BLOCK_SIZE, baseBlock } from './base-block.ts'
import { Bins } from './bins.ts'
import type { LabKey, LabRegistryValue, SubkeyList } from './lab-key.ts'
import { securityDescriptor } from './security-descriptor.ts'

export interface HiveOptions {
  /** The path that stands in the base block. */
  readonly name?: string
  readonly lastWritten?: Instant
  /** 5 as Windows XP and later write; 3 knows neither `lh` nor values in pieces. */
  readonly minorVersion?: number
  /** The kind of the lists of subkeys, where a key does not say. */
  readonly list?: SubkeyList
  /** Keys in one list; more are put into several under a list of lists (`ri`). */
  readonly longestList?: number
  /** Empty space after every key, in bytes: a hive that was used for years has its keys far from each other. */
  readonly gap?: number
  /** The two sequence numbers: a hive that was being written has different ones. */
  readonly sequence?: readonly [primary: number, secondary: number]
}

const NOWHERE = 0xffff_ffff
const INLINE = 0x8000_0000
const BIG_DATA_SEGMENT = 16_344
const KEY_HEADER = 76
const VALUE_HEADER = 20
const ROOT_FLAGS = 0x0c // the root, not to be deleted
const COMPRESSED_KEY = 0x20
const COMPRESSED_VALUE = 1
/** Windows begins a new list at about this many. */
const USUAL_LONGEST_LIST = 1012

const DEFAULT_SECURITY = securityDescriptor('S-1-5-32-544', [
  { type: 'allow', sid: 'S-1-5-18', mask: 0xf003f, flags: 2 },
  { type: 'allow', sid: 'S-1-5-32-544', mask: 0xf003f, flags: 2 },
  { type: 'allow', sid: 'S-1-5-32-545', mask: 0x20019, flags: 2 },
])

/**
 * One hive as Windows would write it, in memory: no more than the keys given, no log, every checksum right.
 * Source: msuhanov, "Windows registry file format specification".
 */
export function hiveBytes(root: LabKey, options: HiveOptions = {}): Buffer {
  const lastWritten = options.lastWritten ?? root.lastWritten
  const writer = new HiveWriter(options, lastWritten)
  const rootOffset = writer.key(root, null)
  const bins = writer.end()
  const [primarySequence, secondarySequence] = options.sequence ?? [1, 1]
  const block = baseBlock({
    primarySequence,
    secondarySequence,
    lastWritten,
    minorVersion: options.minorVersion ?? 5,
    fileType: 0,
    rootOffset,
    binsSize: bins.length,
    name: options.name ?? '\\SystemRoot\\System32\\Config\\SOFTWARE',
  })
  const file = Buffer.allocUnsafe(BASE_BLOCK_SIZE + bins.length)
  block.copy(file)
  bins.copy(file, BASE_BLOCK_SIZE)
  return file
}

class HiveWriter {
  readonly #bins: Bins
  readonly #options: HiveOptions
  #security = NOWHERE
  #keys = 0

  constructor(options: HiveOptions, created: Instant) {
    this.#options = options
    this.#bins = new Bins(created)
  }

  /** Writes a key and all below it and returns the offset of its cell. */
  key(key: LabKey, parent: number | null): number {
    const compressed = isLatin1(key.name)
    const name = Buffer.from(key.name, compressed ? 'latin1' : 'utf16le')
    const cell = this.#bins.allocate(KEY_HEADER + name.length)
    if (parent === null) this.#addSecurity()
    this.#keys += 1
    const values = key.values ?? []
    const subkeys = [...(key.subkeys ?? [])].sort((a, b) => compare(upper(a.name), upper(b.name)))
    const valueList = values.length === 0 ? NOWHERE : this.#valueList(values)
    const below = subkeys.map((subkey) => this.key(subkey, cell))
    const list = subkeys.length === 0 ? NOWHERE : this.#lists(subkeys, below, key.list ?? this.#options.list ?? 'lh')
    const bytes = this.#bins.content(cell)
    bytes.write('nk', 0, 'latin1')
    bytes.writeUInt16LE((parent === null ? ROOT_FLAGS : 0) | (compressed ? COMPRESSED_KEY : 0), 2)
    writeFileTime(bytes, 4, key.lastWritten)
    bytes.writeUInt32LE(parent ?? 0, 16)
    bytes.writeUInt32LE(subkeys.length, 20)
    bytes.writeUInt32LE(list, 28)
    bytes.writeUInt32LE(NOWHERE, 32)
    bytes.writeUInt32LE(values.length, 36)
    bytes.writeUInt32LE(valueList, 40)
    bytes.writeUInt32LE(this.#security, 44)
    bytes.writeUInt32LE(NOWHERE, 48)
    bytes.writeUInt32LE(longest(subkeys.map((subkey) => subkey.name.length * 2)), 52)
    bytes.writeUInt32LE(longest(values.map((value) => value.name.length * 2)), 60)
    bytes.writeUInt32LE(longest(values.map((value) => value.data.length)), 64)
    bytes.writeUInt16LE(name.length, 72)
    name.copy(bytes, KEY_HEADER)
    if (this.#options.gap !== undefined) this.#bins.skip(this.#options.gap)
    return cell
  }

  end(): Buffer {
    this.#bins.content(this.#security).writeUInt32LE(this.#keys, 12)
    return this.#bins.end()
  }

  /** One descriptor for all keys: a list of one that points at itself. */
  #addSecurity(): void {
    const content = Buffer.alloc(20 + DEFAULT_SECURITY.length)
    content.write('sk', 0, 'latin1')
    content.writeUInt32LE(DEFAULT_SECURITY.length, 16)
    DEFAULT_SECURITY.copy(content, 20)
    this.#security = this.#bins.add(content)
    this.#bins.content(this.#security).writeUInt32LE(this.#security, 4)
    this.#bins.content(this.#security).writeUInt32LE(this.#security, 8)
  }

  #valueList(values: readonly LabRegistryValue[]): number {
    return this.#offsets(values.map((value) => this.#value(value)))
  }

  #value(value: LabRegistryValue): number {
    const compressed = isLatin1(value.name)
    const name = Buffer.from(value.name, compressed ? 'latin1' : 'utf16le')
    const content = Buffer.alloc(VALUE_HEADER + name.length)
    const size = value.data.length
    content.write('vk', 0, 'latin1')
    content.writeUInt16LE(name.length, 2)
    if (size <= 4) {
      content.writeUInt32LE((INLINE | size) >>> 0, 4)
      content.set(value.data, 8)
    } else {
      content.writeUInt32LE(size, 4)
      content.writeUInt32LE(this.#data(value.data), 8)
    }
    content.writeUInt32LE(value.type, 12)
    content.writeUInt16LE(compressed ? COMPRESSED_VALUE : 0, 16)
    name.copy(content, VALUE_HEADER)
    return this.#bins.add(content)
  }

  #data(data: Uint8Array): number {
    if (data.length <= BIG_DATA_SEGMENT || (this.#options.minorVersion ?? 5) <= 3) return this.#bins.add(data)
    const pieces: number[] = []
    for (let at = 0; at < data.length; at += BIG_DATA_SEGMENT) {
      pieces.push(this.#bins.add(data.subarray(at, at + BIG_DATA_SEGMENT)))
    }
    const head = Buffer.alloc(8)
    head.write('db', 0, 'latin1')
    head.writeUInt16LE(pieces.length, 2)
    head.writeUInt32LE(this.#offsets(pieces), 4)
    return this.#bins.add(head)
  }

  #lists(keys: readonly LabKey[], offsets: readonly number[], kind: SubkeyList): number {
    const longestList = this.#options.longestList ?? USUAL_LONGEST_LIST
    if (keys.length <= longestList) return this.#list(keys, offsets, kind)
    const lists: number[] = []
    for (let at = 0; at < keys.length; at += longestList) {
      lists.push(this.#list(keys.slice(at, at + longestList), offsets.slice(at, at + longestList), kind))
    }
    const content = Buffer.alloc(4 + 4 * lists.length)
    content.write('ri', 0, 'latin1')
    content.writeUInt16LE(lists.length, 2)
    lists.forEach((list, index) => {
      content.writeUInt32LE(list, 4 + 4 * index)
    })
    return this.#bins.add(content)
  }

  #list(keys: readonly LabKey[], offsets: readonly number[], kind: SubkeyList): number {
    const width = kind === 'li' ? 4 : 8
    const content = Buffer.alloc(4 + width * keys.length)
    content.write(kind, 0, 'latin1')
    content.writeUInt16LE(keys.length, 2)
    keys.forEach((key, index) => {
      const at = 4 + width * index
      content.writeUInt32LE(offsets[index] as number, at)
      if (kind === 'lh') content.writeUInt32LE(nameHash(upper(key.name)), at + 4)
      if (kind === 'lf' && isLatin1(key.name)) content.write(key.name.slice(0, 4), at + 4, 'latin1')
    })
    return this.#bins.add(content)
  }

  #offsets(offsets: readonly number[]): number {
    const content = Buffer.alloc(4 * offsets.length)
    offsets.forEach((offset, index) => {
      content.writeUInt32LE(offset, 4 * index)
    })
    return this.#bins.add(content)
  }
}

function upper(name: string): string {
  return Array.from(name, (char) => (char.toUpperCase().length === char.length ? char.toUpperCase() : char)).join('')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Hash = 37 × hash + character, over the upper-case name. */
function nameHash(name: string): number {
  let hash = 0n
  for (let at = 0; at < name.length; at++) hash = (hash * 37n + BigInt(name.charCodeAt(at))) & 0xffff_ffffn
  return Number(hash)
}

function isLatin1(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return false
  return true
}

function longest(lengths: readonly number[]): number {
  return lengths.reduce((most, length) => Math.max(most, length), 0)
}
