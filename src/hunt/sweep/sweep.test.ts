import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eqlText } from './eql.ts'
import { type SweepLanguageName, type SweepValues, sweepLanguages, sweepText } from './index.ts'
import { kqlText } from './kql.ts'
import { patternOf } from './pattern.ts'
import { probesOf } from './probe.ts'
import { sigmaValue } from './sigma.ts'
import { isPlain } from './written.ts'

const names = Object.keys(sweepLanguages) as SweepLanguageName[]
const text = fc.string({ unit: 'binary', maxLength: 60 })
const hostile = fc.string({
  unit: fc.constantFrom(...'\\*?"\'`|^$.()[]{}%\n\r\t\0 aZ\u202e\u{e0001}é😀'),
  maxLength: 20,
})
const any = fc.oneof(text, hostile)

const values = (part: Partial<SweepValues>): SweepValues => ({
  ...{ id: '0123456789abcdef', taskPath: null, commandLines: [], files: [], hashes: [], users: [], addresses: [] },
  ...part,
})

/** The pattern as JavaScript writes it. */
function matches(pattern: string, subject: string): boolean {
  const script = pattern
    .replace('(?is)', '')
    .replace(/^\\A/, '^')
    .replace(/\\z$/, '$')
    .replaceAll(/(?<!\\)((?:\\\\)*)\\x\{/g, '$1\\u{')
  return new RegExp(script, 'isu').test(subject)
}

describe('a value in a query means itself', () => {
  test('as a string of KQL', () => {
    fc.assert(fc.property(any, (value) => void expect(JSON.parse(kqlText(value))).toBe(value)))
  })
  test('as a string of EQL', () => {
    const units = (_: string, digits: string) =>
      Array.from(
        String.fromCodePoint(Number.parseInt(digits, 16)).split(''),
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ).join('')
    const read = (written: string) =>
      JSON.parse(
        written.replaceAll(/\\u\{([\da-f]+)\}|\\[\\"]/g, (whole, digits) =>
          digits === undefined ? whole : units(whole, digits),
        ),
      )
    fc.assert(fc.property(any, (value) => void expect(read(eqlText(value))).toBe(value)))
  })
  test('as a value of Sigma, where a backslash takes the meaning from a wildcard', () => {
    // in single quotes of YAML only the quote is doubled
    const read = (yaml: string) =>
      yaml
        .slice(1, -1)
        .replaceAll("''", "'")
        .replaceAll(/\\([\\*?])/g, '$1')
    const plain = any.filter((value) => Array.from(value).every(isPlain))
    fc.assert(fc.property(plain, (value) => void expect(read(sigmaValue(value))).toBe(value)))
    expect(sigmaValue('a\\*?\u202e"\u{e0001}')).toBe('"a\\\\\\\\\\\\*\\\\?\\u202e\\"\\U000e0001"')
  })
  test('as a regular expression that matches it in any case, and no other value', () => {
    const writable = any.filter((value) => value !== '')
    fc.assert(
      fc.property(writable, writable, (value, other) => {
        const pattern = patternOf('is', [value])
        expect(matches(pattern, value)).toBe(true)
        expect(matches(pattern, `${value}x`)).toBe(false)
        expect(matches(pattern, `x\n${value}`)).toBe(false)
        expect(matches(patternOf('contains', [value]), `${other}${value}${other}`)).toBe(true)
        if (other.toLowerCase() !== value.toLowerCase() && other.toUpperCase() !== value.toUpperCase())
          expect(matches(pattern, other)).toBe(false)
      }),
    )
  })
})

test('no value, whatever is in it, steers a terminal, hides or reorders what a person reads', () => {
  fc.assert(
    fc.property(any, fc.constantFrom(...names), (value, name) => {
      const query = sweepText(
        values({ taskPath: `\\${value}`, commandLines: [value], files: [`C:\\${value}.exe`], users: [value] }),
        name,
      )
      for (const character of query) expect(character === '\n' || isPlain(character)).toBe(true)
    }),
  )
})

describe('what is asked', () => {
  test('first exactly what the finding shows, then what is like it', () => {
    const asked = probesOf(
      values({
        taskPath: '\\Vendor\\Updater',
        commandLines: ['x.exe -k'],
        files: ['D:\\Apps\\x.exe'],
        users: ['jdoe'],
      }),
    )
    expect(
      asked.map(({ breadth, asks: { field, match, values: of } }) => `${breadth} ${field} ${match} ${of.join()}`),
    ).toEqual([
      'narrow task is \\Vendor\\Updater',
      'narrow command-line is x.exe -k',
      'wide task ends \\Updater',
      'wide content contains x.exe',
      'wide image ends \\x.exe',
      'wide command-line contains x.exe',
      'wide user is jdoe',
    ])
  })
  test('of a long command line its beginning, which no half of a character ends', () => {
    const [probe] = probesOf(values({ commandLines: [`${'a'.repeat(999)}😀${'b'.repeat(5_000)}`] }))
    expect(probe?.asks).toEqual({ field: 'command-line', match: 'begins', values: ['a'.repeat(999)] })
  })
  test('of a text with what no language can write its longest part', () => {
    const [probe] = probesOf(values({ taskPath: '\\ab\0\ud800longer part' }))
    expect(probe?.asks).toEqual({ field: 'task', match: 'contains', values: ['longer part'] })
  })
  test('as XML has it, where it is looked for in a task’s XML', () => {
    const wide = probesOf(values({ files: ['C:\\a & b.exe'] })).find(({ asks }) => asks.field === 'content')
    expect(wide?.asks.values).toEqual(['a &amp; b.exe'])
  })
  test('nothing, where the finding has nothing: the query says so in a comment', () => {
    for (const name of names) expect(sweepText(values({}), name)).toContain('has no value that could be asked for')
  })
  test('an id from a file of findings cannot leave its comment', () => {
    expect(sweepText(values({ id: 'x\n| delete', taskPath: '\\Task' }), 'spl')).not.toContain('| delete')
  })
})
