/** Claims from msuhanov, "Windows registry file format specification"; the first hive is written byte by byte from it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hiveBytes } from '../../lab/hive-writer/hive-writer.ts'
import {
  type LabKey,
  REG_EXPAND_SZ,
  REG_MULTI_SZ,
  regBytes,
  regNumber,
  regText,
} from '../../lab/hive-writer/lab-key.ts'
import { formatInstant } from '../../model/time.ts'
import { bytesInMemory, type Hive, hiveFileKind, openHive } from './index.ts'
import { MAX_PROBLEMS_PER_HIVE } from './limits.ts'

const time = { time: Date.UTC(2026, 2, 9, 6, 0, 0, 123), ticks: 4567 }
const key = (name: string, more: Partial<LabKey> = {}): LabKey => ({ name, lastWritten: time, ...more })
const open = (bytes: Uint8Array) => openHive({ file: 'SOFTWARE', bytes: bytesInMemory(bytes) })
function opened(bytes: Uint8Array): Hive {
  const { hive } = open(bytes)
  if (hive === null) throw new Error('no hive')
  return hive
}
/** Paths of all keys, after which all problems are known. */
const paths = (hive: Hive) => [...hive.walk()].map(({ path }) => path)
const codes = (hive: Hive) => hive.problems.all().map(({ code }) => code)

/** Offsets count from the end of the base block; the value's text is the only data. */
function handWritten(): Buffer {
  const file = Buffer.alloc(4096 + 4096)
  file.write('regf', 0, 'latin1')
  file.writeUInt32LE(7, 4)
  file.writeUInt32LE(7, 8)
  file.writeUInt32LE(1, 20)
  file.writeUInt32LE(3, 24)
  file.writeUInt32LE(1, 32)
  file.writeUInt32LE(0x20, 36)
  file.writeUInt32LE(4096, 40)
  let sum = 0
  for (let at = 0; at < 508; at += 4) sum ^= file.readInt32LE(at)
  file.writeInt32LE(sum, 508)
  const bin = file.subarray(4096)
  bin.write('hbin', 0, 'latin1')
  bin.writeUInt32LE(4096, 8)
  const nk = (at: number, name: string, subkeys: number, list: number, values: number, valueList: number) => {
    bin.writeInt32LE(-0x58, at)
    bin.write('nk', at + 4, 'latin1')
    bin.writeUInt16LE(0x20, at + 6)
    bin.write('004ebc5f7edbda01', at + 8, 'hex') // 2024-07-21T14:57:57.938944Z
    bin.writeUInt32LE(subkeys, at + 4 + 20)
    bin.writeUInt32LE(list, at + 4 + 28)
    bin.writeUInt32LE(values, at + 4 + 36)
    bin.writeUInt32LE(valueList, at + 4 + 40)
    bin.writeUInt32LE(0xffff_ffff, at + 4 + 44)
    bin.writeUInt16LE(name.length, at + 4 + 72)
    bin.write(name, at + 4 + 76, 'latin1')
  }
  nk(0x20, 'ROOT', 1, 0x80, 0, 0xffff_ffff)
  bin.writeInt32LE(-0x10, 0x80)
  bin.write('lf', 0x84, 'latin1')
  bin.writeUInt16LE(1, 0x86)
  bin.writeUInt32LE(0x90, 0x88)
  bin.write('Abc\0', 0x8c, 'latin1')
  nk(0x90, 'Abc', 0, 0xffff_ffff, 2, 0xe8)
  bin.writeInt32LE(-0x10, 0xe8)
  bin.writeUInt32LE(0xf8, 0xec)
  bin.writeUInt32LE(0x118, 0xf0)
  bin.writeInt32LE(-0x20, 0xf8)
  bin.write('vk', 0xfc, 'latin1')
  bin.writeUInt16LE(4, 0xfe)
  bin.writeUInt32LE(6, 0x100)
  bin.writeUInt32LE(0x138, 0x104)
  bin.writeUInt32LE(1, 0x108)
  bin.writeUInt16LE(1, 0x10c)
  bin.write('Name', 0x110, 'latin1')
  bin.writeInt32LE(-0x20, 0x118)
  bin.write('vk', 0x11c, 'latin1')
  bin.writeUInt32LE(0x8000_0004, 0x120)
  bin.writeUInt32LE(42, 0x124)
  bin.writeUInt32LE(4, 0x128)
  bin.writeInt32LE(-0x10, 0x138)
  bin.write('hi\0', 0x13c, 'utf16le')
  bin.writeInt32LE(4096 - 0x148, 0x148)
  return file
}

describe('a hive', () => {
  test('written by hand from the specification is read', () => {
    const hive = opened(handWritten())
    const abc = hive.key('aBC')
    expect(abc?.name).toBe('Abc')
    expect(formatInstant(abc?.lastWritten ?? time)).toBe('2024-07-21T14:57:57.9389440Z')
    expect(abc?.value('NAME')?.text()).toBe('hi')
    expect(abc?.value('')?.number()).toBe(42)
    expect(hive.problems.all()).toEqual([])
  })

  test.each(['li', 'lf', 'lh'] as const)(
    'keeps its subkeys in %s lists, many of them under a list of lists',
    (list) => {
      const names = Array.from({ length: 100 }, (_, index) => `Key ${index}`)
      const root = key('ROOT', { subkeys: [key('Many', { subkeys: names.map((name) => key(name)) })] })
      const hive = opened(hiveBytes(root, { list, longestList: 9 }))
      expect(new Set([...(hive.key('many')?.subkeys() ?? [])].map(({ name }) => name))).toEqual(new Set(names))
      for (const name of names) expect(hive.key(`Many\\${name.toUpperCase()}`)?.name).toBe(name)
      expect(hive.key('Many\\Key 100')).toBeUndefined()
      expect(hive.problems.all()).toEqual([])
    },
  )

  test('has values of every type and size, in the value itself, in one cell and in pieces', () => {
    const sizes = [0, 1, 4, 5, 16_343, 16_344, 16_345, 40_000, 100_000]
    const values = [
      regText('', 'default'),
      regText('Expand', '%SystemRoot%', REG_EXPAND_SZ),
      { name: 'Multi', type: REG_MULTI_SZ, data: Buffer.from('a\0b\0\0', 'utf16le') },
      regNumber('Number', 0xffff_fffe),
      ...sizes.map((size) => regBytes(`Size ${size}`, Buffer.alloc(size, size))),
    ]
    for (const minorVersion of [3, 5]) {
      const hive = opened(hiveBytes(key('ROOT', { values }), { minorVersion }))
      expect(hive.root.value('')?.text()).toBe('default')
      expect(hive.root.value('expand')?.text()).toBe('%SystemRoot%')
      expect(hive.root.value('multi')?.typeName).toBe('REG_MULTI_SZ')
      expect(hive.root.value('number')?.number()).toBe(0xffff_fffe)
      for (const size of sizes) {
        expect(hive.root.value(`size ${size}`)?.data().equals(Buffer.alloc(size, size))).toBe(true)
      }
      expect(hive.problems.all()).toEqual([])
    }
  })

  test('has names in Latin-1 and UTF-16, found in any case', () => {
    const hive = opened(hiveBytes(key('ROOT', { subkeys: [key('Größe'), key('Задача'), key('ﬂuss')] })))
    expect(hive.key('grÖßE')?.name).toBe('Größe')
    expect(hive.key('ЗАДАЧА')?.name).toBe('Задача')
    expect(hive.key('ﬂuss')?.name).toBe('ﬂuss')
  })

  test('gives each key its security descriptor', () => {
    expect(
      opened(hiveBytes(key('ROOT')))
        .root.security()
        ?.readUInt16LE(2),
    ).toBe(0x8004)
  })

  test('is recognised by its first bytes, as its logs are', () => {
    const bytes = hiveBytes(key('ROOT'))
    expect(hiveFileKind(bytes)).toBe('hive')
    bytes.writeUInt32LE(6, 28)
    expect(hiveFileKind(bytes)).toBe('log')
    expect(hiveFileKind(Buffer.from('MZ'))).toBeUndefined()
  })
})

describe('a damaged hive is read as far as it goes', () => {
  const tree = key('ROOT', {
    subkeys: [key('A', { subkeys: [key('A1'), key('A2')] }), key('B', { values: [regText('Name', 'some text here')] })],
  })
  const sound = () => hiveBytes(tree)
  /** Offset in the file of the content of the cell that begins with these bytes and holds that name. */
  const cellOf = (bytes: Buffer, name: string, nameAt: number) => bytes.indexOf(name, 4096, 'latin1') - nameAt

  test('that is no hive is a problem', () => {
    expect(open(Buffer.from('hello')).hive).toBeNull()
    expect(open(Buffer.alloc(0)).problems.map(({ code }) => code)).toEqual(['not-a-hive'])
  })

  test('without its base block', () => {
    const bytes = sound()
    bytes.fill(0, 0, 4096)
    const hive = opened(bytes)
    expect(paths(hive)).toEqual(['', 'A', 'A\\A1', 'A\\A2', 'B'])
    expect(codes(hive)).toContain('bad-base-block')
  })

  test('with a wrong checksum', () => {
    const bytes = sound()
    bytes[60] = 0xff
    expect(codes(opened(bytes))).toContain('bad-checksum')
  })

  test('with a key overwritten: the others are there', () => {
    const bytes = sound()
    bytes.write('xx', cellOf(bytes, 'A1', 76), 'latin1')
    const hive = opened(bytes)
    expect(paths(hive)).toEqual(['', 'A', 'A\\A2', 'B'])
    expect(hive.problems.all()).toEqual([
      {
        file: 'SOFTWARE',
        offset: cellOf(bytes, 'A2', 76) - 88 - 4,
        chunk: null,
        code: 'bad-key',
        reason: 'a key does not begin with nk',
      },
    ])
  })

  test('cut off: what lies before the end is there', () => {
    const bytes = hiveBytes(key('ROOT', { subkeys: Array.from({ length: 200 }, (_, index) => key(`Key ${index}`)) }))
    const whole = paths(opened(bytes)).length
    const hive = opened(bytes.subarray(0, 4096 * 4))
    expect(paths(hive).length).toBeLessThan(whole)
    expect(codes(hive)).toContain('truncated')
  })

  test('with a key that names its own list as that of its subkeys', () => {
    const bytes = sound()
    const list = bytes.indexOf('lh', 4096, 'latin1')
    const a1 = cellOf(bytes, 'A1', 76)
    bytes.writeUInt32LE(2, a1 + 20)
    bytes.writeUInt32LE(list - 4 - 4096, a1 + 28)
    const hive = opened(bytes)
    expect([...(hive.key('A\\A1')?.subkeys() ?? [])].map(({ path }) => path)).toEqual(['A\\A1\\A2'])
    expect(paths(hive)).toEqual(['', 'A', 'A\\A1', 'A\\A2', 'B'])
    expect(codes(hive)).toContain('loop')
  })

  test('with a value that says to be longer than its cell', () => {
    const bytes = sound()
    const value = cellOf(bytes, 'Name', 20)
    bytes.writeUInt32LE(5000, value + 4)
    const hive = opened(bytes)
    expect(hive.key('B')?.value('Name')?.text()).toBe('some text here')
    expect(codes(hive)).toEqual(['truncated'])
  })

  test('with a value of 2 GB: nothing of it is read', () => {
    const bytes = sound()
    bytes.writeUInt32LE(0x7fff_ffff, cellOf(bytes, 'Name', 20) + 4)
    const hive = opened(bytes)
    expect(hive.key('B')?.value('Name')?.data().length).toBe(0)
    expect(codes(hive)).toEqual(['too-large'])
  })

  test('with a number of values that no list holds', () => {
    const bytes = sound()
    bytes.writeUInt32LE(0xffff_ffff, bytes.lastIndexOf('B', cellOf(bytes, 'Name', 20)) - 76 + 36)
    const hive = opened(bytes)
    expect([...(hive.key('B')?.values() ?? [])].length).toBe(1)
    expect(codes(hive)).toContain('bad-list')
  })

  test('with keys that share one list: each is met once, and the walk ends', () => {
    const names = Array.from({ length: 300 }, (_, index) => `Key ${String(index).padStart(3, '0')}`)
    const bytes = hiveBytes(key('ROOT', { subkeys: names.map((name) => key(name)) }))
    const list = bytes.indexOf('lh', 4096, 'latin1')
    for (const name of names) {
      bytes.writeUInt32LE(300, cellOf(bytes, name, 76) + 20)
      bytes.writeUInt32LE(list - 4 - 4096, cellOf(bytes, name, 76) + 28)
    }
    const hive = opened(bytes)
    expect(paths(hive).length).toBe(301)
    expect(codes(hive)).toContain('loop')
    expect(codes(hive).length).toBeLessThanOrEqual(MAX_PROBLEMS_PER_HIVE + 20)
  })

  test('with tens of thousands of lists that lie over each other: a search among them ends', () => {
    const bytes = Buffer.concat([handWritten(), Buffer.alloc(2_000_000)])
    const bins = bytes.subarray(4096)
    const count = 50_000
    bins.writeUInt32LE(0x1000, 0x20 + 4 + 28)
    bins.writeInt32LE(-(8 + 4 * count), 0x1000)
    bins.write('ri', 0x1004, 'latin1')
    bins.writeUInt16LE(count, 0x1006)
    for (let index = 0; index < count; index++) {
      const list = 0x40_000 + 8 * index
      bins.writeUInt32LE(list, 0x1008 + 4 * index)
      bins.writeInt32LE(-(8 + 8 * count), list)
      bins.write('lh', list + 4, 'latin1')
      bins.writeUInt16LE(count, list + 6)
    }
    const hive = opened(bytes)
    expect(hive.key('Nothing')).toBeUndefined()
    expect(paths(hive)).toEqual([''])
    expect(codes(hive)).toContain('too-large')
  })

  test('in whatever way bytes of it are changed, cut or repeated', () => {
    const bytes = hiveBytes(
      key('ROOT', {
        values: [regBytes('Big', Buffer.alloc(40_000, 1)), regText('Text', 'x')],
        subkeys: Array.from({ length: 40 }, (_, index) => key(`Key ${index}`, { values: [regNumber('n', index)] })),
      }),
      { longestList: 6 },
    )
    const change = fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255) })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.nat(bytes.length), (changes, length) => {
        const damaged = Buffer.from(bytes)
        for (const { at, value } of changes) damaged[at] = value
        const { hive, problems } = open(length % 3 === 0 ? damaged.subarray(0, length) : damaged)
        expect(hive !== null || problems.length > 0).toBe(true)
        if (hive === null) return
        for (const each of hive.walk()) for (const value of each.values()) value.data()
        expect(hive.problems.all().length).toBeLessThanOrEqual(MAX_PROBLEMS_PER_HIVE + 20)
      }),
      { numRuns: 300 },
    )
  })

  test('random bytes after the base block', () => {
    const head = hiveBytes(key('ROOT')).subarray(0, 4096)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (random) => {
        const { hive } = open(Buffer.concat([head, Buffer.from('hbin'), random]))
        for (const each of hive?.walk() ?? []) for (const value of each.values()) value.data()
      }),
    )
  })
})
