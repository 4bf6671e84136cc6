import { describe, expect, test } from 'vitest'
import type { HostSpans } from '../model/coverage.ts'
import { casesJunit, casesText } from './case-report.ts'
import { type ExpectedCase, isAsExpected, validateCase } from './cases.ts'
import { readTold, type Told } from './told.ts'

const time = Date.UTC(2026, 2, 10, 10)
const expected: ExpectedCase = {
  name: 'T1053.005-2',
  host: 'ws1',
  time,
  within: 600_000,
  task: 'spawn',
  command: null,
  route: 'schtasks',
  ran: true,
}

const finding = (more: Record<string, unknown> = {}): Told => {
  const reading = readTold({
    schema: 'tasktrail.finding/1',
    kind: 'chain',
    id: 'a1',
    host: 'ws1.example.test',
    task: {
      path: '\\spawn',
      definition: { actions: [{ kind: 'exec', command: 'cmd.exe', arguments: '/c Calc.exe' }] },
    },
    change: { time: '2026-03-10T10:01:00Z', kind: 'created', outcome: 'confirmed', route: 'schtasks', actor: {} },
    runs: [],
    verdict: 'not-run',
    score: { bits: 9, severity: 'medium' },
    blindSpots: ['No process creation events.'],
    ...more,
  })
  if ('wrong' in reading) throw new Error(reading.wrong)
  return reading.value
}
const run = {
  time: '2026-03-10T10:05:00Z',
  processes: [{ image: 'C:\\Windows\\System32\\cmd.exe', pid: 4, commandLine: 'cmd.exe /c calc.exe' }],
}

const span = { first: time - 86_400_000, last: time + 86_400_000 }
const everything: HostSpans = {
  host: 'ws1.example.test',
  spans: { 'task-audit': span, 'scheduler-log': span, 'process-starts': span, 'command-lines': span, logons: span },
}
const validate = (
  one: Partial<ExpectedCase>,
  findings: readonly Told[],
  coverage: readonly HostSpans[] = [everything],
) => validateCase({ ...expected, ...one }, findings, coverage)

describe('a case', () => {
  test('is found with its run', () => {
    const result = validate({}, [finding({ runs: [run] })])
    expect(result).toMatchObject({ outcome: 'found-with-run', routeIsRight: true, because: [] })
    expect(isAsExpected(result)).toBe(true)
  })

  test('that ran and is found without its run says what could not be seen', () => {
    const result = validate({}, [finding()])
    expect(result).toMatchObject({ outcome: 'found-without-run', because: ['No process creation events.'] })
    expect(isAsExpected(result)).toBe(false)
    expect(isAsExpected(validate({ ran: null }, [finding()]))).toBe(true)
  })

  test('found through another route is short of what was expected', () => {
    const result = validate({ route: 'com', ran: null }, [finding()])
    expect(result.routeIsRight).toBe(false)
    expect(casesText([result])).toContain('through schtasks, expected com')
  })

  test.each([
    ['on another host', { host: 'ws2' }],
    ['at another time', { time: time + 3_600_000 }],
    ['of another task', { task: '\\Folder\\spawn' }],
    ['with another command', { command: 'notepad' }],
  ])('%s is not found', (_, one) => {
    expect(validate(one, [finding()]).outcome).toBe('not-found')
  })

  test('is found by a part of the command, in any case, and by a run in time although the change was long before', () => {
    expect(validate({ task: null, command: 'CALC' }, [finding()]).outcome).toBe('found-without-run')
    expect(validate({ time: time + 7 * 60_000, within: 180_000 }, [finding({ runs: [run] })]).outcome).toBe(
      'found-with-run',
    )
  })
})

describe('what is not found says which telemetry would have shown it', () => {
  const because = (coverage: readonly HostSpans[]) => validate({}, [], coverage).because

  test('none of the host at all', () => {
    expect(because([])).toEqual(['No record of this host is in the input.'])
  })

  test('a log that was never there, one that ended before, one that began after', () => {
    const spans = {
      'scheduler-log': { first: time - 5e6, last: time - 4e6 },
      'process-starts': { first: time + 4e6, last: time + 5e6 },
    }
    expect(because([{ host: 'ws1', spans }])).toEqual([
      'No Security 4698–4702 events of this host: is it switched on and collected?',
      'The last TaskScheduler/Operational event is from 2026-03-10T08:53:20.000Z, before it happened.',
      'The first process creation event is from 2026-03-10T11:06:40.000Z, after it happened.',
      'The process events carry no command lines.',
    ])
  })

  test('and where all was there, that it did not happen so', () => {
    expect(because([everything])).toEqual([expect.stringContaining('nothing shows it')])
  })
})

test('JUnit holds names from an attacked machine as text, and nothing that XML cannot', () => {
  const evil = validate({ name: '<b>"\u0000\u001b]0;x\ud800' }, [])
  const xml = casesJunit([evil])
  expect(xml).toContain('name="&#60;b&#62;&#34;\ufffd\ufffd]0;x\ufffd on ws1"')
  expect(xml).toContain('failures="1"')
})
