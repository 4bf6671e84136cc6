import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeDemo } from '../../../src/lab/demo-incident.ts'
import { hiveBytes } from '../../../src/lab/hive-writer/hive-writer.ts'
import { ghostTask, withIndexZero, withoutSd } from '../../../src/lab/hive-writer/tampered-task.ts'
import { cachedTask, softwareRoot } from '../../../src/lab/hive-writer/task-cache.ts'
import { jobBytes } from '../../../src/lab/job-writer/job-writer.ts'
import { type Action, emptyDefinition, type TaskDefinition } from '../../../src/model/definition.ts'
import { printDefinition } from '../../../src/model/task-xml/print-definition.ts'
import { type FindingLike, scanAll, tasktrail } from '../../run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-'))
const windows = join(root, 'C', 'Windows')
const longAgo = { time: Date.UTC(2025, 10, 3, 8), ticks: 0 }
/** While the logs recorded other tasks' changes. */
const duringTheLogs = { time: Date.UTC(2026, 2, 10, 8), ticks: 0 }

const exec = (command: string, args: string | null = null): Action => ({
  kind: 'exec',
  id: null,
  command,
  arguments: args,
  workingDirectory: null,
  hideAppWindow: false,
})
const definition = (path: string, action: Action): TaskDefinition => ({
  ...emptyDefinition,
  version: '1.2',
  registrationInfo: { ...emptyDefinition.registrationInfo, uri: path, author: 'CONTOSO\\adm' },
  principals: [
    {
      id: 'Author',
      displayName: null,
      userId: 'S-1-5-18',
      groupId: null,
      logonType: null,
      runLevel: 'LeastPrivilege',
      processTokenSidType: null,
      requiredPrivileges: [],
    },
  ],
  actions: [action],
})

const program = exec('C:\\Program Files\\Contoso\\backup.exe', '/nightly')
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])

function put(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}

function inRegistry(path: string, action: Action, file: Uint8Array | undefined, n: number) {
  const id = `{00000000-0000-0000-0000-00000000000${n}}`
  return cachedTask({
    path,
    id,
    registered: path === '\\Ghost' ? duringTheLogs : longAgo,
    actions: [action],
    triggers: [],
    account: { sid: 'S-1-5-18', name: 'SYSTEM' },
    author: 'CONTOSO\\adm',
    ...(file ? { file } : {}),
  })
}

beforeAll(() => {
  const demo = join(root, 'demo')
  writeDemo(demo)
  cpSync(join(demo, 'WS5.example.test', 'Windows'), windows, { recursive: true })
  rmSync(demo, { recursive: true })
  const paths = ['\\Ordinary\\Backup', '\\WinUpdate', '\\Ordinary\\Zero', '\\Ordinary\\Swapped', '\\Dropped']
  const files = new Map(paths.map((path) => [path, utf16(printDefinition(definition(path, program)))]))
  for (const [path, bytes] of files) put(join(windows, 'System32', 'Tasks', ...path.slice(1).split('\\')), bytes)
  const tasks = [
    inRegistry('\\Ordinary\\Backup', program, files.get('\\Ordinary\\Backup'), 1),
    withoutSd(inRegistry('\\WinUpdate', program, files.get('\\WinUpdate'), 2)),
    withIndexZero(inRegistry('\\Ordinary\\Zero', program, files.get('\\Ordinary\\Zero'), 3)),
    inRegistry('\\Ordinary\\Swapped', exec('C:\\Users\\Public\\s.exe'), files.get('\\Ordinary\\Swapped'), 4),
    ghostTask(inRegistry('\\Ghost', exec('cmd.exe', '/c notepad.exe'), undefined, 5)),
  ]
  put(join(windows, 'System32', 'config', 'SOFTWARE'), hiveBytes(softwareRoot(tasks, duringTheLogs)))
  put(
    join(windows, 'Tasks', 'At1.job'),
    jobBytes({
      id: '{00000000-0000-0000-0000-0000000000a1}',
      applicationName: 'C:\\Windows\\System32\\cmd.exe',
      parameters: '/c dir',
      author: 'SYSTEM',
      exitCode: 1,
      lastRun: { year: 2026, month: 3, day: 9, hour: 6, minute: 30 },
      triggers: [{ start: { year: 2026, month: 3, day: 1, hour: 6, minute: 30 }, type: 1, specific: [1, 0, 0] }],
    }),
  )
})
afterAll(() => rmSync(root, { recursive: true }))

interface Reconciled extends FindingLike {
  readonly contradictions: readonly { readonly id: string; readonly says: string }[]
  readonly score: FindingLike['score'] & { readonly factors: readonly { readonly id: string; readonly says: string }[] }
}

describe('a triage collection', () => {
  let byPath: Map<string, Reconciled>
  let found: Reconciled[]
  beforeAll(() => {
    found = scanAll(root) as Reconciled[]
    byPath = new Map(
      found.filter((f) => f.kind === 'hidden-task' || f.kind === 'reconciliation').map((f) => [f.task.path ?? '', f]),
    )
  })
  const ids = (path: string) => byPath.get(path)?.contradictions.map((c) => c.id) ?? []

  test('the host is the one that its logs speak of', () => {
    expect(new Set([...byPath.values()].map((f) => f.host))).toEqual(new Set(['ws5.example.test']))
  })

  test('a task of which no log speaks is told by its file and its entry in the registry', () => {
    const [backup, ...more] = found.filter((f) => f.task.path === '\\Ordinary\\Backup')
    expect(more).toEqual([])
    expect(backup).toMatchObject({
      kind: 'chain',
      change: null,
      task: { definition: { actions: [{ command: 'C:\\Program Files\\Contoso\\backup.exe' }] } },
      evidence: [{ artifact: 'task-file' }, { artifact: 'registry' }],
    })
  })

  test('a task without SD is a hidden task, and someone should look at it', () => {
    expect(byPath.get('\\WinUpdate')).toMatchObject({ kind: 'hidden-task' })
    expect(ids('\\WinUpdate')).toContain('hidden-by-descriptor')
    expect(['medium', 'high', 'critical']).toContain(byPath.get('\\WinUpdate')?.score.severity)
  })

  test('Index 0 is a hidden task', () => {
    expect(byPath.get('\\Ordinary\\Zero')).toMatchObject({ kind: 'hidden-task' })
  })

  test('a task in the registry alone has no file, no Hash, no Schema and no 4698', () => {
    expect(ids('\\Ghost')).toEqual(expect.arrayContaining(['no-file', 'registry-oddities', 'unaudited-creation']))
  })

  test('another program in the registry than in the file', () => {
    const swapped = byPath.get('\\Ordinary\\Swapped')
    expect(ids('\\Ordinary\\Swapped')).toContain('actions-differ')
    // what runs is weighed, not what the file shows
    expect(swapped?.score.factors.map((f) => f.says).join(' ')).toContain('C:\\Users\\Public\\s.exe')
    expect(tasktrail('scan', '--quiet', root).stdout).toMatch(/in the registry: C:\\Users\\Public\\s\.exe/)
  })

  test('a file that the registry does not have', () => {
    expect(ids('\\Dropped')).toContain('no-registry')
  })

  test('the untouched task contradicts nothing', () => {
    expect(byPath.get('\\Ordinary\\Backup')).toBeUndefined()
  })

  test('the inventory says of each task where it is known from', () => {
    const { stdout, code } = tasktrail('inventory', '--format', 'jsonl', root)
    const entries = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { path: string; knownFrom: string[]; definitionHash: string | null })
    const knownFrom = Object.fromEntries(entries.map((e) => [e.path, e.knownFrom]))
    expect(code).toBe(0)
    expect(knownFrom['\\Ordinary\\Backup']).toEqual(['file', 'registry'])
    expect(knownFrom['\\Ghost']).toEqual(['registry'])
    expect(knownFrom['\\At1']).toEqual(['job'])
    expect(knownFrom['\\Microsoft\\Windows\\Printing\\SpoolerSync']).toEqual(['log'])
    expect(entries.find((e) => e.path === '\\At1')).toMatchObject({
      // local time, so without a zone
      lastRun: '2026-03-09T06:30:00.000',
      lastResult: 1,
      definition: { triggers: [{ kind: 'calendar', startBoundary: '2026-03-01T06:30:00', schedule: { by: 'day' } }] },
    })
    expect(entries.find((e) => e.path === '\\Ordinary\\Backup')?.definitionHash).toBe(
      entries.find((e) => e.path === '\\Dropped')?.definitionHash,
    )
  })

  test('two inventories differ in what was added, removed and changed', () => {
    const [older, newer] = [join(root, 'older.jsonl'), join(root, 'newer.jsonl')]
    tasktrail('inventory', '--format', 'jsonl', '--out', older, join(root, 'C'))
    const lines = readFileSync(older, 'utf8').split('\n').filter(Boolean)
    const changed = lines
      .filter((l) => !l.includes('"path":"\\\\At1"'))
      .map((l) =>
        l.includes('"path":"\\\\Dropped"')
          ? l.replaceAll('backup.exe', 'other.exe').replace(/"definitionHash":"[^"]*"/, '"definitionHash":"x"')
          : l,
      )
    writeFileSync(newer, `${changed.join('\n')}\n`)
    const { stdout } = tasktrail('diff', older, newer)
    expect(stdout).toMatch(/^- ws5\.example\.test {2}\\At1$/m)
    expect(stdout).toMatch(/^~ ws5\.example\.test {2}\\Dropped$/m)
    expect(stdout).toContain('0 added, 1 removed, 1 changed')
    expect(tasktrail('diff', older, join(windows, 'Tasks', 'At1.job')).code).toBe(2)
  })
})
