import { expect, test } from 'vitest'
import { madeDefinition, madeProcess } from '../lab/made-chains.ts'
import { canonicalPath } from './canonical/path-text.ts'
import { type FileIdentity, fileIdentity } from './file-identity.ts'
import { payloadOf } from './payload.ts'

const a = fileIdentity({ sha256: 'aa'.repeat(32) }) as FileIdentity
const b = fileIdentity({ sha256: 'bb'.repeat(32), signature: 'false' }) as FileIdentity

const task = (command: string, args: string | null = null) => ({
  definition: madeDefinition({ actions: [{ kind: 'exec', command, arguments: args }] }),
  statedAction: null,
})
const known =
  (...files: [string, FileIdentity][]) =>
  (path: string) =>
    new Map(files.map(([name, file]) => [canonicalPath(name), file])).get(path) ?? null

test('what ran tells of the program of an action, however the action writes it', () => {
  const ran = [
    madeProcess({ image: 'C:\\Program Files\\V\\up.exe', file: a }),
    madeProcess({ image: 'x.exe', depth: 1, file: b }),
  ]
  const told = (command: string) => payloadOf(task(command), ran, known()).map(({ file }) => file)
  expect(told('"%ProgramFiles%\\V\\up.exe"')).toEqual([a])
  expect(told('up')).toEqual([a])
  expect(told('C:\\Elsewhere\\up.exe')).toEqual([null])
})

test('a file that a record names is known by its path, also one that an argument has the program open', () => {
  const files = known(['C:\\Users\\Public\\s.ps1', b])
  expect(payloadOf(task('powershell.exe', '-File "C:\\Users\\Public\\s.ps1" -x'), [], files)).toEqual([
    { path: 'powershell.exe', file: null },
    { path: 'C:\\Users\\Public\\s.ps1', file: b },
  ])
})

test('without a definition the command that asks for the task names its program', () => {
  expect(
    payloadOf({ definition: null, statedAction: '"C:\\a b\\c.exe" /x' }, [], known(['C:\\a b\\c.exe', a])),
  ).toEqual([{ path: 'C:\\a b\\c.exe', file: a }])
})

test('a definition of a thousand actions tells of the first', () => {
  const actions = Array.from({ length: 1000 }, (_, i) => ({ kind: 'exec' as const, command: `C:\\${i}.exe` }))
  expect(payloadOf({ definition: madeDefinition({ actions }), statedAction: null }, [], known())).toHaveLength(16)
})
