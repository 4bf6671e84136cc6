import { expect, test } from 'vitest'
import type { Chain, RunProcess } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { obfuscatedCommand } from './obfuscated-command.ts'

/** The weight of a task that starts `action` and of whose run these processes were seen. */
function bitsOf(action: string | null, ...processes: Partial<RunProcess>[]): number {
  const chain = {
    host: 'ws5',
    change: null,
    definition: null,
    statedAction: action,
    statedRunAs: null,
    runs: [{ processes }],
    circumstances: [],
  } as unknown as Chain
  return obfuscatedCommand.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}

test.each([
  ['powershell.exe -w hidden -enc SQBFAFgAKABnAGMAIABDADoAXABQAHIA'],
  ['powershell -e dwBoAG8AYQBtAGkA'],
  ['POWERSHELL /EncodedCommand "SQBFAFgAKABnAGMA"'],
  ['pwsh "-enc" "SQBFAFgAKABnAGMA"'],
  ['powershell –ec SQBFAFgAKABnAGMAIABDADoA'],
])('a command in base64 outranks every other disguise: %s', (action) => {
  expect(bitsOf(action)).toBe(6)
})

test.each([
  ['powershell -c "IEX (gc C:\\a.txt -Raw)"'],
  ['powershell -c "gc C:\\a.txt | iex"'],
  ['powershell -c "&(\'iex\') $x"'],
  ['powershell -c "[Convert]::FromBase64String($x)"'],
  ['powershell -c "[System.Reflection.Assembly]::LoadFile(\'C:\\a.dll\')"'],
  ['ps.exe IEX(gc a)'],
])('code that is put together while it runs: %s', (action) => {
  expect(bitsOf(action)).toBe(5)
})

test.each([
  ['powershell -WindowStyle Hidden -File a.ps1'],
  ['powershell -w 1 -File a.ps1'],
  ['pwsh /win "hidden" -File a.ps1'],
])('a hidden window counts a little: %s', (action) => {
  expect(bitsOf(action)).toBe(2)
})

test.each([
  ['powershell.exe -NoProfile -ExecutionPolicy Bypass -File C:\\Scripts\\backup.ps1'],
  ['powershell -ep bypass -File C:\\Scripts\\a.ps1 -Environment production'],
  ['powershell -c "[Reflection.Assembly]::LoadWithPartialName(\'System.Windows.Forms\')"'],
  ['powershell -File C:\\Tools\\iex\\run.ps1'],
  ['powershell -WindowStyle Normal -File a.ps1'],
  ['C:\\Elixir\\bin\\iex.bat -S mix run'],
  ['tool.exe -e c2VjcmV0c2VjcmV0c2VjcmV0'],
  ['"C:\\Program Files\\Vendor\\updater.exe" -w hidden'],
])('ordinary commands say nothing: %s', (action) => {
  expect(bitsOf(action)).toBe(0)
})
