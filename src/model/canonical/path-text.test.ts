import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalArguments, canonicalPath } from './path-text.ts'

describe('a path', () => {
  test.each([
    ['C:\\Windows\\System32\\cmd.exe', '%systemroot%\\system32\\cmd.exe'],
    ['%SystemRoot%\\system32\\CMD.exe', '%systemroot%\\system32\\cmd.exe'],
    ['%windir%\\system32\\cmd.exe', '%systemroot%\\system32\\cmd.exe'],
    ['%SystemDrive%\\Windows\\system32\\cmd.exe', '%systemroot%\\system32\\cmd.exe'],
    ['%ComSpec%', '%systemroot%\\system32\\cmd.exe'],
    ['\\\\?\\C:\\Windows\\x', '%systemroot%\\x'],
    ['\\??\\C:\\Windows\\x', '%systemroot%\\x'],
    ['\\SystemRoot\\x', '%systemroot%\\x'],
    ['"C:\\Windows\\x"', '%systemroot%\\x'],
    ['C:/Windows/x', '%systemroot%\\x'],
    ['C:\\\\Windows\\.\\System32\\..\\x', '%systemroot%\\x'],
    ['C:\\Windows\\', '%systemroot%'],
    ['C:\\x', '%systemdrive%\\x'],
    ['D:\\x', 'd:\\x'],
    ['C:\\Program Files\\a', '%programfiles%\\a'],
    ['%ProgramW6432%\\a', '%programfiles%\\a'],
    ['%ProgramFiles(x86)%\\a', '%programfiles(x86)%\\a'],
    ['C:\\Program Files (x86)\\a', '%programfiles(x86)%\\a'],
    ['%CommonProgramFiles%\\a', '%programfiles%\\common files\\a'],
    ['%AllUsersProfile%\\a', '%programdata%\\a'],
    ['C:\\Documents and Settings\\All Users\\a', '%programdata%\\a'],
    ['%PUBLIC%\\a', '%public%\\a'],
    ['C:\\Users\\Public\\a', '%public%\\a'],
    ['C:\\Users\\ann\\AppData\\Local\\a', '%userprofile%\\appdata\\local\\a'],
    ['%LocalAppData%\\a', '%userprofile%\\appdata\\local\\a'],
    ['%APPDATA%\\a', '%userprofile%\\appdata\\roaming\\a'],
    ['%TEMP%\\a', '%userprofile%\\appdata\\local\\temp\\a'],
    ['%HOMEDRIVE%%HOMEPATH%\\a', '%userprofile%\\a'],
    ['E:\\Users\\ann\\a', '%userprofile%\\a'],
    ['C:\\Windows\\System32\\config\\systemprofile\\a', '%userprofile%\\a'],
    ['C:\\Users\\Default\\a', '%systemdrive%\\users\\default\\a'],
    ['\\\\SRV\\Share\\a', '\\\\srv\\share\\a'],
    ['cmd.exe', 'cmd.exe'],
    ['%OwnVariable%\\a', '%ownvariable%\\a'],
    ['cmd.exe /c x', 'cmd.exe /c x'],
  ])('%s is %s', (path, expected) => {
    expect(canonicalPath(path)).toBe(expected)
  })

  test.each([
    ['C:\\WindowsUpdate\\cmd.exe', '%systemdrive%\\windowsupdate\\cmd.exe'],
    ['D:\\Windows\\System32\\cmd.exe', 'd:\\windows\\system32\\cmd.exe'],
    ['C:\\Temp\\Windows\\cmd.exe', '%systemdrive%\\temp\\windows\\cmd.exe'],
    ['C:\\Windows\\..\\Temp\\cmd.exe', '%systemdrive%\\temp\\cmd.exe'],
    ['%userprofile%\\..\\x', '%userprofile%\\..\\x'],
  ])('%s only looks like a well-known folder', (path, expected) => {
    expect(canonicalPath(path)).toBe(expected)
  })
})

describe('arguments', () => {
  test.each([
    ['/C Whoami > %WINDIR%\\Temp\\B.tmp 2>&1', '/C Whoami > %systemroot%\\temp\\b.tmp 2>&1'],
    ['-enc SQBFAFgA', '-enc SQBFAFgA'],
    ['-File C:\\Scripts\\A.ps1 -Name Bob', '-File %systemdrive%\\scripts\\a.ps1 -Name Bob'],
    ['-File "C:\\My Scripts\\A B.ps1" -Name Bob', '-File "%systemdrive%\\my scripts\\a b.ps1" -Name Bob'],
    ['/c "C:\\X\\A.exe -Enc QUJD"', '/c "%systemdrive%\\x\\a.exe -Enc QUJD"'],
    ['C:\\Program Files\\A\\B.exe /X', '%programfiles%\\a\\b.exe /X'],
    ['%ProgramFiles(x86)%\\A\\B.exe (Z)', '%programfiles(x86)%\\a\\b.exe (Z)'],
    ['-c "& \'C:\\Users\\Ann\\A B.ps1\'"', '-c "& \'%userprofile%\\a b.ps1\'"'],
    ['javascript:"\\..\\mshtml,RunHTML";', 'javascript:"\\..\\mshtml,RunHTML";'],
    ['http://A.example.test/X', 'http://A.example.test/X'],
    ['HKCU:\\Software\\X', 'HKCU:\\Software\\X'],
    ['\\\\SRV\\Share\\X.dll,Start', '\\\\srv\\share\\x.dll,Start'],
    ['/d:C:\\A /e=C:\\B,C:\\C', '/d:%systemdrive%\\a /e=%systemdrive%\\b,%systemdrive%\\c'],
    ['100% of 50%', '100% of 50%'],
    ['$(Arg0)', '$(Arg0)'],
  ])('%s', (text, expected) => {
    expect(canonicalArguments(text)).toBe(expected)
  })
})

const piece = fc.constantFrom(
  ...[
    'C:\\',
    'c:/',
    'D:\\',
    '\\\\',
    '\\',
    '/',
    '%',
    '%windir%',
    '%TEMP%',
    '%homedrive%',
    '%homepath%',
    '"',
    "'",
    ' ',
    '..',
  ],
  ...[
    '.',
    'Windows',
    'Users',
    'Program Files',
    ' (x86)',
    'system32',
    'config',
    'ann',
    'Public',
    '(',
    ')',
    '>',
    '}',
    '?',
  ],
  ...[
    '\\\\?\\',
    '\\??\\',
    '\\systemroot',
    ',',
    'İ',
    'ß',
    '\t',
    '-',
    'Default',
    'all users',
    '%programfiles(x86)%',
    '\n',
  ],
)
const pathText = fc.array(fc.oneof({ weight: 8, arbitrary: piece }, fc.string({ maxLength: 3 })), { maxLength: 14 })

test.each([
  ['a path', canonicalPath],
  ['arguments', canonicalArguments],
])('the form of %s is its own form', (_, form) => {
  fc.assert(
    fc.property(pathText, (pieces) => {
      const once = form(pieces.join(''))
      expect(form(once)).toBe(once)
    }),
    { numRuns: 5000 },
  )
})

test.each([
  '%',
  '%a',
  '%a%',
  '%temp%',
  'c:\\',
  '"c:\\',
  "'c:\\",
  '"c:\\ -',
  '\\\\a',
  '..\\',
  'c:\\..\\',
  ' ',
  '(',
  'a:\\(',
  '/',
  "'",
])('256 KB of %s ends soon', (text) => {
  const long = text.repeat((1 << 18) / text.length)
  const started = process.cpuUsage()
  canonicalPath(long)
  canonicalArguments(long)
  canonicalArguments(`"${long}`)
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(10_000) // a quadratic one needs half a minute
})
