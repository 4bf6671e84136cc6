import { expect, test } from 'vitest'
import { EvtxDecoder, type EvtxDecoderOptions, type EvtxRecord } from '../../src/decode/evtx/index.ts'
import { type BinXml, event, head, NAMELESS_PLACE, nothing, TestChunk, text, u16, type Value } from './evtx-bytes.ts'

const data = (xml: BinXml) => xml.open('EventData').data('A', 3).data('B', 4, true).close()

/** A chunk of one record. */
function chunkOf(
  body: (xml: BinXml) => void,
  values: readonly Value[],
  eventId = 1,
  provider = 'Test-Provider',
): Buffer {
  const chunk = new TestChunk()
  chunk.record(1, (xml) => xml.instance(7, event(body, provider), [...head(eventId, 1), ...values]))
  return chunk.seal()
}

/** What `read` says of each record that is wanted. */
function visit<T>(chunk: Buffer, interests: EvtxDecoderOptions['interests'], read: (record: EvtxRecord) => T): T[] {
  const seen: T[] = []
  new EvtxDecoder({ interests }).chunk(
    chunk,
    NAMELESS_PLACE,
    (record) => seen.push(read(record)),
    () => {},
  )
  return seen
}
const fields = (chunk: Buffer, ...names: string[]) =>
  visit(chunk, 'all', (record) => names.map((name) => record.field(name)))[0]

test('a field is the text of the item of that name', () => {
  expect(fields(chunkOf(data, [text('x'), u16(7)]), 'A', 'B', 'C')).toEqual(['x', '7', undefined])
})

test('a field without a value is empty, or absent when its element is left out', () => {
  expect(fields(chunkOf(data, [nothing, nothing]), 'A', 'B')).toEqual(['', undefined])
})

test('names that every object has are no fields', () => {
  expect(fields(chunkOf(data, [text('x')]), '__proto__', 'constructor')).toEqual([undefined, undefined])
})

test('Data without a name is known by its position, also where an array gives several', () => {
  const list: Value = [0x81, Buffer.from('one\0two\0', 'utf16le')]
  const body = (xml: BinXml) => xml.open('EventData').open('Data').slot(3).close().open('Data').slot(4).close().close()
  expect(fields(chunkOf(body, [list, text('three')]), '#0', '#1', '#2', '#3')).toEqual([
    'one',
    'two',
    'three',
    undefined,
  ])
})

test('an array under a name, or several items of one name, are one text with an item a line', () => {
  const list: Value = [0x81, Buffer.from('one\0two\0', 'utf16le')]
  expect(fields(chunkOf(data, [list]), 'A')).toEqual(['one\ntwo'])
  const twice = (xml: BinXml) => xml.open('EventData').data('A', 3).data('A', 4).close()
  expect(fields(chunkOf(twice, [text('one'), text('two')]), 'A')).toEqual(['one\ntwo'])
})

test('a field of UserData is a leaf element, however deep', () => {
  const body = (xml: BinXml) =>
    xml.open('UserData').open('X').leaf('Y', 3).open('Z').leaf('W', 'w').close().close().close()
  expect(fields(chunkOf(body, [text('y')]), 'Y', 'W', 'Z')).toEqual(['y', 'w', undefined])
})

test('only the kinds of event that somebody is interested in are visited; providers have no case', () => {
  const id = (record: EvtxRecord) => record.eventId
  const one = chunkOf(data, [text('x')], 1)
  expect(visit(one, [{ provider: 'TEST-provider', eventId: 1 }], id)).toEqual([1])
  expect(visit(one, [{ provider: 'Test-Provider', eventId: 2 }], id)).toEqual([])
  expect(visit(one, [{ provider: 'Other', eventId: 1 }], id)).toEqual([])
})

test('an interest in what an item contains looks in any case, and passes over events that cannot be meant', () => {
  const wanted = (contains: string[], field = 'A') => [
    { provider: 'Test-Provider', eventId: 1, where: { field, contains } },
  ]
  const seen = (chunk: Buffer, interests: EvtxDecoderOptions['interests']) => visit(chunk, interests, () => true).length
  const one = chunkOf(data, [text('C:\\Windows\\SchTasks.exe'), u16(7)])
  expect(seen(one, wanted(['schtasks']))).toBe(1)
  expect(seen(one, wanted(['nothing', 'SCHTASKS']))).toBe(1)
  expect(seen(one, wanted(['schtask.']))).toBe(0)
  expect(seen(one, wanted(['schtasks'], 'NoSuchItem'))).toBe(0)
  // A number cannot be looked into: whoever reads the record decides.
  expect(seen(one, wanted(['schtasks'], 'B'))).toBe(1)
  expect(seen(chunkOf(data, [nothing]), wanted(['schtasks']))).toBe(0)
})

test('a second interest in the same kind of event without a condition wants them all', () => {
  const both = [
    { provider: 'Test-Provider', eventId: 1, where: { field: 'A', contains: ['y'] } },
    { provider: 'Test-Provider', eventId: 1 },
  ]
  expect(visit(chunkOf(data, [text('x')]), both, () => true)).toHaveLength(1)
})

test('the earliest and the latest time of a chunk are those of all its records, also of those that nobody wants', () => {
  const tally = new EvtxDecoder({ interests: [{ provider: 'Other', eventId: 1 }] }).chunk(
    chunkOf(data, [text('x')]),
    NAMELESS_PLACE,
    () => {},
    () => {},
  )
  const time = Date.UTC(2020, 0, 2, 3, 4, 5, 123)
  expect(tally).toEqual({ records: 1, wanted: 0, damaged: 0, earliest: time, latest: time })
})
