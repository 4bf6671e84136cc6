/** Claims from msuhanov, "Windows registry file format specification", sections on transaction logs. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dirtyPagesLog, entriesLog } from '../../lab/hive-writer/hive-log.ts'
import { hiveBytes } from '../../lab/hive-writer/hive-writer.ts'
import { type LabKey, regBytes, regNumber } from '../../lab/hive-writer/lab-key.ts'
import { bytesInMemory, openHive } from './index.ts'
import { marvin32 } from './marvin32.ts'

const time = { time: Date.UTC(2026, 2, 9, 6), ticks: 0 }
/** A hive whose one value says which state it is; state 3 has one bin more. */
function state(number: number): Buffer {
  const values = [regNumber('State', number), regBytes('Filler', Buffer.alloc(6000, 1))]
  if (number >= 3) values.push(regBytes('New', Buffer.alloc(9000, number)))
  const root: LabKey = { name: 'ROOT', lastWritten: time, values }
  return hiveBytes(root, { sequence: [6, 5] })
}
const base = { lastWritten: time, minorVersion: 5, rootOffset: 0x20, name: 'SOFTWARE' }
const bins = (hive: Buffer) => hive.subarray(4096)
/** All bins of a state as pages of 4 KiB. */
function entry(sequence: number, hive: Buffer) {
  const pages = Array.from({ length: bins(hive).length / 4096 }, (_, index) => ({
    offset: index * 4096,
    bytes: bins(hive).subarray(index * 4096, (index + 1) * 4096),
  }))
  return { sequence, binsSize: bins(hive).length, pages }
}
const log = (...entries: ReturnType<typeof entry>[]) =>
  entriesLog({ ...base, binsSize: bins(state(1)).length }, entries)
function read(hive: Buffer, ...logs: Buffer[]) {
  const files = logs.map((bytes, index) => ({ file: `LOG${index + 1}`, bytes: bytesInMemory(bytes) }))
  const reading = openHive({ file: 'SOFTWARE', bytes: bytesInMemory(hive) }, files)
  return {
    state: reading.hive?.root.value('State')?.number(),
    grown: reading.hive?.root.value('New')?.data().length,
    replay: reading.hive?.replay,
    codes: reading.hive?.problems.all().map(({ code }) => code),
  }
}

test('the hash is that of a real log: the header of an entry in regipy’s test data', () => {
  const hex = '48764c4500ae0300000000003602000000e00b0018000000cdc98b95d9a767751c3d2580d221773a'
  const header = Buffer.from(hex, 'hex')
  const hash = marvin32(bytesInMemory(header), 0, 32)
  expect([hash.low, hash.high]).toEqual([header.readUInt32LE(32), header.readUInt32LE(36)])
})

describe('logs of the new format', () => {
  test('bring a dirty hive up to date, entry by entry over both logs, and let it grow', () => {
    const { state: found, grown, replay, codes } = read(state(1), log(entry(6, state(3))), log(entry(5, state(2))))
    expect([found, grown]).toEqual([3, 9000])
    expect(codes).toEqual([])
    expect(replay?.applied.map(({ file, firstSequence, entries }) => [file, firstSequence, entries])).toEqual([
      ['LOG2', 5, 1],
      ['LOG1', 6, 1],
    ])
  })

  test('are not applied to a clean hive', () => {
    const clean = state(1)
    clean.writeUInt32LE(5, 4)
    let sum = 0
    for (let at = 0; at < 508; at += 4) sum ^= clean.readInt32LE(at)
    clean.writeInt32LE(sum, 508)
    const { state: found, replay } = read(clean, log(entry(5, state(2))))
    expect(found).toBe(1)
    expect(replay).toEqual({ dirty: false, applied: [], unused: [{ file: 'LOG1', why: 'the hive is clean' }] })
  })

  test('what the hive holds already is left out', () => {
    const { state: found, replay } = read(state(1), log(entry(3, state(3)), entry(4, state(2))))
    expect(found).toBe(1)
    expect(replay?.unused[0]?.why).toContain('none of its entries')
  })

  test('a gap ends the replay and is told', () => {
    const { state: found, codes } = read(state(1), log(entry(5, state(2)), entry(7, state(3))))
    expect(found).toBe(2)
    expect(codes).toEqual(['log-gap'])
  })

  test('a gap before the first entry is told, and the entries are applied', () => {
    const { state: found, codes } = read(state(1), log(entry(9, state(2))))
    expect(found).toBe(2)
    expect(codes).toEqual(['log-gap'])
  })

  test('a damaged entry and what follows it is left out', () => {
    const bytes = log(entry(5, state(2)), entry(6, state(3)))
    const second = bytes.lastIndexOf('HvLE')
    bytes[second + 100] = (bytes[second + 100] as number) ^ 1
    expect(read(state(1), bytes).state).toBe(2)
  })

  test('give a hive its base block back', () => {
    const hive = state(1)
    hive.fill(0, 0, 512)
    const { state: found, codes } = read(hive, log(entry(5, state(2))))
    expect(found).toBe(2)
    expect(codes).toEqual([])
  })

  test('that are damaged themselves are told', () => {
    const bytes = log(entry(5, state(2)))
    bytes[8] = 77
    const { state: found, codes } = read(state(1), bytes)
    expect(found).toBe(1)
    expect(codes).toEqual(['bad-log', 'dirty-hive'])
  })

  test('sequence numbers wrap around', () => {
    const root: LabKey = { name: 'ROOT', lastWritten: time, values: [regNumber('State', 1)] }
    const hive = hiveBytes(root, { sequence: [0, 0xffff_ffff] })
    const next = (number: number) => hiveBytes({ ...root, values: [regNumber('State', number)] })
    expect(read(hive, log(entry(0xffff_ffff, next(2)), entry(0, next(3)))).state).toBe(3)
  })
})

describe('logs of the old format', () => {
  const dirty = (lastWritten = time) =>
    dirtyPagesLog({ ...base, lastWritten, binsSize: bins(state(2)).length }, bins(state(1)), bins(state(2)), 6)

  test('replace the pages whose bit is set', () => {
    const { state: found, replay, codes } = read(state(1), dirty())
    expect(found).toBe(2)
    expect(codes).toEqual([])
    expect(replay?.applied[0]).toMatchObject({ format: 'dirty-pages', pages: 1 })
  })

  test('that are older than the hive are left out', () => {
    const { state: found, replay } = read(state(1), dirty({ time: time.time - 1, ticks: 0 }))
    expect(found).toBe(1)
    expect(replay?.unused[0]?.why).toContain('older')
  })
})

test('logs of any bytes end the replay, never the reading', () => {
  const sound = log(entry(5, state(2)), entry(6, state(3)))
  fc.assert(
    fc.property(
      fc.array(fc.record({ at: fc.nat(sound.length - 1), value: fc.nat(255) }), { maxLength: 6 }),
      fc.nat(sound.length),
      (changes, length) => {
        const damaged = Buffer.from(sound)
        for (const { at, value } of changes) damaged[at] = value
        expect([1, 2, 3]).toContain(read(state(1), damaged.subarray(0, length)).state)
      },
    ),
  )
})
