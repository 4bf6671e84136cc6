import type { Fields } from '../evtx-writer/lab-event.ts'
import { guid, hex32, hex64, type LabValue, pointer, sid, text, u32, u64 } from '../evtx-writer/value.ts'
import { type CatalogueEvent, event, NULL_SID, type Written } from './catalogue-event.ts'

// Names, order and types are those of real records (Windows 10 and Server 2016/2019); of 4689 only a real record in
// another form was at hand, which has no types: they are those of 4688.
// Source: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/

/** An account inside a logon session, as the audit events name it. */
export interface Account {
  readonly sid: string
  readonly name: string
  readonly domain: string
  readonly logonId: number
}
export const NOBODY: Account = { sid: NULL_SID, name: '-', domain: '-', logonId: 0 }

function audit(eventId: number, version: number, task: number, written: Written, fields: Fields): CatalogueEvent {
  const kind = {
    provider: 'Microsoft-Windows-Security-Auditing',
    providerGuid: '{54849625-5478-4994-a5ba-3e3b0328c30d}',
    channel: 'Security',
    eventId,
    version,
    level: 0,
    task,
    opcode: 0,
    keywords: 0x8020_0000_0000_0000n, // audit success
    userSid: null,
    dataName: null,
  }
  return event(kind, written, fields)
}

const account = (role: 'Subject' | 'Target', who: Account): [string, LabValue][] => [
  [`${role}UserSid`, sid(who.sid)],
  [`${role}UserName`, text(who.name)],
  [`${role}DomainName`, text(who.domain)],
  [`${role}LogonId`, hex64(who.logonId)],
]

/** 4624 v2: an account was successfully logged on. Written by lsass. */
export function loggedOn(
  written: Written,
  logon: {
    readonly subject: Account
    readonly target: Account
    readonly logonType: number
    readonly process: string
    readonly package: string
    readonly lmPackage: string
    readonly workstation: string
    readonly logonGuid: string
    readonly callerPid: number
    readonly callerImage: string
    readonly address: string
    readonly port: string
    readonly elevated: boolean
  },
): CatalogueEvent {
  return audit(4624, 2, 12_544, written, [
    ...account('Subject', logon.subject),
    ...account('Target', logon.target),
    ['LogonType', u32(logon.logonType)],
    ['LogonProcessName', text(logon.process)],
    ['AuthenticationPackageName', text(logon.package)],
    ['WorkstationName', text(logon.workstation)],
    ['LogonGuid', guid(logon.logonGuid)],
    ['TransmittedServices', text('-')],
    ['LmPackageName', text(logon.lmPackage)],
    ['KeyLength', u32(0)],
    ['ProcessId', pointer(logon.callerPid)],
    ['ProcessName', text(logon.callerImage)],
    ['IpAddress', text(logon.address)],
    ['IpPort', text(logon.port)],
    ['ImpersonationLevel', text('%%1833')],
    ['RestrictedAdminMode', text('-')],
    ['TargetOutboundUserName', text('-')],
    ['TargetOutboundDomainName', text('-')],
    ['VirtualAccount', text('%%1843')],
    ['TargetLinkedLogonId', hex64(0)],
    ['ElevatedToken', text(logon.elevated ? '%%1842' : '%%1843')],
  ])
}

/** 4688 v2: a new process has been created. Written by the kernel; `target` when it runs in another session. */
export function processCreated(
  written: Written,
  process: {
    readonly subject: Account
    readonly target: Account
    readonly pid: number
    readonly image: string
    /** `%%1936` a token without a split, `%%1937` elevated, `%%1938` limited. */
    readonly tokenElevation: string
    readonly parentPid: number
    readonly parentImage: string
    /** Empty where command lines are not audited. */
    readonly commandLine: string
    /** `S-1-16-8192` medium, `S-1-16-12288` high, `S-1-16-16384` system. */
    readonly mandatoryLabel: string
  },
): CatalogueEvent {
  return audit(4688, 2, 13_312, written, [
    ...account('Subject', process.subject),
    ['NewProcessId', pointer(process.pid)],
    ['NewProcessName', text(process.image)],
    ['TokenElevationType', text(process.tokenElevation)],
    ['ProcessId', pointer(process.parentPid)],
    ['CommandLine', text(process.commandLine)],
    ...account('Target', process.target),
    ['ParentProcessName', text(process.parentImage)],
    ['MandatoryLabel', sid(process.mandatoryLabel)],
  ])
}

/** 4689: a process has exited. */
export function processExited(
  written: Written,
  process: { readonly subject: Account; readonly status: number; readonly pid: number; readonly image: string },
): CatalogueEvent {
  return audit(4689, 0, 13_313, written, [
    ...account('Subject', process.subject),
    ['Status', hex32(process.status)],
    ['ProcessId', pointer(process.pid)],
    ['ProcessName', text(process.image)],
  ])
}

/** What 4698…4702 say of a change of a task. */
export interface TaskChange {
  /** Version 0 ends after the content. */
  readonly version?: 0 | 1
  readonly subject: Account
  readonly task: string
  /** The task's XML; 4699 leaves it empty. */
  readonly content: string
  /** All three are 0 for a caller on another host. */
  readonly clientStartKey: bigint
  readonly clientPid: number
  readonly clientParentPid: number
  readonly fqdn: string
}

function taskChanged(eventId: number, contentField: string, written: Written, change: TaskChange): CatalogueEvent {
  const told: Fields = [
    ...account('Subject', change.subject),
    ['TaskName', text(change.task)],
    [contentField, text(change.content)],
  ]
  if (change.version === 0) return audit(eventId, 0, 12_804, written, told)
  return audit(eventId, 1, 12_804, written, [
    ...told,
    ['ClientProcessStartKey', u64(change.clientStartKey)],
    ['ClientProcessId', u32(change.clientPid)],
    ['ParentProcessId', u32(change.clientParentPid)],
    ['RpcCallClientLocality', u32(0)], // 0 for local and remote callers alike
    ['FQDN', text(change.fqdn)],
  ])
}

/** 4698 v1: a scheduled task was created. Written by lsass. */
export const taskCreated = (written: Written, change: TaskChange) => taskChanged(4698, 'TaskContent', written, change)
/** 4699 v1: a scheduled task was deleted. */
export const taskDeleted = (written: Written, change: TaskChange) =>
  taskChanged(4699, 'TaskContent', written, { ...change, content: '' })
/** 4702 v1: a scheduled task was updated. */
export const taskUpdated = (written: Written, change: TaskChange) =>
  taskChanged(4702, 'TaskContentNew', written, change)

/** 4700: a scheduled task was enabled. */
export const taskEnabled = (written: Written, change: TaskChange) => taskChanged(4700, 'TaskContent', written, change)
/** 4701: a scheduled task was disabled. */
export const taskDisabled = (written: Written, change: TaskChange) => taskChanged(4701, 'TaskContent', written, change)

/** 4634: a session ended. */
export function loggedOff(written: Written, target: Account, logonType: number): CatalogueEvent {
  return audit(4634, 0, 12_545, written, [...account('Target', target), ['LogonType', u32(logonType)]])
}

/** 4672: special privileges were given to a new logon. */
export function privilegesAssigned(written: Written, subject: Account, privileges: readonly string[]): CatalogueEvent {
  return audit(4672, 0, 12_548, written, [
    ...account('Subject', subject),
    ['PrivilegeList', text(privileges.join('\r\n\t\t\t'))],
  ])
}

/** 5145: a network share object was checked for access. Written by the kernel. */
export function shareAccessed(
  written: Written,
  access: {
    readonly subject: Account
    readonly address: string
    readonly port: string
    readonly share: string
    readonly localPath: string
    readonly target: string
    readonly mask: number
    /** Message numbers of the rights, for example `%%4416` ReadData. */
    readonly rights: readonly string[]
  },
): CatalogueEvent {
  return audit(5145, 0, 12_811, written, [
    ...account('Subject', access.subject),
    ['ObjectType', text('File')],
    ['IpAddress', text(access.address)],
    ['IpPort', text(access.port)],
    ['ShareName', text(access.share)],
    ['ShareLocalPath', text(access.localPath)],
    ['RelativeTargetName', text(access.target)],
    ['AccessMask', hex32(access.mask)],
    ['AccessList', text(access.rights.map((right) => `${right}\r\n\t\t\t\t`).join(''))],
    ['AccessReason', text('-')],
  ])
}

/** 1102: the audit log was cleared. The Eventlog service writes it, with UserData instead of EventData. */
export function auditLogCleared(written: Written, subject: Account): CatalogueEvent {
  return {
    provider: 'Microsoft-Windows-Eventlog',
    providerGuid: '{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}',
    channel: 'Security',
    eventId: 1102,
    qualifiers: null,
    version: 0,
    level: 4,
    task: 104,
    opcode: 0,
    keywords: 0x4020_0000_0000_0000n,
    time: written.time,
    processId: written.processId,
    threadId: written.threadId,
    activityId: null,
    userSid: null,
    body: {
      kind: 'user-data',
      root: 'LogFileCleared',
      namespace: 'http://manifests.microsoft.com/win/2004/08/windows/eventlog',
      fields: account('Subject', subject),
    },
  }
}
