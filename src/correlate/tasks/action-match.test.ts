import { describe, expect, test } from 'vitest'
import { actionPattern, candidateOf, matchesAction } from './action-match.ts'

const match = (action: string, commandLine: string | null, image = 'C:\\x.exe') =>
  matchesAction(actionPattern(action), candidateOf({ image, commandLine }))

describe('a process is the action', () => {
  test('when the command lines agree up to quotes, case and spaces', () => {
    expect(match('C:\\Program Files\\A\\a.exe /x', '"C:\\PROGRAM FILES\\A\\a.exe"  /x ')).toBe('whole')
  })
  test('when %windir% was expanded', () => {
    expect(
      match('cmd.exe /C whoami > %windir%\\Temp\\a.tmp 2>&1', 'cmd.exe /C whoami > C:\\Windows\\Temp\\a.tmp 2>&1'),
    ).toBe('whole')
  })
  test('when a variable of the user’s session was expanded to anything', () => {
    expect(
      match(
        '%localappdata%\\Microsoft\\OneDrive\\up.exe /a',
        'C:\\Users\\ann\\AppData\\Local\\Microsoft\\OneDrive\\up.exe /a',
      ),
    ).toBe('whole')
  })
  test('when a script was opened by its host', () => {
    expect(match('C:\\tools\\shell.cmd', 'C:\\Windows\\SYSTEM32\\cmd.exe /c "C:\\tools\\shell.cmd"')).toBe('whole')
  })
  test('when the program had no path and the system found it', () => {
    expect(
      match('powershell -enc AAAA', '"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" -enc AAAA'),
    ).toBe('whole')
  })
  test('by its image alone when the record has no command line', () => {
    expect(match('C:\\tools\\job.exe /x', null, 'C:\\tools\\job.exe')).toBe('image')
  })
})

describe('a process is not the action', () => {
  test('with other arguments', () => {
    expect(match('cmd.exe /c a', 'cmd.exe /c b')).toBeUndefined()
  })
  test('with the same name from another folder', () => {
    expect(match('C:\\Program Files\\A\\a.exe', 'C:\\Users\\Public\\a.exe')).toBeUndefined()
  })
  test('when it only begins like it', () => {
    expect(match('C:\\a.exe', 'C:\\a.exe /more')).toBeUndefined()
  })
  test('when variables in the arguments leave nothing to compare', () => {
    expect(match('a.exe %foo%', 'C:\\b\\other.exe x')).toBeUndefined()
  })
})
