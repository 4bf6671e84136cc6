import { expect, test } from 'vitest'
import type { CatalogueEvent } from '../../src/lab/event-catalogue/catalogue-event.ts'
import { scriptBlock } from '../../src/lab/event-catalogue/powershell.ts'
import * as security from '../../src/lab/event-catalogue/security.ts'
import * as sysmon from '../../src/lab/event-catalogue/sysmon.ts'
import * as scheduler from '../../src/lab/event-catalogue/task-scheduler.ts'

const GUID = '{00112233-4455-6677-8899-aabbccddeeff}'
const written = { time: { time: 0, ticks: 0 }, processId: 1, threadId: 2 }
const who = security.NOBODY
const seen = { seen: written.time, guid: GUID, pid: 1, image: 'a' }
const file = sysmonFile()
const end = { address: '192.0.2.1', host: '', port: 1, portName: '' }
const change = {
  subject: who,
  task: '\\a',
  content: '',
  clientStartKey: 0n,
  clientPid: 0,
  clientParentPid: 0,
  fqdn: '',
}
const ended = { subject: who, status: 0, pid: 4, image: 'a' }

const SUBJECT = 'SubjectUserSid:sid SubjectUserName:string SubjectDomainName:string SubjectLogonId:hex64'
const TARGET = 'TargetUserSid:sid TargetUserName:string TargetDomainName:string TargetLogonId:hex64'
const CLIENT = 'ClientProcessStartKey:u64 ClientProcessId:u32 ParentProcessId:u32 RpcCallClientLocality:u32 FQDN:string'
const PROCESS = 'UtcTime:string ProcessGuid:guid ProcessId:u32 Image:string'
const VERSION = 'FileVersion:string Description:string Product:string Company:string OriginalFileName:string'

/** Id, version, level, task, opcode, name on EventData, and names and types of the data in order: read off real records. */
type Form = readonly [string, CatalogueEvent, number, number, number, number, number, string | null, string]
const forms: readonly Form[] = [
  [
    'Security',
    security.loggedOn(written, {
      subject: who,
      target: who,
      logonType: 3,
      process: '',
      package: '',
      lmPackage: '',
      workstation: '',
      logonGuid: GUID,
      callerPid: 0,
      callerImage: '-',
      address: '-',
      port: '-',
      elevated: true,
    }),
    4624,
    2,
    0,
    12_544,
    0,
    null,
    `${SUBJECT} ${TARGET} LogonType:u32 LogonProcessName:string AuthenticationPackageName:string WorkstationName:string LogonGuid:guid TransmittedServices:string LmPackageName:string KeyLength:u32 ProcessId:pointer ProcessName:string IpAddress:string IpPort:string ImpersonationLevel:string RestrictedAdminMode:string TargetOutboundUserName:string TargetOutboundDomainName:string VirtualAccount:string TargetLinkedLogonId:hex64 ElevatedToken:string`,
  ],
  [
    'Security',
    security.processCreated(written, {
      subject: who,
      target: who,
      pid: 4,
      image: 'a',
      tokenElevation: '%%1936',
      parentPid: 4,
      parentImage: '',
      commandLine: '',
      mandatoryLabel: 'S-1-16-8192',
    }),
    4688,
    2,
    0,
    13_312,
    0,
    null,
    `${SUBJECT} NewProcessId:pointer NewProcessName:string TokenElevationType:string ProcessId:pointer CommandLine:string ${TARGET} ParentProcessName:string MandatoryLabel:sid`,
  ],
  [
    'Security',
    security.taskCreated(written, change),
    4698,
    1,
    0,
    12_804,
    0,
    null,
    `${SUBJECT} TaskName:string TaskContent:string ${CLIENT}`,
  ],
  [
    'Security',
    security.taskDeleted(written, change),
    4699,
    1,
    0,
    12_804,
    0,
    null,
    `${SUBJECT} TaskName:string TaskContent:string ${CLIENT}`,
  ],
  [
    'Security',
    security.taskUpdated(written, change),
    4702,
    1,
    0,
    12_804,
    0,
    null,
    `${SUBJECT} TaskName:string TaskContentNew:string ${CLIENT}`,
  ],
  [
    'Security',
    security.shareAccessed(written, {
      subject: who,
      address: '-',
      port: '-',
      share: '',
      localPath: '',
      target: '',
      mask: 3,
      rights: [],
    }),
    5145,
    0,
    0,
    12_811,
    0,
    null,
    `${SUBJECT} ObjectType:string IpAddress:string IpPort:string ShareName:string ShareLocalPath:string RelativeTargetName:string AccessMask:hex32 AccessList:string AccessReason:string`,
  ],
  ['Security', security.auditLogCleared(written, who), 1102, 0, 4, 104, 0, null, SUBJECT],
  // The real record of this form is one of Sysmon 13.3, which has ParentUser behind all these.
  [
    'Sysmon',
    sysmon.processCreated(written, {
      ...seen,
      file,
      commandLine: '',
      currentDirectory: '',
      user: '',
      logonGuid: GUID,
      logonId: 0,
      terminalSession: 0,
      integrity: '',
      parent: { guid: GUID, pid: 0, image: '', commandLine: '' },
    }),
    1,
    5,
    4,
    1,
    0,
    null,
    `RuleName:string ${PROCESS} ${VERSION} CommandLine:string CurrentDirectory:string User:string LogonGuid:guid LogonId:hex64 TerminalSessionId:u32 IntegrityLevel:string Hashes:string ParentProcessGuid:guid ParentProcessId:u32 ParentImage:string ParentCommandLine:string`,
  ],
  [
    'Sysmon',
    sysmon.networkConnected(written, { ...seen, user: '', initiated: true, source: end, destination: end }),
    3,
    5,
    4,
    3,
    0,
    null,
    `RuleName:string ${PROCESS} User:string Protocol:string Initiated:bool SourceIsIpv6:bool SourceIp:string SourceHostname:string SourcePort:u16 SourcePortName:string DestinationIsIpv6:bool DestinationIp:string DestinationHostname:string DestinationPort:u16 DestinationPortName:string`,
  ],
  ['Sysmon', sysmon.processTerminated(written, seen), 5, 3, 4, 5, 0, null, `RuleName:string ${PROCESS}`],
  [
    'Sysmon',
    sysmon.imageLoaded(written, { ...seen, module: '', file, signature: '' }),
    7,
    3,
    4,
    7,
    0,
    null,
    `RuleName:string ${PROCESS} ImageLoaded:string ${VERSION} Hashes:string Signed:string Signature:string SignatureStatus:string`,
  ],
  [
    'Sysmon',
    sysmon.fileCreated(written, { ...seen, path: '', created: seen.seen }),
    11,
    2,
    4,
    11,
    0,
    null,
    `RuleName:string ${PROCESS} TargetFilename:string CreationUtcTime:string`,
  ],
  [
    'Sysmon',
    sysmon.registryObject(written, { ...seen, action: 'CreateKey', target: '' }),
    12,
    2,
    4,
    12,
    0,
    null,
    `RuleName:string EventType:string ${PROCESS} TargetObject:string`,
  ],
  [
    'Sysmon',
    sysmon.registryValue(written, { ...seen, target: '', details: '' }),
    13,
    2,
    4,
    13,
    0,
    null,
    `RuleName:string EventType:string ${PROCESS} TargetObject:string Details:string`,
  ],
  [
    'TaskScheduler',
    scheduler.runStarted(written, '\\a', '', GUID),
    100,
    0,
    4,
    100,
    1,
    'TaskStartEvent',
    'TaskName:string UserContext:string InstanceId:guid',
  ],
  [
    'TaskScheduler',
    scheduler.runFinished(written, '\\a', '', GUID),
    102,
    0,
    4,
    102,
    2,
    'TaskSuccessEvent',
    'TaskName:string UserContext:string InstanceId:guid',
  ],
  [
    'TaskScheduler',
    scheduler.taskRegistered(written, '\\a', ''),
    106,
    0,
    4,
    106,
    0,
    'TaskRegisteredEvent',
    'TaskName:string UserContext:string',
  ],
  [
    'TaskScheduler',
    scheduler.startedOnDemand(written, '\\a', GUID, ''),
    110,
    0,
    4,
    110,
    0,
    'TaskRunEvent',
    'TaskName:string InstanceId:guid UserContext:string',
  ],
  [
    'TaskScheduler',
    scheduler.processCreated(written, '\\a', '', 4),
    129,
    0,
    4,
    129,
    0,
    'CreatedTaskProcess',
    'TaskName:string Path:string ProcessID:u32 Priority:u32',
  ],
  [
    'TaskScheduler',
    scheduler.taskUpdated(written, '\\a', ''),
    140,
    0,
    4,
    140,
    0,
    'TaskUpdated',
    'TaskName:string UserName:string',
  ],
  [
    'TaskScheduler',
    scheduler.taskDeleted(written, '\\a', ''),
    141,
    0,
    4,
    141,
    0,
    'TaskDeleted',
    'TaskName:string UserName:string',
  ],
  [
    'TaskScheduler',
    scheduler.actionStarted(written, '\\a', '', GUID, 4),
    200,
    1,
    4,
    200,
    1,
    'ActionStart',
    'TaskName:string ActionName:string TaskInstanceId:guid EnginePID:u32',
  ],
  [
    'TaskScheduler',
    scheduler.actionCompleted(written, '\\a', GUID, '', 0, 4),
    201,
    2,
    4,
    201,
    2,
    'ActionSuccess',
    'TaskName:string TaskInstanceId:guid ActionName:string ResultCode:u32 EnginePID:u32',
  ],
  [
    'PowerShell',
    scriptBlock(written, { userSid: 'S-1-5-18', script: '', id: '', path: '', suspicious: false }),
    4104,
    1,
    5,
    2,
    15,
    null,
    'MessageNumber:i32 MessageTotal:i32 ScriptBlockText:string ScriptBlockId:string Path:string',
  ],
]

test.each(forms)(
  '%s: the event has the form of a real record',
  (channel, made, id, version, level, task, opcode, name, data) => {
    expect(made.channel).toContain(channel)
    expect([made.eventId, made.version, made.level, made.task, made.opcode]).toEqual([id, version, level, task, opcode])
    expect(made.body.kind === 'event-data' ? made.body.name : null).toBe(name)
    expect(made.body.fields.map(([field, { type }]) => `${field}:${type}`).join(' ')).toBe(data)
  },
)

/** No real record in EVTX was at hand: the names are those of a record in another form (4689) and of the manifest. */
test.each([
  ['4689', security.processExited(written, ended), `${SUBJECT} Status:hex32 ProcessId:pointer ProcessName:string`],
  ['107', scheduler.triggered.time(written, '\\a', GUID), 'TaskName:string InstanceId:guid'],
  ['119', scheduler.logonTriggered(written, '\\a', '', GUID), 'TaskName:string UserName:string InstanceId:guid'],
])('%s: not held against a real record', (id, made, data) => {
  expect(String(made.eventId)).toBe(id)
  expect(made.body.fields.map(([field, { type }]) => `${field}:${type}`).join(' ')).toBe(data)
})

function sysmonFile() {
  return { fileVersion: '', description: '', product: '', company: '', originalFileName: '', hashes: '' }
}
