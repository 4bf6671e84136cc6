import { expect, test } from 'vitest'
import type { Packed } from '../engine/ports.ts'
import { bytesToRead } from '../sources/input.ts'
import { ProgressLine, progressText, toldPieces } from './progress.ts'

const at = { stage: 'weighing', done: 512, total: 2048, records: 9, input: null } as const

function fakeTerminal() {
  const written: string[] = []
  return { written, terminal: { isTTY: true, columns: 80, write: (text: string) => written.push(text) } }
}

test('the line is wiped before the result, and does not come back', () => {
  const { written, terminal } = fakeTerminal()
  const line = new ProgressLine(false, terminal)
  line.show(at)
  line.end()
  line.show(at)
  line.clear()
  expect(written).toEqual(['\r\u001b[2Kweighing what was found: 25 % · 512 of 2048', '\r\u001b[2K'])
})

test('of files that do not say how much they unpack to no share is told, instead of 24 of 18 MB', () => {
  const packed = { length: 5, method: 'gzip', size: null } as Packed
  const total = bytesToRead([
    { packed: null, bytes: 18_000_000 },
    { packed, bytes: 5 },
  ])
  const reading = { ...at, stage: 'reading', done: 24_000_000, records: 6842, input: 'a.json.gz' } as const
  expect(progressText({ ...reading, total }, 2)).toBe('reading: 24 MB, 6,842 records · 12 MB/s · a.json.gz')
  const known = bytesToRead([
    { packed: null, bytes: 18_000_000 },
    { packed: { ...packed, size: 30_000_000 }, bytes: 30_000_000 },
  ])
  expect(progressText({ ...reading, total: known }, 2)).toMatch(/^reading: 50 % · 24 of 48 MB, /)
})

test('weighing and writing tell how far they are', () => {
  expect(progressText(at, 1)).toBe('weighing what was found: 25 % · 512 of 2048')
  expect(progressText({ ...at, stage: 'writing', done: 12_000_000, total: 0 }, 1)).toBe('writing: 12 MB')
  const told: number[] = []
  expect([...toldPieces(['abc', 'de'], ({ done }) => told.push(done))]).toEqual(['abc', 'de'])
  expect(told).toEqual([0, 3, 5])
})
