import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Row } from '../data.ts'
import { AnsweringBoard } from './board.ts'
import { compareWorst, orders } from './wish.ts'

const row = (more: Partial<Row> = {}): Row => ({
  ...{ id: 'a', kind: 'chain', host: 'ws01.example.test', title: '\\Updater', gist: 'It ran.', severity: 2, bits: 9 },
  ...{ parts: [9, 0, 0], time: 1_000, end: 2_000, verdict: 'outlier', change: 'created', route: 'schtasks' },
  ...{ user: 'CORP\\eve', origin: null, target: null, action: 'cmd.exe /c evil', definition: null },
  ...{ programs: ['cmd.exe'], hashes: [], alike: more.id ?? 'a' },
  ...more,
})

const boardOf = (...rows: Row[]) => new AnsweringBoard({ rows: rows.sort(compareWorst), hosts: ['quiet'], span: null })
const idsOf = (board: AnsweringBoard, wish: object) => board.answer({ ask: 'fitting', wish }).ids

describe('a list', () => {
  const board = boardOf(
    row({ id: 'mild', severity: 1, time: 5_000, end: 5_000 }),
    row({ id: 'bad', severity: 4, host: 'dc01.example.test', user: 'CORP\\mallory', programs: ['whoami.exe'] }),
  )
  test('has the worst first, or what was asked for', () => {
    expect(idsOf(board, {})).toEqual(['bad', 'mild'])
    expect(idsOf(board, { order: 'newest' })).toEqual(['mild', 'bad'])
  })
  test('is of what all words and all filters fit', () => {
    expect(idsOf(board, { q: 'EVIL mallory' })).toEqual(['bad'])
    expect(idsOf(board, { severity: 'low,medium' })).toEqual(['mild'])
    expect(idsOf(board, { program: 'whoami.exe', user: 'corp\\MALLORY' })).toEqual(['bad'])
    expect(idsOf(board, { since: '1970-01-01T00:00:03Z' })).toEqual(['mild'])
  })
  test('knows a host by its full name or by its first label', () => {
    expect(idsOf(board, { host: 'dc01' })).toEqual(['bad'])
    expect(idsOf(board, { host: 'DC01.example.test' })).toEqual(['bad'])
    expect(idsOf(board, { host: 'dc01.other.test' })).toEqual([])
  })
  test('tells alike findings as one, and where one stands', () => {
    const twice = boardOf(
      row({ id: 'x', alike: 's' }),
      row({ id: 'y', alike: 's', host: 'ws02' }),
      row({ id: 'z', severity: 1 }),
    )
    const list = (beside: string) => twice.answer({ ask: 'list', wish: {}, from: 0, count: 9, beside })
    expect(list('z')).toMatchObject({ findings: 3, of: 3, total: 2, place: 1 })
    expect(list('y')).toMatchObject({ place: 0, items: [{ count: 2, hostCount: 2 }, { count: 1 }] })
    expect(list('gone').place).toBe(null)
  })
})

test('parts of a list make up the whole, whatever is asked for', () => {
  const rows = fc.array(
    fc.record({
      severity: fc.nat(4),
      bits: fc.nat(30),
      time: fc.option(fc.nat(9)),
      alike: fc.constantFrom('s', 't', 'u'),
    }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 7 }), fc.constantFrom(...orders), (some, size, order) => {
      const board = boardOf(...some.map((one, place) => row({ ...one, id: `f${place}` })))
      const wish = { order, alike: 'each' }
      const part = (from: number) => board.answer({ ask: 'list', wish, from, count: size })
      const ids: string[] = []
      for (let from = 0; from < part(0).total; from += size) ids.push(...part(from).items.map(({ first }) => first.id))
      expect(ids).toEqual(idsOf(board, wish))
      expect(new Set(ids).size).toBe(some.length)
    }),
    { numRuns: 50 },
  )
})

test('hosts without a finding are told, after those that have one', () => {
  const { items } = boardOf(row({})).answer({ ask: 'hosts', text: '', from: 0, count: 9 })
  expect(items.map(({ host, findings }) => [host, findings])).toEqual([
    ['ws01.example.test', 1],
    ['quiet', 0],
  ])
})

test('a thread is followed from a finding to all others that have it, ordinary ones apart', () => {
  const board = boardOf(row({ id: 'one' }), row({ id: 'other', host: 'ws02' }), row({ id: 'ordinary', severity: 0 }))
  const [user] = board.answer({ ask: 'threads', id: 'one' })
  expect(user).toMatchObject({ kind: 'user', value: 'CORP\\eve', findings: 2, hosts: 2, ordinary: 1 })
})
