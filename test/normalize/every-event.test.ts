import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Interest } from '../../src/model/record.ts'
import { sensors } from '../../src/model/sensor.ts'
import { interests, normalize } from '../../src/normalize/index.ts'
import { fakeRecord, read, tools } from './fake-record.ts'

const fieldNames = [
  ...['SubjectUserSid', 'SubjectUserName', 'SubjectDomainName', 'SubjectLogonId', 'TargetUserSid', 'TargetUserName'],
  ...[
    'TargetDomainName',
    'TargetLogonId',
    'TargetLinkedLogonId',
    'LogonType',
    'IpAddress',
    'IpPort',
    'WorkstationName',
  ],
  ...['NewProcessId', 'NewProcessName', 'ProcessId', 'ProcessID', 'ProcessName', 'CommandLine', 'MandatoryLabel'],
  ...[
    'TaskName',
    'TaskContent',
    'TaskContentNew',
    'ClientProcessId',
    'ParentProcessId',
    'ShareName',
    'RelativeTargetName',
  ],
  ...[
    'Channel',
    'ProcessGuid',
    'Image',
    'User',
    'LogonId',
    'ParentProcessGuid',
    'ParentImage',
    'ImageLoaded',
    'Signed',
    'PipeName',
  ],
  ...['TargetFilename', 'CreationUtcTime', 'TargetObject', 'EventType', 'Details', 'NewName', 'Protocol', 'Initiated'],
  ...['SourceIp', 'SourcePort', 'DestinationIp', 'DestinationPort', 'DestinationHostname', 'UserContext', 'UserName'],
  ...['InstanceId', 'TaskInstanceId', 'ActionName', 'Path', 'ResultCode', 'EnginePID', 'Priority', 'MessageNumber'],
  ...[
    'MessageTotal',
    'ScriptBlockText',
    'ScriptBlockId',
    'Payload',
    'ContextInfo',
    'IntegrityLevel',
    'OriginalFileName',
  ],
]

/** Names of a sensor's items, after OCSF. */
fieldNames.push(
  ...['activity_id', 'process.pid', 'process.uid', 'process.file.path', 'process.cmd_line', 'process.integrity'],
  ...['process.parent_process.uid', 'process.parent_process.pid', 'process.session.uid', 'process.user.name'],
  ...['actor.process.uid', 'actor.process.pid', 'actor.process.file.path', 'actor.user.name', 'actor.user.uid'],
  ...['job.name', 'job.definition', 'job.cmd_line', 'module.file.path', 'file.path', 'reg_key.path', 'reg_value.path'],
  ...['reg_value.name', 'reg_value.data', 'logon_type_id', 'session.uid', 'user.name', 'src_endpoint.ip'],
)

/** Values as they come, values as they should not come, and what the conditions look for, in any case and place. */
const value = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    '0',
    '0x0',
    '0x3e7',
    '420',
    '0x1a4',
    '99999999999',
    'true',
    'tcp',
    '135',
    '49671',
    '\\\\*\\IPC$',
  ),
  fc.constantFrom(
    'S-1-5-18',
    '{365ABB72-699E-5CD7-0000-001073582200}',
    'CreateKey',
    'DeleteValue',
    '\\A\\B',
    '<Task/>',
  ),
  fc.constantFrom(
    'C:\\Windows\\System32\\Tasks\\x',
    'C:\\Windows\\Tasks\\At1.job',
    'C:\\Windows\\System32\\taskschd.dll',
  ),
  fc.constantFrom(
    'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\x\\SD',
    '\\atsvc',
    'atsvc',
  ),
  fc.constantFrom(
    'HKU\\S-1-5-21-1\\Environment\\windir',
    'Register-ScheduledTask -TaskName x',
    'TAS\u212ACACHE',
    'scht\u017Fks',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const fields = fc.dictionary(fc.constantFrom(...fieldNames), value, { noNullPrototype: true })
const interest = fc.constantFrom(...interests)

/** What a decoder looks for in the bytes: one of the words, with ASCII letters in any case, or a number of parts that is not 1. */
function isFound({ where, orInParts }: Interest, values: Readonly<Record<string, string>>): boolean {
  const fold = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  if (orInParts !== undefined && (values[orInParts] ?? '1') !== '1') return true
  return where === undefined || where.contains.some((word) => fold(values[where.field] ?? '').includes(fold(word)))
}

/** Everything that is wanted of the same event: one of it is enough. */
const ofEvent = ({ provider, eventId }: Interest) =>
  interests.filter((one) => one.provider === provider && one.eventId === eventId)

describe('every event', () => {
  test('is listed once', () => {
    const keys = interests.map(({ provider, eventId, where }) => `${provider} ${eventId} ${where?.field}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('a record that a decoder skips by its bytes would not have become a fact', () => {
    fc.assert(
      fc.property(interest, fields, (wanted, values) => {
        const read = normalize(fakeRecord(wanted.provider, wanted.eventId, values), tools)
        if (!ofEvent(wanted).some((one) => isFound(one, values))) expect(read).toBeNull()
      }),
      { numRuns: 4000 },
    )
  })

  test('each condition lets through what it is there for', () => {
    const seen: Record<string, string> = {
      ImageLoaded: 'c:\\windows\\system32\\TASKSCHD.dll',
      Signed: 'FALSE',
      TargetFilename: 'c:\\windows\\system32\\TASKS\\x',
      TargetObject: 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TASKCACHE\\Tree\\x',
      PipeName: '\\ATSVC',
      RelativeTargetName: 'ATSVC',
      ShareName: '\\\\*\\ipc$',
      ScriptBlockText: 'SCHTASKS',
      Payload: 'get-SCHEDULEDtask',
      EventType: 'CreateKey',
      'module.file.signature.state': 'Unsigned',
      'module.file.path': 'c:\\windows\\system32\\TASKSCHD.dll',
      'file.path': 'c:\\windows\\system32\\TASKS\\x',
      'reg_key.path': 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TASKCACHE\\Tree\\x',
      'reg_value.path': 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TASKCACHE\\Tree\\x',
      'actor.process.uid': '1',
      ProcessGuid: '{365ABB72-699E-5CD7-0000-001073582200}',
    }
    const conditional = interests.filter(({ where }) => where !== undefined)
    // fourteen of Windows' logs, and of each of the sensors four classes, one of them twice
    expect(conditional.length).toBe(14 + 5 * Object.keys(sensors).length)
    for (const wanted of conditional) {
      expect(isFound(wanted, seen), String(wanted.eventId)).toBe(true)
      const activity_id = wanted.eventId === 201_002 ? '2' : '1'
      expect(
        read(fakeRecord(wanted.provider, wanted.eventId, { ...seen, activity_id }))?.kind,
        String(wanted.eventId),
      ).toMatch(/^(?!unreadable)/)
    }
  })

  test('no value makes it throw, and what it returns can be written down', () => {
    fc.assert(
      fc.property(interest, fields, (wanted, values) => {
        const read = normalize(fakeRecord(wanted.provider, wanted.eventId, values), tools)
        expect(JSON.parse(JSON.stringify(read))).toEqual(read)
      }),
      { numRuns: 4000 },
    )
  })

  test('facts of one kind have the same keys in the same order, whichever event they come from', () => {
    const shapes = new Map<string, string>()
    fc.assert(
      fc.property(interest, fields, (wanted, values) => {
        const read = normalize(fakeRecord(wanted.provider, wanted.eventId, values), tools)
        if (read === null) return
        const keys = Object.keys(read).join()
        expect(keys).toBe(shapes.get(read.kind) ?? keys)
        shapes.set(read.kind, keys)
      }),
      { numRuns: 8000 },
    )
  })

  test('carries where it was read', () => {
    const record = fakeRecord(
      'Microsoft-Windows-TaskScheduler',
      107,
      { TaskName: '\\x' },
      { computer: 'WS9.Example.Test' },
    )
    expect(read(record)).toMatchObject({
      time: record.time,
      ticks: 5,
      source: 3,
      channel: 'Microsoft-Windows-TaskScheduler/Operational',
      eventId: 107,
      recordId: 77,
      position: 4096,
      host: 'ws9.example.test',
    })
  })

  test('names of providers do not distinguish case', () => {
    expect(read(fakeRecord('microsoft-windows-taskscheduler', 107, { TaskName: '\\x' }))?.kind).toBe('task-triggered')
  })

  test('the same id of another provider is nothing to us', () => {
    expect(read(fakeRecord('Microsoft-Windows-Kernel-Power', 1, { Image: 'x', ProcessId: '1' }))).toBeNull()
    expect(read(fakeRecord('Microsoft-Windows-Sysmon', 4688, { NewProcessId: '0x1', NewProcessName: 'x' }))).toBeNull()
  })

  test('has its row in docs/events.md', () => {
    const rows = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8')
    const [used = ''] = rows.split('## Not used yet')
    for (const { provider, eventId } of interests) {
      expect(used, `${provider} ${eventId}`).toMatch(new RegExp(`^\\| \\*\\*${eventId}\\*\\* `, 'm'))
    }
  })
})
