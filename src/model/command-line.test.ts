import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageName, splitProgram } from './command-line.ts'

describe('splitProgram', () => {
  test.each([
    ['cmd.exe /c calc.exe', 'cmd.exe', '/c calc.exe'],
    ['cmd /c calc.exe', 'cmd', '/c calc.exe'],
    ['"C:\\Program Files\\a b\\c.exe" -x "y z"', 'C:\\Program Files\\a b\\c.exe', '-x "y z"'],
    ['schtasks  /create', 'schtasks', '/create'],
    ['C:\\Windows\\System32\\cmd /c calc.exe', 'C:\\Windows\\System32\\cmd', '/c calc.exe'],
    [
      'C:\\Windows\\System32\\rundll32 shell32.dll,Control_RunDLL',
      'C:\\Windows\\System32\\rundll32',
      'shell32.dll,Control_RunDLL',
    ],
    ['%windir%\\system32\\sc.exe start x', '%windir%\\system32\\sc.exe', 'start x'],
    ['', '', ''],
    ['"C:\\never closed.exe /x', 'C:\\never closed.exe /x', ''],
  ])('%s', (commandLine, program, rest) => {
    expect(splitProgram(commandLine)).toEqual({ program, rest })
  })

  test.each([
    [
      'C:\\Program Files (x86)\\Vendor Tools - Host\\x.exe -a b.exe',
      'C:\\Program Files (x86)\\Vendor Tools - Host\\x.exe',
      '-a b.exe',
    ],
    ['C:\\Program Files\\A -B\\x.exe /y', 'C:\\Program Files\\A -B\\x.exe', '/y'],
    ['C:\\Vendor Tools - Host\\x.exe', 'C:\\Vendor Tools - Host\\x.exe', ''],
    ['C:\\Program Files\\App\\run /now C:\\a.exe', 'C:\\Program Files\\App\\run', '/now C:\\a.exe'],
    ['C:\\Program Files\\App\\run -f C:\\a.exe', 'C:\\Program Files\\App\\run', '-f C:\\a.exe'],
    ['C:\\Users\\Ann Lee\\go.cmd -x', 'C:\\Users\\Ann Lee\\go.cmd', '-x'],
    ['C:\\tools\\run -out dir\\x.exe', 'C:\\tools\\run', '-out dir\\x.exe'],
    ['C:\\Windows\\System32\\cmd start C:\\x.exe', 'C:\\Windows\\System32\\cmd', 'start C:\\x.exe'],
    [
      'C:\\Windows\\System32\\reg add HKCU\\Software\\x /v y',
      'C:\\Windows\\System32\\reg',
      'add HKCU\\Software\\x /v y',
    ],
  ])('a path with spaces and no quotes: %s', (commandLine, program, rest) => {
    expect(splitProgram(commandLine)).toEqual({ program, rest })
  })

  test('an unquoted path with spaces goes up to its extension', () => {
    expect(splitProgram('C:\\Program Files\\My App\\run.exe /now a.exe')).toEqual({
      program: 'C:\\Program Files\\My App\\run.exe',
      rest: '/now a.exe',
    })
  })

  test('never throws and never makes text up', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { program, rest } = splitProgram(text)
        expect(program.length + rest.length).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

describe('imageName', () => {
  test.each([
    ['C:\\Windows\\System32\\CMD.EXE', 'cmd.exe'],
    ['"C:\\Program Files\\a b\\c.exe"', 'c.exe'],
    ['"C:\\Program Files\\a b\\c.exe" /x \\y', 'c.exe'],
    ['C:\\Program Files\\a b\\run', 'run'],
    ['C:\\x\\cmd.exe /c C:\\temp\\foo', 'cmd.exe'],
    ['/usr/bin/Thing', 'thing'],
    ['calc', 'calc'],
    ['', ''],
  ])('%s is %s', (path, name) => {
    expect(imageName(path)).toBe(name)
  })
})
