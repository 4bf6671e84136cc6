import { formatInstant, type Instant } from '../../model/time.ts'
import type { Fields } from '../evtx-writer/lab-event.ts'
import { bool, guid, hex64, type LabValue, text, u16, u32 } from '../evtx-writer/value.ts'
import { type CatalogueEvent, event, SYSTEM_SID, type Written } from './catalogue-event.ts'

// The form of Sysmon 11 to 13.2: OriginalFileName in 1 and 7, no User yet in 5, 7, 11, 12 and 13.
// Source: real records, https://learn.microsoft.com/sysinternals/downloads/sysmon

function sysmon(eventId: number, version: number, written: Written, fields: Fields): CatalogueEvent {
  const kind = {
    provider: 'Microsoft-Windows-Sysmon',
    providerGuid: '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}',
    channel: 'Microsoft-Windows-Sysmon/Operational',
    eventId,
    version,
    level: 4,
    task: eventId,
    opcode: 0,
    keywords: 0x8000_0000_0000_0000n,
    userSid: SYSTEM_SID,
    dataName: null,
  }
  return event(kind, written, fields)
}

/** `2026-03-10 09:14:03.512`: UTC with milliseconds. */
export const utcTime = ({ time }: Instant): string =>
  formatInstant({ time, ticks: 0 }).replace('T', ' ').replace('Z', '')

/** When Sysmon saw it (a few milliseconds before it wrote the event), and the process that did it. */
export interface Seen {
  readonly seen: Instant
  readonly guid: string
  readonly pid: number
  readonly image: string
}

const ruleName: [string, LabValue] = ['RuleName', text('')]
const seenAt = ({ seen }: Seen): [string, LabValue] => ['UtcTime', text(utcTime(seen))]
const process = (by: Seen): [string, LabValue][] => [
  ['ProcessGuid', guid(by.guid)],
  ['ProcessId', u32(by.pid)],
  ['Image', text(by.image)],
]

/** The version resource of a program or library. */
export interface FileDetails {
  readonly fileVersion: string
  readonly description: string
  readonly product: string
  readonly company: string
  readonly originalFileName: string
  readonly hashes: string
}

const details = (file: FileDetails): [string, LabValue][] => [
  ['FileVersion', text(file.fileVersion)],
  ['Description', text(file.description)],
  ['Product', text(file.product)],
  ['Company', text(file.company)],
  ['OriginalFileName', text(file.originalFileName)],
]

/** 1: process creation. */
export function processCreated(
  written: Written,
  started: Seen & {
    readonly file: FileDetails
    readonly commandLine: string
    readonly currentDirectory: string
    readonly user: string
    readonly logonGuid: string
    readonly logonId: number
    readonly terminalSession: number
    readonly integrity: string
    readonly parent: {
      readonly guid: string
      readonly pid: number
      readonly image: string
      readonly commandLine: string
    }
  },
): CatalogueEvent {
  return sysmon(1, 5, written, [
    ruleName,
    seenAt(started),
    ...process(started),
    ...details(started.file),
    ['CommandLine', text(started.commandLine)],
    ['CurrentDirectory', text(started.currentDirectory)],
    ['User', text(started.user)],
    ['LogonGuid', guid(started.logonGuid)],
    ['LogonId', hex64(started.logonId)],
    ['TerminalSessionId', u32(started.terminalSession)],
    ['IntegrityLevel', text(started.integrity)],
    ['Hashes', text(started.file.hashes)],
    ['ParentProcessGuid', guid(started.parent.guid)],
    ['ParentProcessId', u32(started.parent.pid)],
    ['ParentImage', text(started.parent.image)],
    ['ParentCommandLine', text(started.parent.commandLine)],
  ])
}

/** 3: network connection. */
export function networkConnected(
  written: Written,
  connection: Seen & {
    readonly user: string
    readonly initiated: boolean
    readonly source: {
      readonly address: string
      readonly host: string
      readonly port: number
      readonly portName: string
    }
    readonly destination: {
      readonly address: string
      readonly host: string
      readonly port: number
      readonly portName: string
    }
  },
): CatalogueEvent {
  const { source, destination } = connection
  return sysmon(3, 5, written, [
    ruleName,
    seenAt(connection),
    ...process(connection),
    ['User', text(connection.user)],
    ['Protocol', text('tcp')],
    ['Initiated', bool(connection.initiated)],
    ['SourceIsIpv6', bool(source.address.includes(':'))],
    ['SourceIp', text(source.address)],
    ['SourceHostname', text(source.host)],
    ['SourcePort', u16(source.port)],
    ['SourcePortName', text(source.portName)],
    ['DestinationIsIpv6', bool(destination.address.includes(':'))],
    ['DestinationIp', text(destination.address)],
    ['DestinationHostname', text(destination.host)],
    ['DestinationPort', u16(destination.port)],
    ['DestinationPortName', text(destination.portName)],
  ])
}

/** 5: process terminated. */
export const processTerminated = (written: Written, ended: Seen) =>
  sysmon(5, 3, written, [ruleName, seenAt(ended), ...process(ended)])

/** 7: image loaded. */
export function imageLoaded(
  written: Written,
  load: Seen & { readonly module: string; readonly file: FileDetails; readonly signature: string | null },
): CatalogueEvent {
  return sysmon(7, 3, written, [
    ruleName,
    seenAt(load),
    ...process(load),
    ['ImageLoaded', text(load.module)],
    ...details(load.file),
    ['Hashes', text(load.file.hashes)],
    ['Signed', text(load.signature === null ? 'false' : 'true')],
    ['Signature', text(load.signature ?? '-')],
    ['SignatureStatus', text(load.signature === null ? 'Unavailable' : 'Valid')],
  ])
}

/** 11: file created or overwritten. */
export const fileCreated = (written: Written, file: Seen & { readonly path: string; readonly created: Instant }) =>
  sysmon(11, 2, written, [
    ruleName,
    seenAt(file),
    ...process(file),
    ['TargetFilename', text(file.path)],
    ['CreationUtcTime', text(utcTime(file.created))],
  ])

export type RegistryAction = 'CreateKey' | 'DeleteKey' | 'DeleteValue'

/** 12: registry key created or deleted, value deleted. */
export const registryObject = (
  written: Written,
  change: Seen & { readonly action: RegistryAction; readonly target: string },
) =>
  sysmon(12, 2, written, [
    ruleName,
    ['EventType', text(change.action)],
    seenAt(change),
    ...process(change),
    ['TargetObject', text(change.target)],
  ])

/** 13: registry value set. Binary values show as the literal text `Binary Data`. */
export const registryValue = (written: Written, change: Seen & { readonly target: string; readonly details: string }) =>
  sysmon(13, 2, written, [
    ruleName,
    ['EventType', text('SetValue')],
    seenAt(change),
    ...process(change),
    ['TargetObject', text(change.target)],
    ['Details', text(change.details)],
  ])
