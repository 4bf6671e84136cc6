import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { definitionFromFile } from './definition-from-file.ts'

function bitsOf(commandLine: string | null): number {
  const chain = madeChain({
    host: 'ws5',
    change: { kind: 'created', actor: { process: { commandLine } } },
  })
  return (
    definitionFromFile.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))?.bits ?? 0
  )
}

test.each([
  ['schtasks /create /xml C:\\Users\\bob\\AppData\\Local\\Temp\\e.xml /tn e'],
  ['schtasks.exe /Create /XML "C:\\Users\\Public\\e.xml" /TN e'],
  ['schtasks -create -xml %TEMP%\\e.xml -tn e'],
  ['schtasks /create /xml C:/Users/Public/e.xml /tn e'],
  ['powershell Register-ScheduledTask e -Xml (gc $env:TEMP\\e.xml -Raw)'],
  ['schtasks /create /tn e /xml %windir%\\Temp\\e.xml'],
])('a definition out of a temporary or public folder counts a little: %s', (commandLine) => {
  expect(bitsOf(commandLine)).toBe(2)
})

test.each([
  ['schtasks /create /xml "C:\\Program Files\\Vendor\\task.xml" /tn Vendor'],
  ['schtasks /create /tn e /tr C:\\Users\\Public\\e.exe'],
  ['schtasks /create /xmlfile C:\\Users\\Public\\e.xml'],
  ['schtasks /create /xml C:\\Templates\\e.xml /tn e'],
  [null],
])('a definition from elsewhere, or none, says nothing: %s', (commandLine) => {
  expect(bitsOf(commandLine)).toBe(0)
})
