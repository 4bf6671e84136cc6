import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { outside } from './outside.ts'

const weighed = (image: string, commandLine: string, depth = 0) =>
  outside.weigh(
    subjectOf(madeChain({ runs: [{ processes: [{ image, commandLine, depth, outside: { port: 443 } }] }] }), unknown),
  )
const shell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'

test('a shell without a script that connects to another network counts, as the run’s own process or below it', () => {
  expect(weighed(shell, 'powershell -enc SQBFAFgA')).toMatchObject({
    bits: 3,
    says: expect.stringMatching(/connected to .?203\.0\.113\.7 port 443.?; assumed/),
  })
  expect(weighed(shell, 'powershell -enc SQBFAFgA', 1)?.bits).toBe(3)
})

test('a script’s connection, and that of a program which was not installed, is a hint', () => {
  expect(weighed(shell, 'powershell -File D:\\Scripts\\report.ps1')?.bits).toBe(1)
  expect(weighed('C:\\Users\\Public\\sync.exe', 'C:\\Users\\Public\\sync.exe -k')?.bits).toBe(1)
})

test('a product that one user installed keeps itself up to date', () => {
  const updater = 'C:\\Users\\ann\\AppData\\Local\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe'
  expect(weighed(updater, updater)).toBeUndefined()
})
