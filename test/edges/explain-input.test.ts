import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nxlogWriter } from '../../src/lab/carriers/nxlog.ts'
import { demoIncident, writeDemo } from '../../src/lab/demo-incident.ts'
import { tasktrail } from '../run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-test-'))
const log = () => {
  const demo = join(folder, 'demo')
  const name = readdirSync(demo, { recursive: true, encoding: 'utf8' })
    .filter((each) => /Security\.evtx$/.test(each))
    .sort()[0]
  return join(demo, name ?? '')
}
beforeAll(() => writeDemo(join(folder, 'demo')))
afterAll(() => rmSync(folder, { recursive: true }))

const kept = (name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('--explain-input', () => {
  test('says what an input was taken for and why, and what its first event was read as', () => {
    const { stdout, code } = tasktrail('scan', '--explain-input', log())
    expect(code).toBe(0)
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      log(),
      '  taken for evtx: it begins as an event log does (ElfFile), or with a chunk of one',
      expect.stringMatching(
        /^ {2}first event: Microsoft-Windows-Security-Auditing \d{4}, Security, record \d+, 20\d\d-.*Z, /,
      ),
      expect.stringMatching(/^ {2}read as [a-z-]+$/),
    ])
  })

  test('names the carrier of JSON, and tells the same as JSON', () => {
    const events = demoIncident().files.flatMap((file) => file.events)
    const path = kept('nx.jsonl', events.map((event) => `${nxlogWriter.line(event)}\n`).join(''))
    const { inputs } = JSON.parse(tasktrail('scan', '--explain-input', '--format', 'json', path).stdout)
    expect(inputs).toMatchObject([
      { name: path, kind: 'json-lines', carriers: ['NXLog'], first: { fact: { source: 0 } } },
    ])
    expect(inputs[0].because).toBe(
      'its events stand one a line and have the form of NXLog; some of their times are local',
    )
  })

  test('of nothing that is known says so', () => {
    const { stdout, code } = tasktrail('scan', '--explain-input', kept('text.txt', 'hello'))
    expect([code, stdout]).toEqual([
      4,
      'nothing was looked at: there is nothing of a kind that is known\n1 more of a kind that is not known, left alone\n',
    ])
  })
})

describe('--source', () => {
  test('reads a log whose beginning was overwritten as what it is', () => {
    const bytes = readFileSync(log())
    bytes.fill('x', 0, 4096 + 8)
    const path = kept('overwritten.evtx', bytes)
    expect(tasktrail('scan', path).code).toBe(4)
    const { stdout, code } = tasktrail('scan', '--format', 'json', '--source', 'evtx', path)
    expect(code).toBe(3)
    const { summary } = JSON.parse(stdout)
    expect(summary.problems.map((problem: { code: string }) => problem.code)).toContain('bad-file-header')
    expect(tasktrail('dump', '--quiet', '--source', 'evtx', path).code).toBe(3)
  })

  test.each(['evtx', 'event-xml', 'json', 'csv'])('%s that is wrong is named, and nothing is found', (kind) => {
    const { code, stdout } = tasktrail('scan', '--source', kind, kept('wrong.txt', 'hello\n'))
    expect(code).toBeGreaterThan(2)
    expect(stdout).toContain('could not be read')
  })

  test('of a kind that there is not lists the kinds', () => {
    const { code, stderr } = tasktrail('scan', '--source', 'parquet', log())
    expect(code).toBe(2)
    expect(stderr).toContain('evtx, event-xml, json, csv')
  })
})

test('a clock that was put right is a note, in text and in JSON', () => {
  // the lab’s NXLog stands four hours west of Greenwich
  const events = demoIncident().files.flatMap((file) => file.events)
  const path = kept('local.jsonl', events.map((event) => `${nxlogWriter.line(event)}\n`).join(''))
  const { summary } = JSON.parse(tasktrail('scan', '--format', 'json', '--jobs', '2', path).stdout)
  const text = 'its times are local and were put right by what it says of UTC: +4 h'
  expect(summary.notes).toEqual([{ file: path, code: 'clock-corrected', text }])
  expect(tasktrail('scan', path).stdout.replaceAll(/\n {2}/g, ' ')).toContain(`note: local.jsonl: ${text}`)
})
