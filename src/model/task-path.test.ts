import { describe, expect, test } from 'vitest'
import { isCutPath, taskKey, taskPath } from './task-path.ts'

describe('a task’s path', () => {
  test('of Windows stays as it is', () => {
    const longest = `\\${'a\\'.repeat(118)}b`
    expect(taskPath('Folder//Name\\ ')).toBe('\\Folder\\Name')
    expect(taskPath(longest)).toBe(longest)
    expect(isCutPath(longest)).toBe(false)
  })

  test('that is longer than any on Windows is cut and says so, and two of them stay two', () => {
    const long = '\\a'.repeat(16_000)
    const path = taskPath(long)
    expect(path.length).toBeLessThan(512)
    expect(path).toMatch(/\\a… \(31600 more, [0-9a-f]{8}\)$/)
    expect(isCutPath(path)).toBe(true)
    expect(taskPath(path)).toBe(path)
    expect(taskPath(`${long}b`)).not.toBe(path)
    expect(taskKey(long.toUpperCase())).toBe(taskKey(long))
  })

  test('is not cut within a character', () => {
    expect(taskPath(`\\a${'😀'.repeat(1000)}`).isWellFormed()).toBe(true)
  })
})
