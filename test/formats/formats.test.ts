import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { madeClearedLog } from '../../src/lab/made-chains.ts'
import { isOfTask, severities } from '../../src/model/finding.ts'
import { csvLine } from '../../src/report/csv-line.ts'
import {
  attestationOf,
  attestForms,
  findingJson,
  formatNamed,
  isFinding,
  type ScanResult,
  scanFormats,
} from '../../src/report/index.ts'
import { csvRecords, csvRows } from './csv-rows.ts'
import { ecsFields, expectedTypes } from './ecs-9.ts'
import { navigatorLayer } from './navigator-4.5.ts'
import { detectionFinding, scheduledJobActivity } from './ocsf-1.8.ts'
import { hostile, hostileChain, shownFindings } from './shown-findings.ts'
import { closed, validator } from './strict-schema.ts'

let demo: ScanResult
let evil: ScanResult
beforeAll(async () => {
  ;({ demo, evil } = await shownFindings())
})

const printed = (format: string, result: ScanResult, all = true) =>
  [...formatNamed(scanFormats, format).print(result, { all })].join('')
const objectsOf = (format: string, result: ScanResult, all = true) =>
  printed(format, result, all)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
const inputIsAs = (i: number) => hostileChain(hostile[i] as string, i)

describe('every form', () => {
  test('of the same result is the same bytes, and leaves the result as it was', () => {
    for (const { name } of scanFormats) expect(printed(name, evil)).toBe(printed(name, evil))
  })

  test('steers no terminal', () => {
    const raw = /[\u007f-\u009f\u200b\u2028\u202a-\u202e\u2066-\u2069\ufeff]|(?![\r\n])\p{Cc}/u
    for (const { name } of scanFormats) {
      // CSV ends its lines as RFC 4180 says; nothing else has a carriage return.
      expect(printed(name, evil).replaceAll('\r\n', '\n')).not.toMatch(/\r/)
      expect(printed(name, evil)).not.toMatch(raw)
    }
  })

  test('shows findings alone unless all is asked for, nothing below what is asked for, and the worst where there is a limit', () => {
    const ids = (options: object) =>
      [...formatNamed(scanFormats, 'jsonl').print(demo, { all: false, ...options })].map((line) => JSON.parse(line).id)
    const findings = demo.chains.filter(isFinding)
    expect(ids({})).toEqual(findings.map(({ chain }) => chain.id))
    expect(ids({ minSeverity: 'critical' })).toHaveLength(1)
    expect(ids({ limit: 1 })).toEqual(ids({ minSeverity: 'critical' }))
    for (const format of ['csv', 'ecs', 'timesketch', 'iocs', 'markdown', 'ocsf', 'timeline'])
      expect(printed(format, demo, false)).not.toContain(demo.chains.find((one) => !isFinding(one))?.chain.id)
  })

  test('that streams gives its first piece before it has looked at more than the first chains', () => {
    const chain = inputIsAs(0)
    for (const { name, streams, print } of scanFormats) {
      if (!streams) continue
      let made = 0
      const scored = {
        ...chain,
        get chain() {
          made++
          return chain.chain
        },
      } // prettier-ignore
      const [first] = print({ ...demo, chains: Array.from({ length: 10_000 }, () => scored) }, { all: true })
      expect(first).toBeTruthy()
      expect(made, name).toBeLessThan(200)
    }
  })
})

describe('jsonl', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schemas/finding-1.schema.json', import.meta.url), 'utf8'))

  test('is what its schema says, member for member', () => {
    const validate = validator(closed(schema) as object)
    const objects = objectsOf('jsonl', evil)
    expect(objects).toHaveLength(evil.chains.length)
    for (const one of objects) expect(validate(one)).toBe('')
  })

  test('is refused by its schema where a name or a meaning is another', () => {
    const validate = validator(schema)
    const [one] = objectsOf('jsonl', demo)
    expect(validate({ ...one, more: 1 })).toBe('')
    for (const other of [{ schema: 'tasktrail.finding/2' }, { verdict: 'bad' }, { host: null }, { runs: [{}] }])
      expect(validate({ ...one, ...other })).not.toBe('')
  })

  test('holds the same values as the finding, whatever stands in it', () => {
    const objects = objectsOf('jsonl', evil)
    evil.chains.forEach((scored, i) => {
      expect(objects[i]).toEqual(JSON.parse(JSON.stringify(findingJson(scored, evil.inputs))))
    })
  })
})

describe('csv', () => {
  test('has a row for each finding, with author, definition, time and behaviour in it', () => {
    const rows = csvRecords(printed('csv', demo, false))
    expect(rows).toHaveLength(demo.chains.filter(isFinding).length)
    expect(rows.find(({ severity }) => severity === 'critical')).toMatchObject({
      host: 'fs01.example.test',
      user: 'EXAMPLE\\adm-backup',
      from: '192.0.2.45',
      'to run': 'cmd.exe /C whoami > %windir%\\Temp\\kQzWvTyb.tmp 2>&1',
      time: '2026-03-10T13:21:26.1816684Z',
      'definition hash': expect.stringMatching(/^[\da-f]{32}$/),
      ran: expect.stringContaining(' | whoami'),
    })
  })

  test.each(['csv', 'timeline', 'iocs'])('no cell of %s is a formula, and no text leaves its cell', (format) => {
    const rows = csvRows(printed(format, evil))
    const width = rows[0]?.length
    for (const row of rows) {
      expect(row).toHaveLength(width as number)
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+@＝]|^\s*-(?!\d+(?:\.\d+)?$)/)
    }
    expect(rows.flat().join('\n')).toContain("'=HYPERLINK")
  })

  test('a reason is told from its bits', () => {
    const critical = csvRecords(printed('csv', demo, false)).find(({ severity }) => severity === 'critical')
    expect(critical?.reasons).toMatch(/^6 bits: The task was created, run and deleted within 21 ms\. \| 5 bits: /)
  })

  test('no cell is longer than a spreadsheet holds, and one that is cut says by how much', () => {
    const [cells = []] = csvRows(csvLine(['x'.repeat(32_767), `${'y'.repeat(32_699)}${'😀'.repeat(700)}=cmd|x`]))
    expect(cells[0]).toBe('x'.repeat(32_767))
    expect(cells[1]?.length).toBeLessThanOrEqual(32_767)
    expect(cells[1]).toMatch(/y… \(1,406 more characters, all of them in jsonl\)$/)
  })
})

describe('timeline', () => {
  test('has a row for each event, in order of time over all hosts', () => {
    const rows = csvRecords(printed('timeline', demo))
    const times = rows.map(({ time }) => time as string)
    expect(times).toEqual(times.toSorted())
    expect(new Set(rows.map(({ event }) => event))).toEqual(new Set(['change', 'run', 'process']))
    const processes = demo.chains.filter(isOfTask).flatMap(({ chain }) => chain.runs.flatMap((run) => run.processes))
    expect(rows.filter(({ event }) => event === 'process')).toHaveLength(processes.length)
  })

  test('says what set a run off, and nothing where that is not known', () => {
    const runs = csvRecords(printed('timeline', demo)).filter(({ event }) => event === 'run')
    expect(runs.map(({ says }) => says)).toContain('Task \\kQzWvTyb ran by hand')
    for (const { says } of runs) expect(says).not.toContain('unknown')
  })

  test('names the record of an event', () => {
    const made = csvRecords(printed('timeline', demo, false)).find(
      ({ action, task }) => action === 'created' && task === '\\kQzWvTyb',
    )
    expect(made).toMatchObject({ 'event id': '4698', 'record id': '2004835', channel: 'Security' })
  })
})

test('timesketch has what an import asks for, and the same events as the timeline', () => {
  const events = objectsOf('timesketch', demo)
  expect(events).toHaveLength(csvRecords(printed('timeline', demo)).length)
  for (const event of events) {
    expect(event.message).toBeTruthy()
    expect(event.timestamp_desc).toBeTruthy()
    expect(event.datetime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00$/)
    expect(Math.floor(event.timestamp / 1000)).toBe(Date.parse(event.datetime))
  }
  expect(events.find(({ task, action }) => task === '\\kQzWvTyb' && action === 'created')).toMatchObject({
    author: 'EXAMPLE\\adm-backup',
    to_run: ['cmd.exe /C whoami > %windir%\\Temp\\kQzWvTyb.tmp 2>&1'],
    definition_hash: expect.any(String),
  })
})

describe('ocsf', () => {
  test('is of the classes 2004 and 1006 of OCSF 1.8', () => {
    const validate = { 2004: validator(detectionFinding), 1006: validator(scheduledJobActivity) }
    for (const event of objectsOf('ocsf', evil)) {
      expect(validate[event.class_uid as 2004 | 1006](event)).toBe('')
      expect(event.type_uid).toBe(event.class_uid * 100 + event.activity_id)
    }
  })

  test('a cleared log is a finding of the class 2004, which speaks of no task', () => {
    const chains = hostile.map((text) => ({ ...hostileChain(text), chain: madeClearedLog({ host: text, log: text }) }))
    const events = objectsOf('ocsf', { ...demo, chains })
    expect(events).toHaveLength(hostile.length)
    const validate = validator(detectionFinding)
    for (const event of events) {
      expect(validate(event)).toBe('')
      expect(event.evidences).toMatchObject([{ name: 'who cleared the log' }])
      expect(event.evidences[0].job).toBeUndefined()
    }
  })

  test('ties the finding to its changes and runs, and gives each reason as an anomaly', () => {
    const events = objectsOf('ocsf', demo, false)
    const finding = events.find(({ class_uid, severity_id }) => class_uid === 2004 && severity_id === 5)
    const related = finding.finding_info.related_events.map(({ uid }: { uid: string }) => uid)
    const activities = events.filter(({ metadata }) => related.includes(metadata.uid))
    expect(activities.map(({ activity_name }) => activity_name)).toEqual(['Create', 'Delete', 'Start'])
    expect(finding.anomaly_analyses[0].anomalies[0]).toMatchObject({ observation_parameter: 'short-lived' })
    expect(finding.evidences[0]).toMatchObject({
      actor: { user: { name: 'adm-backup', domain: 'EXAMPLE' } },
      src_endpoint: { ip: '192.0.2.45' },
      job: { name: '\\kQzWvTyb', cmd_line: expect.stringContaining('whoami') },
      data: { schema: 'tasktrail.finding/1', runs: [{ processes: expect.any(Array) }] },
    })
  })
})

describe('ecs', () => {
  test('has the fields of ECS 9 in their types, and what is ours under a name of our own', () => {
    const look = (value: unknown, path: string): void => {
      if (path === 'tasktrail') return
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        for (const [key, one] of Object.entries(value)) look(one, path === '' ? key : `${path}.${key}`)
        return
      }
      expect([path, ecsFields.get(path)]).toEqual([path, Array.isArray(value) ? 'array' : typeof value])
    }
    for (const alert of objectsOf('ecs', evil)) {
      look(alert, '')
      expect(alert.event.kind).toBe('alert')
      const expected = alert.event.category.flatMap((category: string) => expectedTypes[category])
      for (const type of alert.event.type) expect(expected).toContain(type)
      if (alert.source?.ip) expect(alert.source.ip).toMatch(/^[\da-f.:]+$/i)
      expect(alert.tasktrail.schema).toBe('tasktrail.finding/1')
    }
  })

  test('numbers severities so that a worse one is more', () => {
    const numbers = severities.map((severity) => {
      const scored = inputIsAs(0)
      const [alert] = objectsOf('ecs', { ...demo, chains: [{ ...scored, score: { ...scored.score, severity } }] })
      return alert.event.severity as number
    })
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  })
})

test('navigator is one layer of format 4.5, with each technique once', () => {
  const [layer, ...more] = objectsOf('navigator', evil)
  expect(more).toEqual([])
  expect(validator(navigatorLayer)(layer)).toBe('')
  expect(layer.techniques.map(({ techniqueID }: { techniqueID: string }) => techniqueID)).toEqual(['T1053.005'])
  expect(layer.techniques[0].score).toBe(Math.round(Math.max(...demo.chains.map(({ score }) => score.bits))))
})

describe('markdown', () => {
  /** What is left when code and escapes are taken off, as CommonMark takes them. */
  const prose = (markdown: string) =>
    markdown.replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '').replace(/\\[\p{P}\p{S}]/gu, '')

  test('tells who, what, when and why of each finding', () => {
    const ticket = printed('markdown', demo, false)
    for (const part of [
      '# Scheduled tasks: 2 findings',
      '## critical: `\\kQzWvTyb` on `fs01.example.test`',
      '- **made by**: `EXAMPLE\\adm-backup`',
      '- **ATT&CK**: T1053.005 Scheduled Task',
      '- +6.0 The task was created, run and deleted within 21 ms.',
    ])
      expect(ticket).toContain(part)
  })

  test('nothing of the input is markup, a link, a mention or a line of its own', () => {
    const text = prose(printed('markdown', evil))
    expect(text).not.toMatch(/<(?!!)|https?:\/\/|@all|@SUM|\*\*b\*\*|!\[|\]\(/)
    expect(text).not.toMatch(/^(?:c"|d$)/m)
  })
})

describe('iocs', () => {
  const rowsOf = (result: ScanResult) => csvRecords(printed('iocs', result, false))

  test('has each value once, with who shows it', () => {
    const rows = rowsOf(demo)
    const keys = rows.map(({ type, value }) => `${type} ${value}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(rows).toContainEqual(
      expect.objectContaining({ type: 'ip', value: '192.0.2.45', hosts: '1', severity: 'critical' }),
    )
    expect(rows).toContainEqual(expect.objectContaining({ type: 'task', value: '\\kQzWvTyb' }))
    expect(rows.some(({ type }) => type === 'definition')).toBe(true)
  })

  test('has no file of Windows, which is on every host, unless its signature is wrong', () => {
    const at = (path: string, signature: 'valid' | 'unsigned') => {
      const { chain, ...more } = inputIsAs(7)
      const file = { md5: null, sha1: null, sha256: 'cd'.repeat(32), importHash: null, signature, signer: null }
      return { ...more, chain: { ...chain, statedAction: null, runs: [], payload: [{ path, file }] } }
    }
    const values = (path: string, signature: 'valid' | 'unsigned' = 'valid') =>
      rowsOf({ ...demo, chains: [at(path, signature)] }).map(({ type }) => type)
    expect(values('C:\\Windows\\System32\\cmd.exe')).not.toContain('sha256')
    expect(values('cmd.exe')).not.toContain('sha256')
    expect(values('C:\\Windows\\System32\\cmd.exe', 'unsigned')).toEqual(expect.arrayContaining(['sha256', 'path']))
    expect(values('C:\\Users\\Public\\a.exe')).toEqual(expect.arrayContaining(['sha256', 'path']))
  })
})

describe('an attestation', () => {
  const basis = {
    ...{ version: '1.2.3', baseline: null, settings: 'abc', expected: null },
    inputs: [{ name: 'a<b>|`c`.evtx', bytes: 5, sha256: 'ab'.repeat(32) }],
    validation: {
      ...{ file: 'v.json', sha256: 'cd'.repeat(32) },
      cases: [
        { name: 'seen', host: 'ws1', outcome: 'found-with-run', asExpected: true },
        { name: '<i>missed</i>', host: 'ws1', outcome: 'not-found', asExpected: false },
      ],
    },
  }
  const printed = (form: string, result: ScanResult) =>
    [...(attestForms[form]?.(attestationOf(result, basis)) ?? [])].join('')

  test('counts every finding once, by severity and age, to the newest record', () => {
    const { findings } = attestationOf(demo, basis)
    expect(findings.total).toBe(demo.chains.filter(isFinding).length)
    const counts = findings.byAge.flatMap(({ critical, high, medium, low }) => [critical, high, medium, low])
    expect(counts.reduce((a, b) => a + b, 0)).toBe(findings.total)
    for (const { at, ageDays } of findings.list)
      expect(ageDays).toBe(Math.floor((Date.parse(findings.asOf ?? '') - Date.parse(at ?? '')) / 86_400_000))
  })

  test('counts each host in one grade, and in one state of each capability', () => {
    const { hosts, coverage } = attestationOf(demo, basis)
    for (const { hosts: n, grades } of hosts.byRole) expect(Object.values(grades).reduce((a, b) => a + b, 0)).toBe(n)
    for (const { seen, partial, absent, noChannel, unknown } of coverage)
      expect(seen + partial + absent + noChannel + unknown).toBe(demo.fleet.hosts.length)
  })

  test('of the same input is the same bytes in each form', () => {
    for (const form of Object.keys(attestForms)) expect(printed(form, evil)).toBe(printed(form, evil))
    expect(JSON.parse(printed('.json', demo))).toMatchObject({
      schema: 'tasktrail.attest/1',
      tool: { version: '1.2.3' },
      analytic: { id: 'AN0258' },
      settings: 'abc',
      inputs: [{ sha256: 'ab'.repeat(32) }],
    })
  })

  test('as a page loads and runs nothing, and is styled by what its policy names', () => {
    const page = printed('.html', evil)
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    )
    expect(page).not.toMatch(/<(?:script|img|link|iframe|a|svg)\b|\son\w+=\S*>/i)
    const tags = new Set([...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag))
    expect([...tags].sort().join(' ')).toBe(
      'body h1 h2 head html main meta p section style table tbody td th thead title tr',
    )
    expect(page).toContain('&lt;i&gt;missed&lt;/i&gt;')
  })

  test('as Markdown has no markup but its own, and each row the columns of its table', () => {
    const page = printed('.md', evil)
    expect(page).not.toMatch(/<|(?<!\\)`/)
    let columns = 0
    for (const line of page.split('\n')) {
      const cells = line.startsWith('|') ? line.replaceAll('\\|', '').split('|').length : 0
      if (columns > 0 && cells > 0) expect(cells).toBe(columns)
      columns = cells
    }
    expect(page).toMatch(/\| \\?&lt;i&gt;missed&lt;\/i&gt; \| ws1 \| not-found \| no \|\n\| seen \|/)
  })

  test('steers no terminal', () => {
    const raw = /[\u007f-\u009f\u200b\u2028\u202a-\u202e\u2066-\u2069\ufeff]|(?!\n)\p{Cc}/u
    for (const form of Object.keys(attestForms)) expect(printed(form, evil)).not.toMatch(raw)
  })
})
