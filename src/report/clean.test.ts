import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clean } from './clean.ts'

test.each([
  ['an escape sequence', '\u001b[2Jgone', '\\u{1b}[2Jgone'],
  ['the one-character form of the same', '\u009b2J', '\\u{9b}2J'],
  ['a bell, a backspace and a delete', '\u0007\b\u007f', '\\u{7}\\u{8}\\u{7f}'],
  ['a mark that turns the reading direction', 'evil\u202etxt.exe', 'evil\\u{202e}txt.exe'],
  ['an isolate', '\u2066a\u2069', '\\u{2066}a\\u{2069}'],
  ['a space of no width', 'sys\u200btem', 'sys\\u{200b}tem'],
  ['a byte order mark and a soft hyphen', '\ufeffa\u00ad', '\\u{feff}a\\u{ad}'],
  ['a space that only looks like one', 'Google\u00a0Update', 'Google\\u{a0}Update'],
  ['a letter that is drawn as nothing', 'a\u3164\u115fb', 'a\\u{3164}\\u{115f}b'],
  ['an invisible tag', 'a\u{e0041}', 'a\\u{e0041}'],
  ['half of a surrogate pair', '\ud83d', '\\u{d83d}'],
  ['a private character', '\ue000', '\\u{e000}'],
  ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
])('%s becomes visible', (_, text, safe) => {
  expect(clean(text)).toBe(safe)
})

test('line breaks and tabs become spaces', () => {
  expect(clean('a\r\nb\tc')).toBe('a  b c')
})

test.each(['\\Microsoft\\Windows\\Défrag', 'Обновление', '計画タスク', 'مهمة', '🗓 daily', 'a b'])(
  '%s stays as it is',
  (text) => {
    expect(clean(text)).toBe(text)
  },
)

test('nothing of any text can steer a terminal, and cleaning twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(clean(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      expect(clean(clean(text))).toBe(clean(text))
    }),
  )
})
