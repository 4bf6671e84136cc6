import { expect, test } from 'vitest'
import { describe } from './rule.ts'

test('a process is told with its id where a record says it', () => {
  expect(describe({ pid: 4711, image: 'C:\\Windows\\System32\\schtasks.exe' })).toBe('schtasks.exe (pid 4711)')
  expect(describe({ pid: 0, image: 'C:\\Windows\\System32\\schtasks.exe' })).toBe('schtasks.exe')
  expect(describe({ pid: 0, image: null })).toBe('A process')
})
