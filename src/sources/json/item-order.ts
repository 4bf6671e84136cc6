import type { JsonObject } from './json-object.ts'

/**
 * The names of an event's items in the order in which its manifest has them, for carriers that keep the values alone. Where versions of an
 * event differ, they differ in the number of items, too.
 * Source: the manifests of the providers as real records show them (wevtutil gp NAME /ge), Sysmon's schemas 3.x to 4.90.
 */

/** One string a list of names, apart by blanks. */
const names = (list: string): readonly string[] => list.split(' ')

const subject = 'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId'
const target = 'TargetUserSid TargetUserName TargetDomainName TargetLogonId'
const client = 'ClientProcessStartKey ClientProcessId ParentProcessId RpcCallClientLocality FQDN'
const logon = `${subject} ${target} LogonType LogonProcessName AuthenticationPackageName WorkstationName LogonGuid TransmittedServices LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort`
const outbound = 'TargetOutboundUserName TargetOutboundDomainName VirtualAccount TargetLinkedLogonId ElevatedToken'
const created = `${subject} NewProcessId NewProcessName TokenElevationType ProcessId`
const share = `${subject} ObjectType IpAddress IpPort ShareName ShareLocalPath`
const task = [`${subject} TaskName TaskContent`, `${subject} TaskName TaskContent ${client}`]

const process = 'UtcTime ProcessGuid ProcessId Image'
const version = 'FileVersion Description Product Company'
const session =
  'CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine'
const connection = `${process} User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName`

/** Sysmon has had rule names since 8.0 (first of all items) and the user in all events since 13.33 (last). */
const ofSysmon = (items: string) => [items, `RuleName ${items}`, `RuleName ${items} User`]

const security: Readonly<Record<number, readonly string[]>> = {
  4616: [
    `${subject} PreviousTime NewTime ProcessId ProcessName`,
    `${subject} PreviousDate PreviousTime NewDate NewTime ProcessId ProcessName`,
  ],
  4624: [
    logon,
    `${logon} ImpersonationLevel`,
    `${logon} ImpersonationLevel RestrictedAdminMode ${outbound}`,
    `${logon} ImpersonationLevel RestrictedAdminMode RemoteCredentialGuard ${outbound}`,
  ],
  4688: [
    created,
    `${created} CommandLine`,
    `${created} CommandLine ${target}`,
    `${created} CommandLine ${target} ParentProcessName MandatoryLabel`,
  ],
  4689: [`${subject} Status ProcessId ProcessName`],
  4698: task,
  4699: task,
  4700: task,
  4701: task,
  4702: task.map((items) => items.replace('TaskContent', 'TaskContentNew')),
  5140: [`${share} AccessMask AccessList`],
  5145: [`${share} RelativeTargetName AccessMask AccessList AccessReason`],
}

const sysmon: Readonly<Record<number, readonly string[]>> = {
  1: [
    `${process} CommandLine ${session}`,
    `RuleName ${process} ${version} CommandLine ${session}`,
    `RuleName ${process} ${version} OriginalFileName CommandLine ${session}`,
    `RuleName ${process} ${version} OriginalFileName CommandLine ${session} ParentUser`,
  ],
  2: ofSysmon(`${process} TargetFilename CreationUtcTime PreviousCreationUtcTime`),
  3: [connection, `RuleName ${connection}`],
  5: ofSysmon(process),
  7: [
    `RuleName ${process} ImageLoaded ${version} Hashes Signed Signature SignatureStatus`,
    `RuleName ${process} ImageLoaded ${version} OriginalFileName Hashes Signed Signature SignatureStatus`,
    `RuleName ${process} ImageLoaded ${version} OriginalFileName Hashes Signed Signature SignatureStatus User`,
  ],
  11: ofSysmon(`${process} TargetFilename CreationUtcTime`),
  12: [
    `EventType ${process} TargetObject`,
    `RuleName EventType ${process} TargetObject`,
    `RuleName EventType ${process} TargetObject User`,
  ],
  13: [
    `EventType ${process} TargetObject Details`,
    `RuleName EventType ${process} TargetObject Details`,
    `RuleName EventType ${process} TargetObject Details User`,
  ],
  14: [`RuleName EventType ${process} TargetObject NewName`, `RuleName EventType ${process} TargetObject NewName User`],
  17: [
    'RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image',
    'RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User',
  ],
  18: [
    'RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image',
    'RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User',
  ],
}

const taskScheduler: Readonly<Record<number, readonly string[]>> = {
  100: ['TaskName UserContext InstanceId'],
  101: ['TaskName UserContext ResultCode'],
  102: ['TaskName UserContext InstanceId'],
  106: ['TaskName UserContext'],
  107: ['TaskName InstanceId'],
  110: ['TaskName InstanceId UserContext'],
  111: ['TaskName InstanceId'],
  119: ['TaskName UserName InstanceId'],
  129: ['TaskName Path ProcessID Priority'],
  140: ['TaskName UserName'],
  141: ['TaskName UserName'],
  142: ['TaskName UserName'],
  200: ['TaskName ActionName TaskInstanceId', 'TaskName ActionName TaskInstanceId EnginePID'],
  201: ['TaskName TaskInstanceId ActionName ResultCode', 'TaskName TaskInstanceId ActionName ResultCode EnginePID'],
}

const powershell: Readonly<Record<number, readonly string[]>> = {
  4103: ['ContextInfo UserData Payload'],
  4104: ['MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path'],
}

const kernelGeneral: Readonly<Record<number, readonly string[]>> = {
  1: [
    'NewTime OldTime Reason',
    'NewTime OldTime TimeDeltaInMs Reason ProcessName ProcessID CmosTime TimeZoneBias RealTimeIsUniversal SystemInCmosMode',
  ],
}

const ordersOf = (events: Readonly<Record<number, readonly string[]>>) =>
  new Map(Object.entries(events).map(([id, lists]) => [Number(id), lists.map(names)]))

const providers = new Map([
  ['microsoft-windows-security-auditing', ordersOf(security)],
  ['microsoft-windows-sysmon', ordersOf(sysmon)],
  ['microsoft-windows-taskscheduler', ordersOf(taskScheduler)],
  ['microsoft-windows-powershell', ordersOf(powershell)],
  ['powershellcore', ordersOf(powershell)],
  ['microsoft-windows-kernel-general', ordersOf(kernelGeneral)],
])

/** The names of so many items of an event; undefined where no version of it that is known has so many. */
export function itemOrder(provider: string | null, eventId: number, count: number): readonly string[] | undefined {
  return providers
    .get((provider ?? '').toLowerCase())
    ?.get(eventId)
    ?.find((order) => order.length === count)
}

/** Values by the names that they have by their order; empty where the order is not known. */
export function namedItems(provider: string | null, eventId: number, values: readonly unknown[]): JsonObject {
  const order = itemOrder(provider, eventId, values.length)
  return order === undefined ? {} : Object.fromEntries(order.map((name, index) => [name, values[index]]))
}
