import { sevenDigits } from '../carriers/value-text.ts'
import type { SeenAccount, SeenProcess, SensorSight } from './seen.ts'

export interface DefenderRow {
  readonly table: string
  readonly columns: Readonly<Record<string, unknown>>
}

const fileOf = (path: string) => path.slice(path.lastIndexOf('\\') + 1)
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('\\'))

function initiating(process: SeenProcess, account?: SeenAccount) {
  return {
    InitiatingProcessId: process.pid,
    InitiatingProcessCreationTime: sevenDigits(process.started),
    InitiatingProcessFileName: fileOf(process.image),
    InitiatingProcessFolderPath: process.image.toLowerCase(),
    InitiatingProcessCommandLine: process.commandLine,
    InitiatingProcessAccountDomain: account?.domain.toLowerCase() ?? '',
    InitiatingProcessAccountName: account?.name.toLowerCase() ?? '',
    InitiatingProcessAccountSid: account?.sid ?? '',
    InitiatingProcessLogonId: account?.logonId ?? 0,
  }
}

const service: SeenProcess = {
  pid: 1180,
  started: { time: Date.UTC(2026, 2, 1), ticks: 0 },
  image: 'C:\\Windows\\System32\\svchost.exe',
  commandLine: 'svchost.exe -k netsvcs -p -s Schedule',
}
const logonTypes: Readonly<Record<number, string>> = {
  2: 'Interactive',
  3: 'Network',
  4: 'Batch',
  5: 'Service',
  10: 'RemoteInteractive',
  11: 'CachedInteractive',
}
const taskActions = {
  created: 'ScheduledTaskCreated',
  updated: 'ScheduledTaskUpdated',
  deleted: 'ScheduledTaskDeleted',
}

/**
 * A row of Defender XDR's advanced hunting, after the tables' documentation and a published row; null for what Defender does not report
 * (ends of processes). The folder's column has the file's name at its end for processes, as seen, and has it not for files.
 */
export function defenderRow(sight: SensorSight): DefenderRow | null {
  const row = (table: string, ActionType: string, columns: object): DefenderRow => ({
    table,
    columns: {
      Timestamp: sevenDigits(sight.time),
      DeviceId: 'df5b716f594eb30d61bf2b73998fea62a9b448e3',
      DeviceName: sight.host.toLowerCase(),
      ActionType,
      ...columns,
      ReportId: sight.count,
    },
  })
  switch (sight.kind) {
    case 'process':
      return row('DeviceProcessEvents', 'ProcessCreated', startOf(sight))
    case 'task':
      return row('DeviceEvents', taskActions[sight.change], {
        ...initiating(sight.client ?? service, sight.caller),
        AdditionalFields: JSON.stringify({
          SubjectUserSid: sight.caller.sid,
          SubjectUserName: sight.caller.name,
          SubjectDomainName: sight.caller.domain,
          SubjectLogonId: sight.caller.logonId,
          TaskName: sight.task,
          TaskContent: sight.xml,
        }),
      })
    case 'logon':
      return row('DeviceLogonEvents', 'LogonSuccess', {
        LogonType: logonTypes[sight.type] ?? 'Unknown',
        AccountDomain: sight.account.domain.toLowerCase(),
        AccountName: sight.account.name.toLowerCase(),
        AccountSid: sight.account.sid,
        LogonId: sight.account.logonId,
        RemoteIP: sight.address,
        RemotePort: sight.port,
        RemoteDeviceName: sight.workstation,
        ...initiating(service),
        AdditionalFields: null,
      })
    case 'module':
      return row('DeviceImageLoadEvents', 'ImageLoaded', {
        FileName: fileOf(sight.path),
        FolderPath: sight.path,
        ...initiating(sight.process),
      })
    case 'file':
      return row('DeviceFileEvents', 'FileCreated', {
        FileName: fileOf(sight.path),
        FolderPath: folderOf(sight.path),
        ...initiating(sight.process),
      })
    case 'registry':
      return row('DeviceRegistryEvents', 'RegistryValueSet', {
        RegistryKey: sight.key.replace(/^HKLM/, 'HKEY_LOCAL_MACHINE').replace(/^HKU/, 'HKEY_CURRENT_USER'),
        RegistryValueName: sight.value,
        RegistryValueData: sight.data,
        ...initiating(sight.process),
      })
    case 'process-end':
      return null
  }
}

const startOf = ({ process, account, originalFileName, integrity, parent }: SensorSight & { kind: 'process' }) => ({
  FileName: fileOf(process.image),
  FolderPath: process.image,
  ProcessVersionInfoOriginalFileName: originalFileName,
  ProcessId: process.pid,
  ProcessCommandLine: process.commandLine,
  ProcessIntegrityLevel: integrity,
  ProcessCreationTime: sevenDigits(process.started),
  AccountDomain: account.domain.toLowerCase(),
  AccountName: account.name.toLowerCase(),
  AccountSid: account.sid,
  LogonId: account.logonId,
  ...initiating(parent),
  AdditionalFields: null,
})
