import { expect, test } from 'vitest'
import { ChunkBytes } from './chunk-bytes.ts'
import { Needles } from './contains.ts'

function found(text: string, ...needles: string[]): boolean {
  const bytes = Buffer.from(`x${text}`, 'utf16le')
  const space = new ChunkBytes()
  space.open(bytes)
  return new Needles(needles).isIn(space, 2, bytes.length - 2)
}

test('a needle is found in any case, at the beginning, the end and between', () => {
  expect(found('SchTasks /create', 'schtasks')).toBe(true)
  expect(found('run SCHTASKS', 'schtasks')).toBe(true)
  expect(found('a TaskSchd.dll b', 'none', 'taskschd.DLL')).toBe(true)
})

test('a needle that is cut off, interrupted or only alike is not found', () => {
  expect(found('schtask', 'schtasks')).toBe(false)
  expect(found('sch tasks', 'schtasks')).toBe(false)
  expect(found('ѕchtasks', 'schtasks')).toBe(false) // begins with a Cyrillic letter
  expect(found('', 'a')).toBe(false)
})

test('a character above ASCII whose low byte is alike is not taken for one', () => {
  expect(found(String.fromCharCode(0x161, 0x162), 'ab')).toBe(false)
})

test('a needle that follows a false start is found', () => {
  expect(found('ssschtasks', 'schtasks')).toBe(true)
})
