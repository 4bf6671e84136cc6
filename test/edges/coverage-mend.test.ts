import { describe, expect, test } from 'vitest'
import { fleetCoverage, LedgerKeeper } from '../../src/coverage/index.ts'
import { factMaker } from '../../src/lab/made-facts.ts'
import { type FleetCoverageReport, mends } from '../../src/model/coverage-report.ts'
import { interests } from '../../src/normalize/index.ts'
import { coverageFormats, formatNamed, mendForms, mendPieces } from '../../src/report/index.ts'
import { logsOfProviders } from '../../src/report/mend/logs.ts'

const print = (form: (typeof mendForms)[number], report: FleetCoverageReport | null = null) =>
  [...mendPieces(form, report, interests)].join('')

/** A host that records processes, and nothing else, two an hour. */
function processesOf(host: string): FleetCoverageReport {
  const keeper = new LedgerKeeper()
  const { started } = factMaker(host)
  for (let i = 0; i < 48; i++)
    keeper.note(started(i * 1_800_000, { pid: 100 + i, image: 'C:\\Windows\\System32\\svchost.exe' }))
  return fleetCoverage(['a.evtx'], [{ host, ledger: keeper.ledger(), series: [], kept: new Set() }])
}

/** Names of elements, where every one is closed in order and nothing stands unescaped. */
function elements(xml: string): string[] {
  const open: string[] = []
  const names: string[] = []
  const rest = xml
    .replaceAll(/<!-- (.*?) -->/g, (_, text: string) => {
      expect(text).not.toMatch(/--|-$/)
      return ''
    })
    .replaceAll(/<(\/?)([A-Za-z]+)((?: [A-Za-z]+="[^"<&]*")*)(\/?)>/g, (_, close, name, _attributes, empty) => {
      if (close === '/') expect(open.pop()).toBe(name)
      else names.push(name)
      if (close !== '/' && empty !== '/') open.push(name)
      return ''
    })
  expect(open).toEqual([])
  expect(rest).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/)
  return names
}

/** A subscription's query is XML in a part of characters of its own. */
const withoutQuery = (xml: string) => xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>/, '')
const queryOf = (xml: string) => /<!\[CDATA\[([\s\S]*?)\]\]>/.exec(xml)?.[1] ?? ''

describe('without an input', () => {
  test('every thing that the report tells to switch on is in one of the forms', () => {
    const all = mendForms.map((form) => print(form)).join('')
    for (const id of mends) expect(all).toContain(`${id}: `)
    for (const id of mends.filter((one) => !/^sysmon-(?!service)/.test(one)))
      expect(print('powershell')).toMatch(new RegExp(`^# ${id}: .+\\n(?:# .*\\n)*[^#\\n]`, 'm'))
  })

  test('subcategories are named by GUID', () => {
    const sets = print('powershell').match(/^auditpol \/set .*$/gm) ?? []
    expect(sets).toHaveLength(5)
    for (const set of sets)
      expect(set).toMatch(
        /^auditpol \/set "\/subcategory:\{0CCE92[0-9A-F]{2}-69AE-11D9-BED3-505054503030\}" \/success:enable$/,
      )
    expect(print('gpo').match(/^,System,Audit [\w ]+,\{[0-9A-F-]{36}\},Success,,1$/gm)).toHaveLength(5)
  })

  test('scripts are ASCII, so that Windows PowerShell reads them as they are', () => {
    for (const form of mendForms) expect(print(form)).toMatch(/^[\n -~]*$/)
  })

  test('what is set can be taken back', () => {
    for (const form of ['powershell', 'gpo'] as const) {
      const parts = print(form).split('\n\n')
      for (const part of parts.filter((one) => /^(?:auditpol \/set|reg add|wevtutil sl|Set-GP)/m.test(one)))
        expect(part).toMatch(/^# undo: /m)
    }
  })

  test('the configuration of Sysmon is XML with a filter for each event', () => {
    const names = elements(print('sysmon'))
    const events = ['ProcessCreate', 'ProcessTerminate', 'ImageLoad', 'RegistryEvent', 'FileCreate', 'PipeEvent']
    expect(names[0]).toBe('Sysmon')
    for (const event of events) expect(names).toContain(event)
  })

  test('the subscription asks for exactly the events that are read', () => {
    const xml = print('wef')
    expect(elements(withoutQuery(xml))[0]).toBe('Subscription')
    expect(elements(queryOf(xml))[0]).toBe('QueryList')
    const asked = new Set<string>()
    for (const [, provider, condition = ''] of queryOf(xml).matchAll(/@Name='([^']+)'\] and (.*)\]\]/g)) {
      for (const [, id] of condition.matchAll(/EventID=(\d+)/g)) asked.add(`${provider} ${id}`)
      for (const [, from, to] of condition.matchAll(/EventID&gt;=(\d+) and EventID&lt;=(\d+)/g))
        for (let id = Number(from); id <= Number(to); id++) asked.add(`${provider} ${id}`)
      expect(condition.match(/EventID/g)?.length).toBeLessThanOrEqual(20)
    }
    const read = interests.filter(({ provider }) => logsOfProviders[provider] !== undefined)
    expect(asked).toEqual(new Set(read.map(({ provider, eventId }) => `${provider} ${eventId}`)))
    const windows = interests.filter(({ provider }) => /^(Microsoft-Windows-|PowerShellCore)/.test(provider))
    expect(read).toHaveLength(windows.length)
  })
})

describe('with an input', () => {
  test('only what is lacking there is printed, with where', () => {
    const text = print('powershell', processesOf('ws1'))
    expect(text).toMatch(/^# scheduler-log: .*\n# lacking on 1 host: ws1$/m)
    expect(text).not.toContain('audit-process-creation')
    expect(print('gpo', processesOf('ws1'))).not.toContain('audit-process-creation')
  })

  test('the subscription has the logs that are lacking alone', () => {
    const query = queryOf(print('wef', processesOf('ws1')))
    expect(query).toContain('TaskScheduler/Operational')
    expect(query).not.toContain('GroupPolicy')
  })

  test('the price is what the input shows', () => {
    const [processes] = processesOf('ws1').hosts
    const report: FleetCoverageReport = {
      ...processesOf('ws1'),
      hosts: [
        { ...(processes as NonNullable<typeof processes>) },
        {
          ...(processes as NonNullable<typeof processes>),
          host: 'ws2',
          capabilities: {
            ...(processes as NonNullable<typeof processes>).capabilities,
            'process-creation': {
              ...(processes as NonNullable<typeof processes>).capabilities['process-creation'],
              mend: ['audit-process-creation'],
            },
          },
        },
      ],
    }
    expect(print('powershell', report)).toContain('# costs about 49 records a day (measured on 2 hosts of this input)')
  })

  test('a hostile name of a host stays within its comment', () => {
    const name = "x\r\nRemove-Item C:\\ --> <a>'@ \u201c; \u2028calc"
    for (const form of mendForms) {
      const text = print(form, processesOf(name))
      expect(text).toMatch(/^[\n -~]*$/)
      expect(text).not.toMatch(/^(?:Remove-Item|calc)/m)
    }
    elements(print('sysmon', processesOf(name)).replaceAll(' <a>', ''))
  })

  test('the JSON says of each id what it is and how it is switched on', () => {
    const json = JSON.parse([...formatNamed(coverageFormats, 'json').print(processesOf('ws1'), { width: 80 })].join(''))
    const named = new Set(
      json.hosts.flatMap((host: { capabilities: Record<string, { mend: string[] }> }) =>
        Object.values(host.capabilities).flatMap(({ mend }) => mend),
      ),
    )
    expect(new Set(Object.keys(json.mends))).toEqual(named)
    expect(json.mends['scheduler-log'].apply[0]).toBe(
      'wevtutil sl "Microsoft-Windows-TaskScheduler/Operational" /e:true',
    )
  })
})
