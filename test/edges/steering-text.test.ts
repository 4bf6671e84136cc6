import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nxlogWriter } from '../../src/lab/carriers/nxlog.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { EvtxWriter, fileSink } from '../../src/lab/evtx-writer/evtx-writer.ts'
import { inventoryFormats } from '../../src/report/index.ts'
import { tasktrail } from '../run-cli.ts'

/** One of each kind: an escape of the second control set, a mark that turns text around, one that hides, a line separator. */
const evil = 'Spooler\u009b31m\u202eSync\u2066\u200b\u2028x\u007f'
const raw = /[\u007f-\u009f\u200b\u2028\u202a-\u202e\u2066-\u2069]/

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-steering-'))
const folder = join(root, `logs-${evil}`)
const [json, inventory, truth] = [join(folder, 'nx.jsonl'), join(root, 'inventory.jsonl'), join(root, 'truth.json')]

beforeAll(() => {
  mkdirSync(folder)
  const events = demoIncident().files.flatMap((file) => file.events)
  const lines = events.map((event) => nxlogWriter.line(event).replaceAll('SpoolerSync', evil))
  writeFileSync(json, lines.map((line) => `${line}\n`).join(''))
  const writer = new EvtxWriter(fileSink(openSync(join(folder, 'log.evtx'), 'w')))
  for (const event of events) writer.write(renamed(event))
  writer.end()
  tasktrail('inventory', '--quiet', '--format', 'jsonl', '--out', inventory, folder)
  const entry = {
    file: evil,
    expected: { chains: [{ host: evil, task: evil, change: 'created', created_at: '2026-03-10T09:13:19Z' }] },
  }
  writeFileSync(truth, JSON.stringify({ set: evil, files: [entry] }))
})
afterAll(() => rmSync(root, { recursive: true }))

/** The same with the evil name in every text. */
function renamed<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('SpoolerSync', evil) as T
  if (Array.isArray(value)) return value.map(renamed) as T
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item)])) as T
}

test.each([
  [['scan', '--all']],
  [['scan', '--explain-input']],
  [['scan', '--explain-input', '--format', 'json']],
  [['scan', '--explain-input', '--format', 'jsonl']],
  ...inventoryFormats.map(({ name }) => [['inventory', '--format', name]]),
  [['dump']],
])('nothing that steers a terminal comes out of %j', (args) => {
  const { stdout, stderr } = tasktrail(...args, folder)
  expect(stdout).toContain('Spooler')
  expect(`${stdout}${stderr}`).not.toMatch(raw)
})

test('nor out of what reads results again', () => {
  const empty = join(root, 'empty.jsonl')
  const noTasks = join(root, 'no-tasks.json')
  writeFileSync(empty, '')
  writeFileSync(noTasks, '[]')
  for (const args of [
    ['diff', noTasks, inventory],
    ['diff', noTasks, inventory, '--format', 'jsonl'],
    ...['text', 'json', 'junit'].map((format) => ['lab', 'score', empty, truth, '--format', format]),
  ]) {
    const { stdout, stderr } = tasktrail(...args)
    expect(stdout).toContain('Spooler')
    expect(`${stdout}${stderr}`).not.toMatch(raw)
  }
})

test('JSON of it is the same value', () => {
  const paths = readFileSync(inventory, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { path: string }).path)
  expect(paths.some((path) => path.endsWith(evil))).toBe(true)
})
