import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isOfTask } from '../../src/model/finding.ts'
import { laid, scanned } from '../scan-in-process.ts'

// Lists of tasks beside other evidence, as collectors take them. All names are invented.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-lists-'))
afterAll(() => rmSync(folder, { recursive: true }))

const listed = (host: string, path: string, line: string) => ({
  hostIdentifier: host,
  columns: { path, action: line, enabled: '1', hidden: '0', last_run_time: '1756717201', last_run_code: '0x0' },
})
const lines = (...rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

const schtasks = (rows: readonly (readonly [path: string, toRun: string])[]) => {
  const header = [
    'HostName',
    'TaskName',
    'Next Run Time',
    'Task To Run',
    'Author',
    'Run As User',
    'Scheduled Task State',
  ]
  const all = rows.map(([path, toRun]) => ['WS7', path, 'N/A', toRun, 'EXAMPLE\\b.jansen', 'SYSTEM', 'Enabled'])
  return [header, ...all].map((row) => `${row.map((value) => `"${value}"`).join(',')}\r\n`).join('')
}

const taskFile = (command: string) =>
  Buffer.from(
    `\ufeff<?xml version="1.0" encoding="UTF-16"?><Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">` +
      `<Actions><Exec><Command>${command}</Command></Exec></Actions></Task>`,
    'utf16le',
  )

test('a list of many hosts: each task stands under the host that the list names', async () => {
  const path = laid(join(folder, 'fleet'), {
    'osquery.log': lines(listed('ws7', '\\Sync', 'C:\\Tools\\sync.exe /all'), listed('ws8', '\\Sync', 'C:\\x\\y.exe')),
  })
  const { result, code, problems } = await scanned(path)
  expect({ code, problems }).toEqual({ code: 0, problems: [] })
  expect(result.inventory.map(({ entry }) => entry)).toMatchObject([
    { host: 'ws7', path: '\\Sync', knownFrom: ['listing'], actions: [{ command: 'C:\\Tools\\sync.exe' }] },
    { host: 'ws8', path: '\\Sync', actions: [{ command: 'C:\\x\\y.exe' }], isEnabled: true, lastResult: 0 },
  ])
})

test('two lists and the task’s file: one entry, and a program that only the list shows is a contradiction', async () => {
  const path = laid(join(folder, 'host'), {
    'tasks.csv': schtasks([
      ['\\Sync', 'C:\\Tools\\sync.exe /all'],
      ['\\Other', 'C:\\Users\\Public\\other.exe'],
    ]),
    'osquery.log': lines(listed('WS7', '\\Sync', 'C:\\Tools\\sync.exe /all')),
    'Windows/System32/Tasks/Sync': taskFile('"%ProgramFiles%\\..\\Tools\\SYNC"'),
    'Windows/System32/Tasks/Other': taskFile('C:\\Tools\\other-one.exe'),
    'Windows/System32/winevt/Logs/ws7.jsonl': lines({
      '@timestamp': '2025-09-01T09:00:00.123Z',
      winlog: {
        event_id: '4699',
        channel: 'Security',
        provider_name: 'Microsoft-Windows-Security-Auditing',
        computer_name: 'ws7.example.test',
        record_id: '1',
        event_data: { TaskName: '\\Gone', SubjectUserName: 'b.jansen', SubjectDomainName: 'EXAMPLE' },
      },
    }),
  })
  const { result } = await scanned(path)
  expect(result.inventory.map(({ entry }) => entry)).toMatchObject([
    { host: 'ws7.example.test', path: '\\Gone', knownFrom: ['log'] },
    { path: '\\Other', knownFrom: ['file', 'listing'], runsAs: 'SYSTEM' },
    { path: '\\Sync', knownFrom: ['file', 'listing'], lastRun: { time: 1756717201000 } },
  ])
  const contradictions = result.chains.filter(({ chain }) => chain.kind === 'reconciliation')
  expect(contradictions).toMatchObject([{ chain: { taskPath: '\\Other', contradictions: [{ id: 'actions-differ' }] } }])
})

test('an export of TaskCache is the registry; of one of its keys it is a list, so that what it lacks says nothing', async () => {
  const cache = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache'
  const id = '{00000001-1111-4111-8111-11111111111A}'
  const tasks = `[${cache}\\Tasks\\${id}]\n"Path"="\\\\Sync"\n"Author"="EXAMPLE\\\\ann"\n`
  const tree = `[${cache}\\Tree]\n\n[${cache}\\Tree\\Sync]\n"Id"="${id}"\n"Index"=dword:00000003\n\n[${cache}\\Tasks]\n\n`
  const file = taskFile('C:\\Tools\\sync.exe')
  const inventoryOf = async (name: string, text: string) => {
    const path = laid(join(folder, name), {
      'TaskCache.reg': Buffer.from(`\ufeffWindows Registry Editor Version 5.00\n\n${text}`, 'utf16le'),
      'Windows/System32/Tasks/Sync': file,
      'Windows/System32/Tasks/Other': file,
    })
    const { result, code, problems } = await scanned(path)
    const contradictions = result.chains.flatMap(({ chain }) =>
      chain.kind === 'hidden-task' || chain.kind === 'reconciliation'
        ? chain.contradictions.map(({ id }) => `${chain.taskPath} ${id}`)
        : [],
    )
    const known = result.inventory.map(({ entry }) => `${entry.path} ${entry.knownFrom.join(', ')}`)
    return { code, problems, known, contradictions }
  }
  expect(await inventoryOf('reg', tree + tasks)).toEqual({
    ...{ code: 0, problems: [] },
    known: ['\\Other file', '\\Sync file, registry'],
    contradictions: ['\\Other no-registry', '\\Sync hidden-by-descriptor', '\\Sync registry-oddities'],
  })
  expect(await inventoryOf('key', tasks)).toEqual({
    ...{ code: 0, problems: [] },
    known: ['\\Other file', '\\Sync file, listing'],
    contradictions: [],
  })
})

test('a collection of Velociraptor: what its queries found is of the host whose files lie beside it', async () => {
  const row = {
    OSPath: 'C:\\Windows\\System32\\Tasks\\Sync',
    Mtime: '2025-09-01T03:00:00Z',
    Command: 'powershell.exe',
    Arguments: '-w hidden -enc SQBFAFgA',
    ComHandler: '',
    UserId: 'S-1-5-18',
  }
  const path = laid(join(folder, 'velociraptor'), {
    'results/Windows.System.TaskScheduler%2FAnalysis.json': lines(row),
    'uploads/auto/C%3A/Windows/System32/winevt/Logs/Security.jsonl': lines({
      '@timestamp': '2025-09-01T09:00:00.123Z',
      winlog: {
        event_id: '4699',
        channel: 'Security',
        provider_name: 'Microsoft-Windows-Security-Auditing',
        computer_name: 'ws7.example.test',
        record_id: '1',
        event_data: { TaskName: '\\Gone', SubjectUserName: 'b.jansen', SubjectDomainName: 'EXAMPLE' },
      },
    }),
  })
  const { result } = await scanned(path)
  expect(result.inventory.map(({ entry }) => `${entry.host} ${entry.path}`)).toEqual([
    'ws7.example.test \\Gone',
    'ws7.example.test \\Sync',
  ])
  // what only a list shows is weighed, too
  expect(result.chains.filter(isOfTask).find(({ chain }) => chain.taskPath === '\\Sync')?.chain).toMatchObject({
    statedAction: 'powershell.exe -w hidden -enc SQBFAFgA',
    statedRunAs: 'S-1-5-18',
  })
})
