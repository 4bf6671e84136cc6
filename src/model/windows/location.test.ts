import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparablePath, isInProgramFiles, isInWindows } from './location.ts'

test.each([
  ['%WinDir%\\Temp\\a.exe', 'c:\\windows\\temp\\a.exe'],
  ['C:/Users/Public/a.exe /c x', 'c:\\users\\public\\a.exe /c x'],
  ['gc $env:TEMP\\a $' + '{env:Public}\\b', 'gc c:\\users\\*\\appdata\\local\\temp\\a c:\\users\\public\\b'],
  ['"%ProgramFiles(x86)%\\V\\v.exe"', '"c:\\program files (x86)\\v\\v.exe"'],
  ['C:\\\\a\\\\.\\b.exe', 'c:\\a\\b.exe'],
  ['C:\\PROGRA~2\\V\\v.exe', 'c:\\program files (x86)\\v\\v.exe'],
])('%s is %s', (text, path) => {
  expect(comparablePath(text)).toBe(path)
})

test.each([
  ['http://192.0.2.7/downloads/a'],
  ['\\\\server\\share\\a.exe'],
  ['"\\\\server\\share\\a.exe"'],
  ['%vendor_home%\\a.exe'],
  ['50%temp'],
  ['a.exe /c /d'],
])('%s is no path from a drive and stays', (text) => {
  expect(comparablePath(text)).toBe(text)
})

test('a path that climbs out of a folder is not in it', () => {
  expect(isInWindows('c:\\windows\\system32\\a.exe')).toBe(true)
  expect(isInWindows('c:\\windows\\..\\users\\public\\a.exe')).toBe(false)
  expect(isInWindows('c:\\windows\\temp\\a.exe')).toBe(false)
  expect(isInProgramFiles('c:\\program files\\v\\a.exe')).toBe(true)
  expect(isInProgramFiles('c:\\program files\\..\\users\\public\\a.exe')).toBe(false)
  expect(isInProgramFiles('c:\\program files of mine\\a.exe')).toBe(false)
})

test('any text has one form, and it does not depend on case', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z:%\\/ ".~$-]{0,60}$/), (text) => {
      expect(comparablePath(text.toUpperCase())).toBe(comparablePath(text.toLowerCase()))
    }),
  )
})
