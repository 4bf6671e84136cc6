import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { renamed } from './renamed.ts'

const weighed = (image: string, originalFileName: string | null) =>
  renamed.weigh(subjectOf(madeChain({ runs: [{ processes: [{ image, originalFileName }] }] }), unknown))

test.each([
  ['C:\\ProgramData\\update.exe', 'Cmd.Exe'],
  ['C:\\Windows\\System32\\helper.exe', 'PowerShell.EXE'],
  ['C:\\Users\\Public\\svc.exe', 'psexec.c'],
  ['C:\\Temp\\a.exe', 'RUNDLL32.EXE.MUI'],
])('%s, built as %s, is a copy under another name', (image, name) => {
  expect(weighed(image, name)).toMatchObject({ bits: 3, says: expect.stringContaining('assumed') })
})

test.each([
  ['C:\\Windows\\System32\\cmd.exe', 'Cmd.Exe'],
  ['C:\\Program Files\\PowerShell\\7\\pwsh.exe', 'pwsh.dll'],
  ['C:\\Tools\\PsExec64.exe', 'psexec.c'],
  ['C:\\Program Files\\A\\a.exe', 'electron.exe'],
  ['C:\\Program Files\\A\\a.exe', null],
])('%s, built as %s, says nothing', (image, name) => {
  expect(weighed(image, name)).toBeUndefined()
})
