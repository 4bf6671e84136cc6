import { describe, expect, test } from 'vitest'
import { fakeRecord, read } from './fake-record.ts'

const audit = 'Microsoft-Windows-Security-Auditing'
const sysmon = 'Microsoft-Windows-Sysmon'
const eventlog = 'Microsoft-Windows-Eventlog'

describe('the audit policy (4719)', () => {
  const change = (AuditPolicyChanges: string) =>
    read(
      fakeRecord(audit, 4719, {
        SubjectUserName: 'ann',
        SubjectDomainName: 'EX',
        SubcategoryGuid: '{0CCE922B-69AE-11D9-BED3-505054503030}',
        AuditPolicyChanges,
      }),
    )

  test('says which part was switched, by its GUID, and by whom', () => {
    expect(change('%%8448, %%8450')).toMatchObject({
      kind: 'telemetry-switched',
      log: 'Security',
      subcategory: '{0cce922b-69ae-11d9-bed3-505054503030}',
      turns: 'off',
      user: 'EX\\ann',
    })
    expect(change('%%8449')).toMatchObject({ turns: 'on' })
  })

  test('is of no matter where only failures are', () => {
    expect(change('%%8451')).toBe(null)
  })

  test('cannot be read without what was changed', () => {
    expect(read(fakeRecord(audit, 4719, {}))).toMatchObject({ kind: 'unreadable', field: 'AuditPolicyChanges' })
  })
})

test('the event log service tells that it stopped (1100), and that records were lost (1101, 1104)', () => {
  expect([1100, 1101, 1104].map((id) => read(fakeRecord(eventlog, id)))).toMatchObject([
    { log: 'Security', turns: 'stopped' },
    { log: 'Security', turns: 'lost' },
    { log: 'Security', turns: 'lost' },
  ])
})

test('Sysmon tells when it starts and stops (4), that it was reconfigured (16), and that it failed (255)', () => {
  const state = (State: string) => read(fakeRecord(sysmon, 4, { State, Version: '15.15' }))
  const [changed, failed] = [fakeRecord(sysmon, 16), fakeRecord(sysmon, 255, { ID: 'QUEUE' })]
  expect([state('Started'), state('Stopped'), read(changed), read(failed)]).toMatchObject([
    { log: 'Microsoft-Windows-Sysmon/Operational', turns: 'on' },
    { turns: 'stopped' },
    { log: 'Microsoft-Windows-Sysmon/Operational', turns: 'reconfigured' },
    { turns: 'lost' },
  ])
})

describe('a log’s switch in the registry (Sysmon 13)', () => {
  const written = (Details: string, value = 'Enabled') =>
    read(
      fakeRecord(sysmon, 13, {
        EventType: 'SetValue',
        ProcessGuid: '{11111111-2222-3333-4444-555555555555}',
        ProcessId: '700',
        Image: 'C:\\Windows\\System32\\svchost.exe',
        TargetObject: `HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\Microsoft-Windows-TaskScheduler/Operational\\${value}`,
        Details,
      }),
    )

  test('says of which log, and whether it is off or on', () => {
    const log = 'Microsoft-Windows-TaskScheduler/Operational'
    expect(written('DWORD (0x00000000)')).toMatchObject({ kind: 'telemetry-switched', log, turns: 'off' })
    expect(written('DWORD (0x00000001)')).toMatchObject({ log, turns: 'on' })
  })

  test('other values of the log say nothing', () => {
    expect(written('DWORD (0x00100000)', 'MaxSize')).toBe(null)
    expect(written('Binary Data')).toBe(null)
  })
})
