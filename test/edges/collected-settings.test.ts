import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fleetCoverage, LedgerKeeper } from '../../src/coverage/index.ts'
import { readAuditPolicy, readLogSettings } from '../../src/decode/collected-settings/index.ts'
import { factMaker } from '../../src/lab/made-facts.ts'
import type { CollectedSettings } from '../../src/model/artifact.ts'
import { auditSubcategories } from '../../src/model/windows/audit-subcategories.ts'
import { laid, scanned } from '../scan-in-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

const guid = (name: keyof typeof auditSubcategories) => auditSubcategories[name].toUpperCase()
const english = [
  '',
  'Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting',
  `WS1,System,Process Creation,${guid('process-creation')},Success and Failure,`,
  `WS1,System,Other Object Access Events,${guid('other-object-access')},No Auditing,`,
  `WS1,System,Logon,${guid('logon')},Failure,`,
].join('\r\n')
const german = [
  'Computername,Richtlinienziel,Unterkategorie,GUID der Unterkategorie,Aufnahmeeinstellung,Ausschlusseinstellung,Einstellungswert',
  `WS1,System,Prozesserstellung,${guid('process-creation')},Erfolg und Fehler,,3`,
  `WS1,System,Anmelden,${guid('logon')},Fehler,,2`,
  `WS1,System,Anderes,${guid('file-share')},Erfolg,`,
].join('\r\n')
const logs = [
  ...['name: Security', 'enabled: true', 'type: Admin', 'logging:', '  retention: false', '  maxSize: 20971520'],
  ...['name: Microsoft-Windows-TaskScheduler/Operational', 'enabled: false', 'logging:', '  maxSize: 10485760', ''],
].join('\r\n')

describe('the audit policy', () => {
  test('is read by GUID, with English words', () => {
    expect(readAuditPolicy(english)).toEqual([
      { subcategory: auditSubcategories['process-creation'], isOn: true },
      { subcategory: auditSubcategories['other-object-access'], isOn: false },
      { subcategory: auditSubcategories.logon, isOn: false },
    ])
  })

  test('is read by its number in any language, and words that are not understood say nothing', () => {
    expect(readAuditPolicy(german)).toEqual([
      { subcategory: auditSubcategories['process-creation'], isOn: true },
      { subcategory: auditSubcategories.logon, isOn: false },
    ])
  })
})

test('settings of logs are read one after another', () => {
  expect(readLogSettings(logs)).toEqual([
    { channel: 'Security', isOn: true, maxBytes: 20_971_520 },
    { channel: 'Microsoft-Windows-TaskScheduler/Operational', isOn: false, maxBytes: 10_485_760 },
  ])
})

describe('coverage of a host whose settings were collected', () => {
  const settings: CollectedSettings = { audit: readAuditPolicy(english), logs: readLogSettings(logs) }
  /** Three processes: too few for anything else to be expected. */
  const host = (own?: CollectedSettings) => {
    const keeper = new LedgerKeeper()
    const { started } = factMaker('ws1')
    for (let i = 0; i < 3; i++) keeper.note(started(i * 60_000, { pid: 100 + i, image: 'C:\\Windows\\x.exe' }))
    const telemetry = { host: 'ws1', ledger: keeper.ledger(), series: [], kept: new Set<never>() }
    const [report] = fleetCoverage([], [own === undefined ? telemetry : { ...telemetry, settings: own }]).hosts
    return report?.capabilities
  }

  test('what they switch off is absent, whatever the number of records', () => {
    expect(host()?.['task-registration'].state).toBe('unknown')
    expect(host(settings)?.['task-registration']).toMatchObject({
      state: 'absent',
      missing: ["the host's settings say that it is not recorded: audit policy, other-object-access"],
      mend: ['audit-task-changes'],
    })
  })

  test('a log that is off is one that is not there for a reason', () => {
    expect(host(settings)?.['run-start']).toMatchObject({
      state: 'no-channel',
      missing: ["the host's settings say that it is not recorded: its log (scheduler)"],
      mend: ['scheduler-log'],
    })
  })

  test('nothing is seen for a setting alone', () => {
    const on = { audit: settings.audit.map((one) => ({ ...one, isOn: true })), logs: [] }
    expect(host(on)?.['task-registration']).toMatchObject({
      state: 'unknown',
      missing: ["the host's settings say that it is recorded: audit policy, other-object-access"],
      mend: [],
    })
    expect(host(on)?.['process-creation'].state).toBe('seen')
  })
})

test('files of settings are known by their content, in UTF-16 too, and belong to the host that lies beside them', async () => {
  const path = laid(folder, {
    'auditpol.csv': english,
    'logs.txt': Buffer.from(`\ufeff${logs}`, 'utf16le'),
    'tasks/x.json': JSON.stringify({ nothing: true }),
  })
  const { result, problems } = await scanned(path)
  expect(problems).toEqual([])
  expect(result.inputs.map((name) => name.slice(path.length + 1))).toEqual(['auditpol.csv', 'logs.txt'])
  const [own] = result.fleet.hosts
  expect(own?.capabilities['run-start'].missing).toEqual([
    "the host's settings say that it is not recorded: its log (scheduler)",
  ])
})
