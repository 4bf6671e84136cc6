import fc from 'fast-check'
import { expect, test } from 'vitest'
import { widthOf, widthOfText, wrap } from './wrap.ts'

const plain = { first: '', rest: '' }

test('a short text is one line', () => {
  expect(wrap('a b', { first: '> ', rest: '  ' })).toEqual(['> a b'])
  expect(wrap('', { first: '> ', rest: '  ' })).toEqual(['> '])
})

test('exactly a hundred columns fit, one more does not', () => {
  expect(wrap('x'.repeat(100), plain)).toHaveLength(1)
  expect(wrap('x'.repeat(101), plain)).toEqual(['x'.repeat(100), 'x'])
})

test('a long text breaks at the last space, under its prefix', () => {
  const lines = wrap(`${'word '.repeat(30)}end`, { first: 'say ', rest: '    ' })
  expect(lines).toEqual([`say ${'word '.repeat(19).trim()}`, `    ${'word '.repeat(11)}end`])
})

test('a word that begins far to the left of the edge is broken rather than moved', () => {
  expect(wrap(`a ${'x'.repeat(150)}`, plain)).toEqual([`a ${'x'.repeat(98)}`, 'x'.repeat(52)])
})

test('characters that are two columns wide count twice', () => {
  expect(wrap('計'.repeat(60), plain)).toEqual(['計'.repeat(50), '計'.repeat(10)])
})

test('a character of two code units stays whole', () => {
  expect(wrap(`x${'😀'.repeat(60)}`, plain)).toEqual([`x${'😀'.repeat(49)}`, '😀'.repeat(11)])
})

test('a mark takes no column, and stays with the letter that it is drawn over', () => {
  const accented = 'e\u0301'
  expect(wrap(accented.repeat(101), plain)).toEqual([accented.repeat(100), accented])
  expect(wrap(`x${'\u0301'.repeat(100_000)}`, plain).every((line) => line.length <= 800)).toBe(true)
})

test('colour codes in the prefix take no room', () => {
  const first = '\u001b[1m HIGH \u001b[0m '
  expect(wrap('x'.repeat(93), { first, rest: '', widthOfFirst: 7 })).toEqual([`${first}${'x'.repeat(93)}`])
})

test('of any text no line is too wide, and only spaces at the breaks are lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat({ max: 40 }), (text, indent) => {
      const lines = wrap(text, { first: ' '.repeat(indent), rest: ' '.repeat(indent) })
      for (const line of lines) {
        expect(Array.from(line).reduce((sum, c) => sum + widthOf(c.codePointAt(0) ?? 0), 0)).toBeLessThanOrEqual(100)
      }
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
    }),
  )
})

test('a megabyte is broken in no time', () => {
  for (const text of ['x'.repeat(1_000_000), ' '.repeat(1_000_000), '計 '.repeat(500_000)]) {
    const start = process.cpuUsage()
    wrap(text, plain)
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(20_000)
  }
})

test('a Hangul syllable takes two columns, composed or not', () => {
  expect(['\uac00', '\u1100\u1161'].map(widthOfText)).toEqual([2, 2])
})
