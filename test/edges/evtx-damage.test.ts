import { expect, test } from 'vitest'
import {
  type BinXml,
  decode,
  event,
  fileTime,
  head,
  nothing,
  SOME_TIME,
  TestChunk,
  text,
  u16,
  u64,
} from './evtx-bytes.ts'

const eventData = (xml: BinXml) => xml.open('EventData').data('A', 3).close()

/** A chunk with records 1, 2, 3, of which `second` writes the middle one; offsets of all three. */
function between(second: (xml: BinXml) => void): { chunk: TestChunk; at: number[] } {
  const chunk = new TestChunk()
  const good = (xml: BinXml) => xml.instance(7, event(eventData), [...head(1, 1), text('good')])
  const at = [chunk.record(1, good), chunk.record(2, second), chunk.record(3, good)]
  return { chunk, at }
}

function expectNeighbours(chunk: TestChunk): ReturnType<typeof decode> {
  const result = decode([chunk.seal()])
  const goods = result.dumped.filter((line) => line.data?.A === 'good')
  expect(goods).toHaveLength(2)
  return result
}

test('a record says when it was, what it is and what it says', () => {
  const chunk = new TestChunk()
  chunk.record(1, (xml) => xml.instance(7, event(eventData), [...head(4688, 77), text('a "quoted" \\ text')]))
  const { dumped, problems } = decode([chunk.seal()])
  expect(problems).toEqual([])
  expect(dumped).toEqual([
    {
      recordId: 77,
      time: '2020-01-02T03:04:05.1234567Z',
      provider: 'Test-Provider',
      channel: 'Test',
      eventId: 4688,
      computer: 'HOST',
      data: { A: 'a "quoted" \\ text' },
      fileRecordId: 1,
      writtenTime: '2020-01-02T03:04:05.1234567Z',
    },
  ])
})

test('a record of size 0 is told and costs only itself', () => {
  const { chunk, at } = between((xml) => xml.instance(8, event(eventData), [...head(1, 2), text('lost')]))
  chunk.bytes.writeUInt32LE(0, (at[1] as number) + 4)
  const { problems } = expectNeighbours(chunk)
  expect(problems).toMatchObject([{ code: 'bad-record', offset: 4096 + (at[1] as number), chunk: 0 }])
})

test('a record that says it is longer than the chunk is told and costs only itself', () => {
  for (const size of [65_536, 0x7fff_ffff, 0xffff_ffff]) {
    const { chunk, at } = between((xml) => xml.instance(8, event(eventData), [...head(1, 2), text('lost')]))
    chunk.bytes.writeUInt32LE(size, (at[1] as number) + 4)
    expect(expectNeighbours(chunk).problems).toMatchObject([{ code: 'bad-record' }])
  }
})

test('records go on after the free space that a late header states, but not into what lies there from before', () => {
  const { chunk, at } = between((xml) => xml.instance(8, event(eventData), [...head(1, 2), text('x')]))
  chunk.bytes.writeUInt32LE(9, (at[2] as number) + 8) // not the number after 2: left from the chunk's previous use
  const { end } = chunk
  chunk.end = at[1] as number
  const bytes = chunk.seal()
  expect(end).toBeGreaterThan(chunk.end)
  expect(decode([bytes]).dumped.map((line) => line.fileRecordId)).toEqual([1, 2])
})

test('wrong checksums are told, and the records read all the same', () => {
  const { chunk } = between((xml) => xml.instance(8, event(eventData), [...head(1, 2), text('x')]))
  const bytes = chunk.seal()
  bytes.writeUInt32LE(1, 52)
  bytes.writeUInt32LE(1, 124)
  const { problems, dumped } = decode([bytes])
  expect(problems.map(({ code }) => code)).toEqual(['bad-checksum', 'bad-checksum'])
  expect(dumped).toHaveLength(3)
})

test('a chunk without its magic is read when a record begins where records begin', () => {
  const { chunk } = between((xml) => xml.instance(8, event(eventData), [...head(1, 2), text('x')]))
  const bytes = chunk.seal()
  bytes.fill(0, 0, 128)
  const { problems, dumped } = decode([bytes])
  expect(problems).toMatchObject([{ code: 'bad-chunk-header' }])
  expect(dumped).toHaveLength(3)
})

test('a chunk of zeros is space that was never used: nothing is told', () => {
  expect(decode([Buffer.alloc(65_536)])).toMatchObject({ records: 0, problems: [] })
})

test('a definition that points at itself as its next one is read once', () => {
  const { chunk } = between((xml) => {
    const at = xml.at + 10
    xml.instance(8, event(eventData), [...head(1, 2), text('loop')])
    xml.bytes.writeUInt32LE(at, at) // next definition of the hash chain: itself
  })
  expect(expectNeighbours(chunk).dumped[1]).toMatchObject({ data: { A: 'loop' } })
})

test('a name that points at itself as its next one is read once', () => {
  const { chunk } = between((xml) => {
    const at = xml.at + 5 + 4 // name of the first element
    xml.open('Event').close()
    xml.bytes.writeUInt32LE(at, at)
  })
  expect(expectNeighbours(chunk).problems).toEqual([])
})

test('a template instance inside its own definition is refused', () => {
  const { chunk } = between((xml) => {
    const definition = xml.at + 10
    xml.instance(8, (body) => body.open('Event').instanceAt(8, definition, []).close(), [])
  })
  expect(expectNeighbours(chunk).problems).toMatchObject([{ code: 'bad-template' }])
})

test('elements nested without end are refused', () => {
  const { chunk } = between((xml) => {
    const name = xml.at + 5
    xml.open('E')
    for (let i = 0; i < 2000; i++) xml.open(name)
  })
  expect(expectNeighbours(chunk).problems).toMatchObject([{ code: 'too-deep' }])
})

test('BinXML values nested without end are refused, and what is outside them is still told', () => {
  const { chunk } = between((xml) => {
    const wrap = (xml: BinXml, depth: number) => {
      if (depth === 0) xml.open('X').close()
      else {
        xml
          .u8(0x0c)
          .u8(1)
          .u32(8)
          .u32(xml.at + 4)
        xml.definition(8, (body) => body.open('X').slot(0).close())
        xml.u32(1)
        const descriptor = xml.at
        xml.u32(0)
        const start = xml.at
        wrap(xml, depth - 1)
        xml.bytes.writeUInt16LE(xml.at - start, descriptor)
        xml.bytes.writeUInt8(0x21, descriptor + 2)
      }
    }
    wrap(xml, 40)
  })
  const { problems, dumped } = expectNeighbours(chunk)
  expect(problems).toMatchObject([{ code: 'too-deep' }])
  expect(dumped[1]).toMatchObject({ damage: expect.any(String) })
})

test('a count of values in the millions is refused', () => {
  for (const count of [1_000_000, 0x4000_0000, 0xffff_ffff]) {
    const { chunk } = between((xml) => {
      xml
        .u8(0x0c)
        .u8(1)
        .u32(8)
        .u32(xml.at + 4)
        .definition(8, event(eventData))
        .u32(count)
    })
    expect(expectNeighbours(chunk).problems).toMatchObject([{ code: 'bad-binxml' }])
  }
})

test('a value that reaches beyond its record is told, and the values before it are still read', () => {
  const { chunk } = between((xml) => {
    xml.instance(
      8,
      event((body) => body.open('EventData').data('A', 3).data('B', 4).close()),
      [...head(5, 2), text('first'), text('second')],
    )
    xml.bytes.writeUInt16LE(0xffff, xml.at - 40 - 4) // the size of the last of 40 bytes of values
  })
  const { problems, dumped } = expectNeighbours(chunk)
  expect(problems).toMatchObject([{ code: 'bad-value' }])
  expect(dumped[1]).toMatchObject({ recordId: 2, eventId: 5, damage: expect.stringContaining('beyond') })
})

test('a definition whose size reaches beyond the chunk is refused', () => {
  const { chunk } = between((xml) => {
    const at = xml.at + 10
    xml.instance(8, event(eventData), [...head(1, 2), text('x')])
    xml.bytes.writeUInt32LE(0xffff_fff0, at + 20)
  })
  expect(expectNeighbours(chunk).problems).toMatchObject([{ code: 'bad-template' }])
})

test('offsets of definitions and names outside the chunk are refused', () => {
  for (const offset of [65_535, 65_536, 0xffff_ffff]) {
    const definition = between((xml) => xml.instanceAt(8, offset, [...head(1, 2)]))
    expect(expectNeighbours(definition.chunk).problems).toMatchObject([{ code: 'bad-template' }])
    const name = between((xml) => xml.open(offset).close())
    expect(expectNeighbours(name.chunk).problems).toMatchObject([{ code: 'bad-binxml' }])
  }
})

test('a record whose definition was overwritten by another one is not read with the wrong one', () => {
  const { chunk, at } = between((xml) => xml.instanceAt(99, 512 + 24 + 4 + 10, [...head(1, 2), text('x')]))
  expect(at[0]).toBe(512)
  expect(expectNeighbours(chunk).problems).toMatchObject([{ code: 'bad-template' }])
})

test('a value that a definition repeats ten thousand times does not become gigabytes', () => {
  const chunk = new TestChunk()
  chunk.record(1, (xml) => {
    const repeated = (body: BinXml) => {
      body.open('EventData').open('Data')
      for (let i = 0; i < 8000; i++) body.slot(3)
      body.close().close()
    }
    xml.instance(7, event(repeated), [...head(1, 1), text('x'.repeat(10_000))])
  })
  const { problems, bytes } = decode([chunk.seal()])
  expect(problems).toMatchObject([{ code: 'too-large' }])
  expect(bytes).toBeLessThan(1000)
})

test('bytes that would be a name of thousands of characters are none (found by fuzzing: each record repeated them)', () => {
  const { chunk } = between((xml) => {
    const at = xml.at + 5
    xml.open('Event').close()
    xml.bytes.writeUInt16LE(20_000, at + 4 + 6)
  })
  expect(expectNeighbours(chunk).problems).toMatchObject([{ code: 'bad-binxml' }])
})

test('hundreds of records that each repeat a value share what may become of one chunk (found by fuzzing)', () => {
  const chunk = new TestChunk()
  const repeated = (body: BinXml) => {
    body.open('EventData').open('Data')
    for (let i = 0; i < 2000; i++) body.slot(3)
    body.close().close()
  }
  chunk.record(1, (xml) => xml.instance(7, event(repeated), [...head(1, 1), text('x'.repeat(200))]))
  const definition = 512 + 24 + 4 + 10
  for (let id = 2; id <= 70; id++) {
    chunk.record(id, (xml) => xml.instanceAt(7, definition, [...head(1, id), text('x'.repeat(200))]))
  }
  const { bytes, dumped, problems } = decode([chunk.seal()])
  expect(dumped).toHaveLength(70)
  expect(dumped[0].data[0]).toHaveLength(400_000)
  expect(problems.length).toBeGreaterThan(16)
  expect(bytes).toBeLessThan(5_000_000)
})

test('hundreds of definitions that overlap are refused: reading them would cost the square of the chunk', () => {
  const chunk = new TestChunk()
  let first = 0
  chunk.record(1, (xml) => {
    first = xml.at + 10
    xml.instance(
      7,
      event((body) => body.leaf('X', 'x'.repeat(9000))),
      head(1, 1),
    )
  })
  for (let i = 1; i < 400; i++) chunk.record(i + 1, (xml) => xml.instanceAt(0, first + i, head(1, 1)))
  const { problems } = decode([chunk.seal()])
  expect(problems.length).toBeLessThanOrEqual(17)
})

test('a chunk of nothing but damage tells sixteen problems and counts the others', () => {
  const chunk = new TestChunk()
  for (let i = 0; i < 500; i++) chunk.record(i + 1, (xml) => xml.u8(0x77))
  const { problems, records } = decode([chunk.seal()])
  expect(records).toBe(500)
  expect(problems).toHaveLength(17)
  expect(problems.at(-1)).toMatchObject({ code: 'more-problems', reason: '484 more problems in this chunk' })
})

test('the same definition is compiled once, wherever it stands and however its names are stored', () => {
  const other = new TestChunk()
  other.record(1, (xml) => xml.u8(0x77)) // moves everything that follows
  other.record(2, (xml) => xml.instance(7, event(eventData), [...head(2, 2), text('elsewhere')]))
  const { chunk } = between((xml) => xml.instance(7, event(eventData), [...head(1, 2), text('x')]))
  const { dumped } = decode([chunk.seal(), other.seal()])
  expect(dumped.at(-1)).toMatchObject({ eventId: 2, data: { A: 'elsewhere' } })
})

test('another definition under the same GUID is never taken for the first one', () => {
  const swapped = (xml: BinXml) => xml.open('EventData').data('B', 3).close()
  const renamed = (xml: BinXml) => xml.open('EventData').data('A', 4).data('B', 3).close()
  const chunks = [eventData, swapped, renamed, eventData].map((body) => {
    const chunk = new TestChunk()
    chunk.record(1, (xml) => xml.instance(7, event(body), [...head(1, 1), text('three'), text('four')]))
    return chunk.seal()
  })
  expect(decode(chunks).dumped.map((line) => line.data)).toEqual([
    { A: 'three' },
    { B: 'three' },
    { A: 'four', B: 'three' },
    { A: 'three' },
  ])
})

test('elements without a template are read, with references and CDATA', () => {
  const chunk = new TestChunk()
  chunk.record(1, (xml) => {
    event((body) => {
      body.open('EventData').open('Data', [['Name', 'A']])
      body.text('a').u8(0x49).name('lt').u8(0x08).u16(0x263a).u8(0x07).u16(2).utf16('<>').close().close()
    })(xml)
  })
  expect(decode([chunk.seal()]).dumped[0]).toMatchObject({ provider: 'Test-Provider', data: { A: 'a<☺<>' } })
})

test('an optional value that is null leaves its element out, another one leaves it empty', () => {
  const chunk = new TestChunk()
  const body = (xml: BinXml) => xml.open('EventData').data('A', 3, true).data('B', 3, false).data('C', 4, true).close()
  chunk.record(1, (xml) => xml.instance(7, event(body), [...head(1, 1), nothing, text('')]))
  expect(decode([chunk.seal()]).dumped[0].data).toEqual({ B: '', C: '' })
})

test('an array repeats its element: positions without a name, an array under a name', () => {
  const chunk = new TestChunk()
  const list: [number, Buffer] = [0x81, Buffer.from('one\0\0three\0', 'utf16le')]
  const body = (xml: BinXml) => {
    xml.open('EventData').open('Data').slot(3).close().open('Data').slot(4).close().data('N', 3).close()
  }
  chunk.record(1, (xml) => xml.instance(7, event(body), [...head(1, 1), list, text('last')]))
  expect(decode([chunk.seal()]).dumped[0].data).toEqual({
    0: 'one',
    1: '',
    2: 'three',
    3: 'last',
    N: ['one', '', 'three'],
  })
})

test('numbers that a double cannot hold are written as text', () => {
  const chunk = new TestChunk()
  for (const id of [2n ** 53n - 1n, 2n ** 53n, 2n ** 64n - 1n]) {
    chunk.record(1, (xml) => xml.instance(7, event(), [u16(1), fileTime(SOME_TIME), u64(id)]))
  }
  const ids = decode([chunk.seal()]).dumped.map((line) => line.recordId)
  expect(ids).toEqual([9007199254740991, '9007199254740992', '18446744073709551615'])
})

test('times that no calendar has are still written', () => {
  const chunk = new TestChunk()
  for (const time of [0n, 1n, 2n ** 63n, 2n ** 64n - 1n]) {
    chunk.record(1, (xml) => xml.instance(7, event(), [u16(1), fileTime(time), u64(1n)]))
  }
  const times = decode([chunk.seal()]).dumped.map((line) => line.time)
  expect(times.slice(0, 2)).toEqual(['1601-01-01T00:00:00.0000000Z', '1601-01-01T00:00:00.0000001Z'])
  expect(times).toHaveLength(4)
})
