import { expect, test } from 'vitest'
import type { WindowsRecord } from '../model/record.ts'
import { addUnreadable, noteUnreadable, type UnreadableRecords, unreadableProblems } from './unreadable-records.ts'

const record = (position: number, eventId = 4688) =>
  ({ channel: 'Security', eventId, position, recordId: position * 10 }) as WindowsRecord
const bad = (value: string, field = 'NewProcessId') =>
  ({ kind: 'unreadable', field, reason: `${field} is "${value}", not a process id` }) as const

function unit(file: string, ...positions: number[]): UnreadableRecords {
  const kinds: UnreadableRecords = new Map()
  for (const position of positions) noteUnreadable(kinds, file, record(position), bad(`at ${position}`))
  return kinds
}

test('a million records with the same bad field are one problem with their number and the first place', () => {
  const kinds: UnreadableRecords = new Map()
  for (let at = 1_000_000; at > 0; at--) noteUnreadable(kinds, 'a.json', record(at), bad(`zz${at}`))
  expect(unreadableProblems(kinds)).toEqual([
    {
      file: 'a.json',
      offset: 1,
      chunk: null,
      code: 'bad-field',
      reason:
        '1,000,000 records of Security, event 4688, the first here (record 10): NewProcessId is "zz1", not a process id',
    },
  ])
})

test('other inputs, events and fields are other problems, and one record alone is told as one', () => {
  const kinds = unit('a.json', 5)
  noteUnreadable(kinds, 'a.json', record(6, 4689), bad('x'))
  noteUnreadable(kinds, 'a.json', record(7), bad('x', 'NewProcessName'))
  addUnreadable(kinds, unit('b.json', 8))
  expect(unreadableProblems(kinds).map(({ reason }) => reason.split(':')[0])).toEqual([
    'record 50 of Security, event 4688',
    'record 60 of Security, event 4689',
    'record 70 of Security, event 4688',
    'record 80 of Security, event 4688',
  ])
})

test('units may come in any order from any worker', () => {
  const units = [unit('a', 10, 11), unit('a', 3), unit('a', 20)]
  const joined = (order: readonly number[]) => {
    const all: UnreadableRecords = new Map()
    for (const index of order) addUnreadable(all, units[index] as UnreadableRecords)
    return unreadableProblems(all)
  }
  expect(joined([0, 1, 2])).toEqual(joined([2, 1, 0]))
  expect(joined([1, 2, 0])[0]?.reason).toMatch(/^4 records .*"at 3"/)
})

test('an input that invents channels is cut off, and what is beyond is counted by whoever asks', () => {
  const kinds: UnreadableRecords = new Map()
  const taken = Array.from({ length: 1000 }, (_, i) =>
    noteUnreadable(kinds, 'a', { ...record(i), channel: `c${i}` } as WindowsRecord, bad('x')),
  )
  expect(taken.filter(Boolean)).toHaveLength(200)
})
