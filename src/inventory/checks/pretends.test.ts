import { expect, test } from 'vitest'
import { definitionOf } from '../../lab/made-facts.ts'
import { type FiledTask, nothingCollected } from '../../model/artifact.ts'
import { pretends } from './pretends.ts'

const context = { artifacts: nothingCollected, logged: [], audited: null }

function find(path: string, command: string, author: string | null = null, args: string | null = null) {
  const made = definitionOf(command, args)
  const definition = { ...made, registrationInfo: { ...made.registrationInfo, author } }
  const file: FiledTask = { path, definition, problem: null, sha256: '', source: 0 }
  return pretends.find({ path, logged: null, file, cached: null, job: null, listed: null }, context)?.says
}

const own = '\\Microsoft\\Windows\\Anything\\New'

test('a program of anybody’s among Windows’ own tasks, or by “Microsoft”, pretends', () => {
  expect(find(own, 'C:\\Users\\Public\\a.exe')).toContain('lies among Windows’ own tasks')
  expect(find('\\Update', 'C:\\Users\\Public\\a.exe', 'Microsoft Corporation')).toContain('names Microsoft')
  expect(find('\\Update', 'C:\\Users\\Public\\a.exe', 'The Microsoft Team')).toContain('names Microsoft')
})

test('an author that is a resource of Windows is shown as Microsoft', () => {
  expect(find('\\Update', 'C:\\Users\\Public\\a.exe', '$(@%SystemRoot%\\system32\\wer.dll,-293)')).toContain(
    'Microsoft',
  )
  expect(find('\\Update', 'C:\\Tools\\a.exe', '$(@%ProgramFiles%\\Contoso\\a.dll,-1)')).toBeUndefined()
})

test('a folder that is called Microsoft is not Microsoft’s', () => {
  const inProfile = 'C:\\Users\\ann\\AppData\\Roaming\\Microsoft\\a.exe'
  expect(find('\\Update', inProfile, 'Microsoft')).toContain('not Microsoft’s')
  expect(
    find('\\Update', '%localappdata%\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe', 'Microsoft'),
  ).toBeUndefined()
})

test('what does not pretend', () => {
  expect(find(own, '%windir%\\system32\\a.exe')).toBeUndefined()
  expect(find(own, 'sc.exe')).toBeUndefined()
  expect(find(own, '"C:\\Program Files\\Conexant\\MicTray.exe"')).toBeUndefined()
  expect(find('\\Microsoft\\Windows\\PowerShell\\ScheduledJobs\\Mine', 'D:\\Tools\\a.exe')).toBeUndefined()
  expect(find('\\Update', 'C:\\PROGRA~2\\Microsoft\\Edge\\a.exe', 'Microsoft')).toBeUndefined()
  expect(find('\\Contoso', 'C:\\Tools\\a.exe', 'Contoso')).toBeUndefined()
})
