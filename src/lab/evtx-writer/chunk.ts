import { crc32 } from 'node:zlib'
import type { Instant } from '../../model/time.ts'
import { nameHash, templateHash } from './hash.ts'
import { type Element, isElement, type Slot, type Template } from './template.ts'
import { type LabValue, largestValueSize, slotCode, valueCode, writeFileTime, writeU64, writeValue } from './value.ts'

export const CHUNK_SIZE = 65_536
const HEADER_SIZE = 512
const NAME_TABLE = { at: 0x80, buckets: 64 }
const TEMPLATE_TABLE = { at: 0x180, buckets: 32 }
const RECORD_SIGNATURE = 0x2a2a
/** Record header, fragment header, end of fragment, padding to 8 bytes and the size again. */
const RECORD_FRAME = 24 + 4 + 1 + 7 + 4
const INSTANCE_HEADER = 10 + 4

/** A template with what one record puts into its slots; null leaves a slot empty. */
export interface Instance {
  readonly template: Template
  readonly values: readonly (LabValue | Instance | null)[]
}

const isInstance = (value: LabValue | Instance): value is Instance => 'template' in value

function largestSize({ template, values }: Instance): number {
  let size = INSTANCE_HEADER + template.largestSize + 4 * values.length
  for (const value of values)
    if (value) size += isInstance(value) ? 4 + largestSize(value) + 1 : largestValueSize(value)
  return size
}

/**
 * One chunk of a log: a header with the tables of names and templates, then records, self-contained.
 * The same 64 KiB are used again for the next chunk after `clear`.
 * Source: libevtx documentation "Windows XML Event Log (EVTX) format", "Chunk", "Event record", "Binary XML".
 */
export class Chunk {
  readonly #bytes = Buffer.alloc(CHUNK_SIZE)
  readonly #names = new Map<string, number>()
  readonly #templates = new Map<Template, number>()
  #end = HEADER_SIZE
  #lastRecordAt = 0
  #firstId = 0
  #lastId = 0
  #records = 0

  get records(): number {
    return this.#records
  }

  clear(): void {
    this.#bytes.fill(0)
    this.#names.clear()
    this.#templates.clear()
    this.#end = HEADER_SIZE
    this.#records = 0
  }

  /** Appends a record; false when it might not fit, and nothing is written. */
  append(id: number, time: Instant, event: Instance): boolean {
    if (this.#end + RECORD_FRAME + largestSize(event) > CHUNK_SIZE) return false
    const bytes = this.#bytes
    const at = this.#end
    bytes.writeUInt32LE(RECORD_SIGNATURE, at)
    writeU64(bytes, at + 8, id)
    writeFileTime(bytes, at + 16, time)
    this.#end = at + 24
    this.#fragmentHeader()
    this.#instance(event)
    this.#u8(0x00)
    const size = ((this.#end - at + 4 + 7) >> 3) << 3 // records are multiples of eight bytes
    bytes.writeUInt32LE(size, at + 4)
    bytes.writeUInt32LE(size, at + size - 4)
    this.#end = at + size
    this.#lastRecordAt = at
    if (this.#records === 0) this.#firstId = id
    this.#lastId = id
    this.#records++
    return true
  }

  /** Completes the header. `firstNumber` is the place of the chunk's first record in the file, from 1. */
  seal(firstNumber: number): Buffer {
    const bytes = this.#bytes
    bytes.write('ElfChnk\0', 0, 'latin1')
    writeU64(bytes, 0x08, firstNumber)
    writeU64(bytes, 0x10, firstNumber + this.#records - 1)
    writeU64(bytes, 0x18, this.#firstId)
    writeU64(bytes, 0x20, this.#lastId)
    bytes.writeUInt32LE(0x80, 0x28)
    bytes.writeUInt32LE(this.#lastRecordAt, 0x2c)
    bytes.writeUInt32LE(this.#end, 0x30)
    bytes.writeUInt32LE(crc32(bytes.subarray(HEADER_SIZE, this.#end)), 0x34)
    bytes.writeUInt32LE(1, 0x78)
    bytes.writeUInt32LE(crc32(bytes.subarray(0x80, HEADER_SIZE), crc32(bytes.subarray(0, 0x78))), 0x7c)
    return bytes
  }

  #u8(value: number): void {
    this.#end = this.#bytes.writeUInt8(value, this.#end)
  }

  #u16(value: number): void {
    this.#end = this.#bytes.writeUInt16LE(value, this.#end)
  }

  #u32(value: number): void {
    this.#end = this.#bytes.writeUInt32LE(value, this.#end)
  }

  #fragmentHeader(): void {
    this.#u32(0x0001_010f) // token, version 1.1, flags 0
  }

  /** A size that is known only when what it measures is written. */
  #sized(write: () => void): void {
    const at = this.#end
    this.#u32(0)
    write()
    this.#bytes.writeUInt32LE(this.#end - at - 4, at)
  }

  #instance({ template, values }: Instance): void {
    this.#u8(0x0c)
    this.#u8(0x01)
    this.#u32(template.guid.readUInt32LE(0))
    const known = this.#templates.get(template)
    this.#u32(known ?? this.#end + 4)
    if (known === undefined) this.#definition(template)
    this.#u32(values.length)
    let descriptor = this.#end
    this.#end += 4 * values.length
    for (const value of values) {
      const from = this.#end
      if (value) this.#value(value)
      this.#bytes.writeUInt16LE(this.#end - from, descriptor)
      this.#bytes.writeUInt8(value ? valueCode(isInstance(value) ? 'binxml' : value.type) : 0, descriptor + 2)
      descriptor += 4
    }
  }

  #value(value: LabValue | Instance): void {
    if (isInstance(value)) {
      this.#fragmentHeader()
      this.#instance(value)
      this.#u8(0x00)
    } else {
      this.#end = writeValue(this.#bytes, this.#end, value)
    }
  }

  #definition(template: Template): void {
    const at = this.#end
    const head = TEMPLATE_TABLE.at + 4 * (templateHash(template.guid) % TEMPLATE_TABLE.buckets)
    this.#u32(this.#bytes.readUInt32LE(head)) // the newest of a bucket comes first and leads to the one before
    this.#bytes.writeUInt32LE(at, head)
    this.#templates.set(template, at)
    this.#bytes.set(template.guid, this.#end)
    this.#end += 16
    this.#sized(() => {
      this.#fragmentHeader()
      this.#element(template.root)
      this.#u8(0x00)
    })
  }

  #element({ name, dependsOn, attributes = [], children = [] }: Element): void {
    this.#u8(attributes.length > 0 ? 0x41 : 0x01)
    this.#u16(dependsOn ?? 0xffff)
    this.#sized(() => {
      this.#name(name)
      if (attributes.length > 0) this.#sized(() => this.#attributes(attributes))
      this.#u8(children.length === 0 ? 0x03 : 0x02)
      if (children.length === 0) return
      for (const child of children) {
        if (isElement(child)) this.#element(child)
        else this.#content(child)
      }
      this.#u8(0x04)
    })
  }

  #attributes(attributes: NonNullable<Element['attributes']>): void {
    attributes.forEach(([name, value], i) => {
      this.#u8(i < attributes.length - 1 ? 0x46 : 0x06)
      this.#name(name)
      this.#content(value)
    })
  }

  #content(content: string | Slot): void {
    if (typeof content === 'string') {
      this.#u8(0x05)
      this.#u8(valueCode('string'))
      this.#u16(content.length)
      this.#end += this.#bytes.write(content, this.#end, 'utf16le')
    } else {
      this.#u8(content.optional ? 0x0e : 0x0d)
      this.#u16(content.slot)
      this.#u8(slotCode(content.type))
    }
  }

  /** The offset of a name, and at its first use in the chunk the name itself. */
  #name(name: string): void {
    const known = this.#names.get(name)
    const at = known ?? this.#end + 4
    this.#u32(at)
    if (known !== undefined) return
    const hash = nameHash(name)
    const head = NAME_TABLE.at + 4 * (hash % NAME_TABLE.buckets)
    this.#u32(this.#bytes.readUInt32LE(head))
    this.#bytes.writeUInt32LE(at, head)
    this.#names.set(name, at)
    this.#u16(hash & 0xffff)
    this.#u16(name.length)
    this.#end += this.#bytes.write(name, this.#end, 'utf16le')
    this.#u16(0)
  }
}
