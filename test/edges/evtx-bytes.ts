import { crc32 } from 'node:zlib'
import { EvtxDecoder, type EvtxDecoderOptions, JsonLines } from '../../src/decode/evtx/index.ts'
import type { Problem } from '../../src/model/problem.ts'

/** A value for a slot: its type and its bytes. */
export type Value = readonly [type: number, bytes: Buffer]

export const text = (value: string): Value => [0x01, Buffer.from(value, 'utf16le')]
export const u16 = (value: number): Value => [0x06, Buffer.from([value & 0xff, value >> 8])]
export const u64 = (value: bigint): Value => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return [0x0a, bytes]
}
export const fileTime = (value: bigint): Value => [0x11, u64(value)[1]]
export const nothing: Value = [0x00, Buffer.alloc(0)]

/** 2020-01-02T03:04:05.1234567Z. */
export const SOME_TIME = 132_224_078_451_234_567n

/** Writes BinXML byte by byte, so that a test can write it wrong. Names stand inline wherever they are used. */
export class BinXml {
  readonly bytes: Buffer
  at: number
  /** Elements of a template have a dependency id, those outside have none. */
  dependencyIds = false

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes
    this.at = at
  }

  u8(value: number): this {
    this.at = this.bytes.writeUInt8(value, this.at)
    return this
  }
  u16(value: number): this {
    this.at = this.bytes.writeUInt16LE(value, this.at)
    return this
  }
  u32(value: number): this {
    this.at = this.bytes.writeUInt32LE(value, this.at)
    return this
  }
  raw(bytes: Uint8Array): this {
    this.bytes.set(bytes, this.at)
    this.at += bytes.length
    return this
  }
  utf16(value: string): this {
    return this.raw(Buffer.from(value, 'utf16le'))
  }

  name(value: string): this {
    return this.u32(this.at + 4)
      .u32(0)
      .u16(0)
      .u16(value.length)
      .utf16(value)
      .u16(0)
  }
  /** A name that stands elsewhere in the chunk. */
  nameAt(offset: number): this {
    return this.u32(offset)
  }
  text(value: string): this {
    return this.u8(0x05).u8(0x01).u16(value.length).utf16(value)
  }
  slot(slot: number, optional = true): this {
    return this.u8(optional ? 0x0e : 0x0d)
      .u16(slot)
      .u8(0)
  }
  open(name: string | number, attributes: readonly (readonly [string, string | number])[] = []): this {
    this.u8(attributes.length > 0 ? 0x41 : 0x01)
    if (this.dependencyIds) this.u16(0xffff)
    this.u32(0)
    if (typeof name === 'string') this.name(name)
    else this.nameAt(name)
    if (attributes.length > 0) this.u32(0)
    for (const [attribute, value] of attributes) {
      this.u8(0x06).name(attribute)
      if (typeof value === 'string') this.text(value)
      else this.slot(value)
    }
    return this.u8(0x02)
  }
  close(): this {
    return this.u8(0x04)
  }
  leaf(name: string, content: string | number): this {
    this.open(name)
    if (typeof content === 'string') this.text(content)
    else this.slot(content)
    return this.close()
  }
  /** A Data element with a Name. */
  data(name: string, slot: number, optional = false): this {
    return this.open('Data', [['Name', name]])
      .slot(slot, optional)
      .close()
  }

  /** A template instance that brings its definition along. */
  instance(guid: number, body: (xml: BinXml) => void, values: readonly Value[]): this {
    this.u8(0x0c)
      .u8(1)
      .u32(guid)
      .u32(this.at + 4)
    this.definition(guid, body)
    return this.values(values)
  }
  instanceAt(guid: number, definition: number, values: readonly Value[]): this {
    return this.u8(0x0c).u8(1).u32(guid).u32(definition).values(values)
  }
  definition(guid: number, body: (xml: BinXml) => void): this {
    this.u32(0).u32(guid).raw(Buffer.alloc(12))
    const sizeAt = this.at
    this.u32(0).u32(0x0001_010f)
    const outside = this.dependencyIds
    this.dependencyIds = true
    body(this)
    this.dependencyIds = outside
    this.u8(0)
    this.bytes.writeUInt32LE(this.at - sizeAt - 4, sizeAt)
    return this
  }
  values(values: readonly Value[]): this {
    this.u32(values.length)
    for (const [type, bytes] of values) this.u16(bytes.length).u8(type).u8(0)
    for (const [, bytes] of values) this.raw(bytes)
    return this
  }
}

/** One chunk, written record by record. */
export class TestChunk {
  readonly bytes = Buffer.alloc(65_536)
  end = 512

  /** Appends a record and returns its chunk offset. */
  record(id: number, write: (xml: BinXml) => void): number {
    const at = this.end
    const xml = new BinXml(this.bytes, at)
    xml.u32(0x2a2a).u32(0).u32(id).u32(0).raw(u64(SOME_TIME)[1]).u32(0x0001_010f)
    write(xml)
    xml.u8(0)
    const size = xml.at + 4 - at
    xml.u32(size)
    this.bytes.writeUInt32LE(size, at + 4)
    this.end = xml.at
    return at
  }

  seal(): Buffer {
    const { bytes } = this
    bytes.write('ElfChnk\0', 0, 'latin1')
    bytes.writeUInt32LE(128, 40)
    bytes.writeUInt32LE(this.end, 48)
    bytes.writeUInt32LE(crc32(bytes.subarray(512, this.end)), 52)
    bytes.writeUInt32LE(crc32(bytes.subarray(128, 512), crc32(bytes.subarray(0, 120))), 124)
    return bytes
  }
}

/** An Event whose System has the values 0 (event id), 1 (time), 2 (record id); `rest` goes after System. */
export function event(rest: (xml: BinXml) => void = () => {}, provider = 'Test-Provider'): (xml: BinXml) => void {
  return (xml) => {
    xml.open('Event').open('System')
    xml.open('Provider', [['Name', provider]]).close()
    xml.leaf('EventID', 0)
    xml.open('TimeCreated', [['SystemTime', 1]]).close()
    xml.leaf('EventRecordID', 2).leaf('Channel', 'Test').leaf('Computer', 'HOST').close()
    rest(xml)
    xml.close()
  }
}
export const head = (eventId: number, recordId: number): Value[] => [
  u16(eventId),
  fileTime(SOME_TIME),
  u64(BigInt(recordId)),
]

export const NAMELESS_PLACE = { file: 'test.evtx', source: 0, index: 0, offset: 4096 }

/** Decodes chunks with one decoder: their dumped lines, the problems, and how many records there were. */
export function decode(chunks: readonly Buffer[], interests: EvtxDecoderOptions['interests'] = 'all') {
  const decoder = new EvtxDecoder({ interests })
  const lines = new JsonLines()
  const problems: Problem[] = []
  let records = 0
  for (const [index, chunk] of chunks.entries()) {
    const place = { ...NAMELESS_PLACE, index }
    records += decoder.chunk(
      chunk,
      place,
      (record) => lines.write(record),
      (problem) => problems.push(problem),
    ).records
  }
  const dumped = lines.bytes().toString('utf8').split('\n').slice(0, -1)
  return { records, problems, bytes: lines.length, dumped: dumped.map((line) => JSON.parse(line)) }
}
