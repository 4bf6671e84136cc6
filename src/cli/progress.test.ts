import { expect, test } from 'vitest'
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

test('weighing and writing tell how far they are', () => {
  expect(progressText(at, 1)).toBe('weighing what was found: 25 % · 512 of 2048')
  expect(progressText({ ...at, stage: 'writing', done: 12_000_000, total: 0 }, 1)).toBe('writing: 12 MB')
  const told: number[] = []
  expect([...toldPieces(['abc', 'de'], ({ done }) => told.push(done))]).toEqual(['abc', 'de'])
  expect(told).toEqual([0, 3, 5])
})
