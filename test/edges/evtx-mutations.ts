import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EvtxDecoder, JsonLines } from '../../src/decode/evtx/index.ts'
import type { Interest } from '../../src/model/record.ts'
import { type BinXml, event, head, nothing, TestChunk, text, u16 } from './evtx-bytes.ts'

/** A chunk with one record of each form that Windows writes: to be mutated. */
export function syntheticChunk(): Buffer {
  const chunk = new TestChunk()
  const data = (xml: BinXml) => xml.open('EventData').data('A', 3).data('B', 4, true).close()
  chunk.record(1, (xml) => xml.instance(7, event(data), [...head(1, 1), text('first'), u16(2)]))
  const definition = 512 + 24 + 4 + 10
  chunk.record(2, (xml) => xml.instanceAt(7, definition, [...head(2, 2), text('second "text" \\'), nothing]))
  chunk.record(3, (xml) => event(() => xml.open('UserData').open('X').leaf('Y', 'z').close().close())(xml))
  const list: [number, Buffer] = [0x81, Buffer.from('one\0\0three\0', 'utf16le')]
  const unnamed = (xml: BinXml) => xml.open('EventData').open('Data').slot(3).close().leaf('Binary', 4).close()
  const binary: [number, Buffer] = [0x0e, Buffer.from('00ff', 'hex')]
  chunk.record(4, (xml) => xml.instance(8, event(unnamed), [...head(4, 4), list, binary]))
  chunk.record(5, (xml) => {
    xml
      .u8(0x0c)
      .u8(1)
      .u32(9)
      .u32(xml.at + 4)
    xml.definition(
      9,
      event((body) => body.slot(3)),
    )
    xml.u32(4)
    const values = head(5, 5)
    for (const [type, bytes] of values) xml.u16(bytes.length).u8(type).u8(0)
    const descriptor = xml.at
    xml.u32(0)
    for (const [, bytes] of values) xml.raw(bytes)
    const from = xml.at
    xml
      .u32(0x0001_010f)
      .instance(10, (body) => body.open('EventData').data('C', 0).close(), [text('nested')])
      .u8(0)
    xml.bytes.writeUInt16LE(xml.at - from, descriptor)
    xml.bytes.writeUInt8(0x21, descriptor + 2)
  })
  return chunk.seal()
}

/** Chunks of real logs, up to `limit` per file; none where ../shared is not there. */
export function realChunks(limit: number): Buffer[] {
  const data = join(import.meta.dirname, '../../../shared/data')
  const folders = ['evtx/dense', 'evtx/damaged', 'dev/evtx', 'paired']
    .map((name) => join(data, name))
    .filter(existsSync)
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .sort()
      .flatMap((name) => {
        const bytes = readFileSync(join(folder, name))
        const chunks: Buffer[] = []
        for (let at = 4096; at + 65_536 <= bytes.length && chunks.length < limit; at += 65_536) {
          if (bytes.toString('latin1', at, at + 7) === 'ElfChnk') chunks.push(bytes.subarray(at, at + 65_536))
        }
        return chunks
      }),
  )
}

/** What one change does to a chunk: the numbers are taken from anywhere and made to fit. */
export interface Mutation {
  readonly kind: number
  readonly at: number
  readonly value: number
}
export const MUTATION_KINDS = 7

export function mutate(original: Buffer, mutations: readonly Mutation[]): Buffer {
  let bytes: Buffer = Buffer.from(original)
  for (const { kind, at, value } of mutations) {
    const place = Math.abs(at) % Math.max(1, bytes.length - 8)
    switch (kind % MUTATION_KINDS) {
      case 0:
        bytes.writeUInt8(value & 0xff, place)
        break
      case 1:
        bytes.writeUInt8((bytes[place] as number) ^ (1 << (value & 7)), place)
        break
      case 2:
        bytes.writeUInt32LE(value >>> 0, place)
        break
      case 3:
        bytes.writeUInt16LE(value & 0xffff, place)
        break
      case 4: // an offset of the chunk: what points somewhere points here
        bytes.writeUInt32LE(place, Math.abs(value) % (bytes.length - 8))
        break
      case 5:
        bytes.copy(bytes, place, Math.abs(value) % bytes.length, (Math.abs(value) % bytes.length) + 256)
        break
      default:
        if (value % 8 === 0) bytes = bytes.subarray(0, Math.max(600, place))
    }
  }
  return bytes
}

/**
 * What may become of one chunk: four million characters by way of its XML, which escapes make six times longer, and else a
 * definition's text for each record, the most where definitions and records share the chunk half and half.
 */
export const MOST_OUTPUT = 64 * 1024 * 1024

const interests: Interest[] = [
  { provider: 'Test-Provider', eventId: 1, where: { field: 'A', contains: ['fir', 'x'] } },
  { provider: 'test-provider', eventId: 4 },
  { provider: 'Microsoft-Windows-Sysmon', eventId: 1, where: { field: 'CommandLine', contains: ['schtasks'] } },
  { provider: 'Microsoft-Windows-Security-Auditing', eventId: 4688 },
]
const fieldNames = ['A', '#0', '#7', 'CommandLine', 'Y', 'Binary', 'NoSuchField', '__proto__', '']

/** Reads a chunk in every way there is; throws when one of them breaks a promise. */
export class Reader {
  #all = new EvtxDecoder({ interests: 'all' })
  #some = new EvtxDecoder({ interests })
  readonly #lines = new JsonLines()

  read(chunk: Buffer): { records: number; output: number } {
    const place = { file: 'fuzz', source: 0, index: 0, offset: 0 }
    let told = 0
    const report = () => {
      told += 1
    }
    this.#lines.clear()
    const { records } = this.#all.chunk(chunk, place, (record) => this.#lines.write(record), report)
    this.#some.chunk(
      chunk,
      place,
      (record) => {
        for (const name of fieldNames) record.field(name)
        const { provider, channel, computer, userSid, activityId, processId, version } = record
        if ([provider, channel, computer, userSid, activityId, processId, version].includes(undefined as never)) {
          throw new Error('a property of a record is undefined')
        }
      },
      report,
    )
    const output = this.#lines.length
    if (output > MOST_OUTPUT) throw new Error(`a chunk became ${output} bytes`)
    if (told > 2 * 17) throw new Error(`a chunk told ${told} problems`)
    return { records, output }
  }

  /** Throws when a line of the last chunk is not JSON. */
  parse(): void {
    for (const line of this.#lines.bytes().toString('utf8').split('\n')) if (line !== '') JSON.parse(line)
  }
}
