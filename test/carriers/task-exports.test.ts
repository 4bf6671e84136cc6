import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { laid, scanned } from '../scan-in-process.ts'

// Tasks as administrators export them, wherever the files lie. All names are invented.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-exports-'))
afterAll(() => rmSync(folder, { recursive: true }))

const task = (command: string, uri: string) =>
  `<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">` +
  `<RegistrationInfo><URI>${uri}</URI></RegistrationInfo><Actions><Exec><Command>${command}</Command></Exec></Actions></Task>`

test.each<[string, (text: string) => Buffer]>([
  ['UTF-16 with a mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-8 with a mark, whatever it declares', (text) => Buffer.from(`\ufeff${text}`)],
  ['a console’s code page', (text) => Buffer.from(text, 'latin1')],
])('a task exported as %s is told and weighed', async (name, bytes) => {
  const path = laid(join(folder, name.replaceAll(' ', '-')), {
    'WS7/Nightly.xml': bytes(task('C:\\Users\\Public\\ü.exe', '\\Nightly')),
  })
  const { result, code, problems } = await scanned(path)
  expect({ code, problems }).toEqual({ code: 0, problems: [] })
  expect(result.inventory.map(({ entry }) => entry)).toMatchObject([
    { host: 'ws7', path: '\\Nightly', knownFrom: ['listing'], definition: { actions: [{ kind: 'exec' }] } },
  ])
  expect(result.chains).toMatchObject([{ chain: { taskPath: '\\Nightly' }, score: { severity: 'medium' } }])
})

test('a definition elsewhere on a disk is no task of it, and is noted', async () => {
  const path = laid(join(folder, 'disk'), {
    'C/Windows/System32/Tasks/Own': Buffer.from(`\ufeff${task('a.exe', '\\Own')}`, 'utf16le'),
    'C/Users/Public/update.xml': task('b.exe', '\\Update'),
  })
  const { result, problems } = await scanned(path)
  expect(problems).toEqual([])
  expect(result.inventory.map(({ entry }) => entry.path)).toEqual(['\\Own'])
  expect(result.notes).toMatchObject([{ code: 'task-definition', file: join(path, 'C/Users/Public/update.xml') }])
})

test('of many such definitions the first are named, and the rest counted', async () => {
  const loose = Array.from({ length: 15 }, (_, i) => [`C/Users/a/${i + 10}.xml`, task('b.exe', '\\B')] as const)
  const path = laid(join(folder, 'many'), {
    'C/Windows/System32/Tasks/Own': Buffer.from(`\ufeff${task('a.exe', '\\Own')}`, 'utf16le'),
    ...Object.fromEntries(loose),
  })
  const { result } = await scanned(path)
  expect(result.notes).toHaveLength(10)
  expect(result.notes.filter(({ text }) => text.endsWith('nor by 5 more such files'))).toHaveLength(1)
})
