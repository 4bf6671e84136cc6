import { describe, expect, test } from 'vitest'
import { excerpt } from './cut-text.ts'
import { isLongText, longestText, textWithin } from './long-text.ts'

describe('a text of a record', () => {
  test('that Windows allows stays as it is', () => {
    const text = 'a'.repeat(longestText)
    expect(textWithin(text)).toBe(text)
    expect(isLongText(text)).toBe(false)
  })

  test('that is longer is cut and says so, and two of them stay two', () => {
    const long = 'a'.repeat(300_000)
    const text = textWithin(long)
    expect(text.length).toBeLessThan(longestText)
    expect(text).toMatch(/a… \(268000 more, [0-9a-f]{8}\)$/)
    expect(isLongText(text)).toBe(true)
    expect(textWithin(text)).toBe(text)
    expect(textWithin(`${long}b`)).not.toBe(text)
    expect(textWithin(`a${'😀'.repeat(50_000)}`).isWellFormed()).toBe(true)
  })

  test('in an excerpt says how long it is', () => {
    expect(excerpt('abc', 3)).toBe('abc')
    expect(excerpt('a'.repeat(3_000), 2)).toBe('aa… (3,000 characters)')
  })
})
