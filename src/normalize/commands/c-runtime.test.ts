import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nativeCommandLine, splitArguments } from './c-runtime.ts'

const texts = (text: string) => splitArguments(text).map((argument) => argument.text)

/** Quotes an argument so that the C runtime gives it back. */
function quoted(argument: string): string {
  if (argument !== '' && !/[ \t"]/.test(argument)) return argument
  let backslashes = 0
  let text = '"'
  for (const character of argument) {
    if (character === '"') text += '\\'.repeat(backslashes + 1)
    backslashes = character === '\\' ? backslashes + 1 : 0
    text += character
  }
  return `${text}${'\\'.repeat(backslashes)}"`
}

describe('the C runtime', () => {
  // the table of Microsoft's page
  test.each([
    ['"a b c" d e', ['a b c', 'd', 'e']],
    ['"ab\\"c" "\\\\" d', ['ab"c', '\\', 'd']],
    ['a\\\\\\b d"e f"g h', ['a\\\\\\b', 'de fg', 'h']],
    ['a\\\\\\"b c d', ['a\\"b', 'c', 'd']],
    ['a\\\\\\\\"b c" d e', ['a\\\\b c', 'd', 'e']],
    ['a"b"" c d', ['ab" c d']],
  ])('splits %s', (text, expected) => {
    expect(texts(text)).toEqual(expected)
  })

  test('does not split at a line break: a script in an argument keeps its lines', () => {
    expect(texts('a\nb c')).toEqual(['a\nb', 'c'])
  })

  test('tells where the quoted part of an argument begins', () => {
    expect(splitArguments('/tn"my task" "x" y')).toEqual([
      { text: '/tnmy task', quotedAt: 3 },
      { text: 'x', quotedAt: 0 },
      { text: 'y', quotedAt: -1 },
    ])
  })

  test('gives back any list of arguments that was printed by its rules', () => {
    const argument = fc.string({ unit: fc.constantFrom('a', '"', '\\', ' ', '\t', '/', 'é', '\n') })
    fc.assert(
      fc.property(fc.array(argument), (list) => {
        expect(texts(list.map(quoted).join(' '))).toEqual(list)
      }),
    )
  })
})

test('Windows PowerShell quotes blanks and escapes nothing', () => {
  expect(nativeCommandLine(['schtasks', '/tr', 'a \\"b c\\"', ''])).toBe('schtasks /tr "a \\"b c\\"" ""')
})
