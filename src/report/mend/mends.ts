import type { CapabilityId, MendId, Telemetry } from '../../model/coverage-report.ts'
import type { AuditSubcategory } from '../../model/windows/audit-subcategories.ts'
import { powershellLogs, schedulerLog, securityLog, sysmonLog } from './logs.ts'

/** A setting of a policy that is a value in the registry. */
export interface PolicyValue {
  readonly kind: 'policy-value'
  readonly key: string
  readonly name: string
  /** Below “Computer Configuration\Policies”. */
  readonly path: string
}

/** One event of Sysmon and what its filter lets through; all of it where there are no rules. */
export interface SysmonFilter {
  readonly kind: 'sysmon-filter'
  readonly event: string
  readonly rules: readonly { readonly field: string; readonly condition: string; readonly value: string }[]
}

/** One thing to do on a host. */
export type Step =
  | { readonly kind: 'audit'; readonly subcategory: AuditSubcategory; readonly name: string; readonly category: string }
  | PolicyValue
  | { readonly kind: 'log'; readonly channel: string }
  | { readonly kind: 'log-size' }
  | SysmonFilter
  | { readonly kind: 'start-service'; readonly names: readonly string[] }
  | { readonly kind: 'forward' }
  | { readonly kind: 'collect'; readonly what: 'task-files' | 'hive' }

export interface Mend {
  /** In the words that Windows and its administrators have for it. */
  readonly name: string
  readonly steps: readonly Step[]
  /** Where its records come to stand; null where it makes none. */
  readonly telemetry: Telemetry | null
  /** Logs that it fills, of which forwarding takes the records; none where it makes no records. */
  readonly logs: readonly string[]
  /** Of which records it is the cause, as far as they are all counted: the costs, where another source or host shows them. */
  readonly makes: readonly CapabilityId[] | 'its log'
}

const audit = (
  subcategory: AuditSubcategory,
  [category, name, events]: readonly [string, string, string],
  makes: readonly CapabilityId[] = [],
): Mend => ({
  name: `audit “${name}”, success (${events})`,
  steps: [{ kind: 'audit', subcategory, name, category }],
  telemetry: 'security',
  logs: [securityLog],
  makes,
})

const sysmon = (
  name: string,
  filters: readonly Omit<SysmonFilter, 'kind'>[],
  makes: readonly CapabilityId[],
): Mend => ({
  name: `Sysmon: ${name}`,
  steps: filters.map((filter) => ({ kind: 'sysmon-filter', ...filter })),
  telemetry: 'sysmon',
  logs: [sysmonLog],
  makes,
})

const contains = (field: string, value: string) => ({ field, condition: 'contains', value })

/**
 * What each thing that is to be switched on takes. Sources: subcategories [MS-GPAC] 2.2.1.2; `auditpol /set`, `wevtutil` and `reg save` in
 * Microsoft's reference of Windows commands; “Include command line in process creation events” in Microsoft's “Command line process
 * auditing”; script block logging in Microsoft's about_Logging_Windows; events and fields of filters in Microsoft's page on Sysmon;
 * forwarding in “Setting up a Source Initiated Subscription”.
 */
export const mendTable: Readonly<Record<MendId, Mend>> = {
  'audit-task-changes': audit(
    'other-object-access',
    ['Object Access', 'Other Object Access Events', '4698–4702'],
    ['task-registration', 'task-modification', 'task-deletion', 'task-switching'],
  ),
  'audit-process-creation': audit(
    'process-creation',
    ['Detailed Tracking', 'Process Creation', '4688'],
    ['process-creation'],
  ),
  'audit-process-termination': audit(
    'process-termination',
    ['Detailed Tracking', 'Process Termination', '4689'],
    ['process-end'],
  ),
  'command-line-policy': {
    name: 'policy “Include command line in process creation events”',
    steps: [
      {
        kind: 'policy-value',
        key: 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Audit',
        name: 'ProcessCreationIncludeCmdLine_Enabled',
        path: 'Administrative Templates\\System\\Audit Process Creation\\Include command line in process creation events',
      },
    ],
    telemetry: 'security',
    logs: [securityLog],
    makes: [],
  },
  'audit-logon': audit('logon', ['Logon/Logoff', 'Logon', '4624'], ['logon-session']),
  'audit-file-share': audit('detailed-file-share', ['Object Access', 'Detailed File Share', '5145']),
  'scheduler-log': {
    name: 'log Microsoft-Windows-TaskScheduler/Operational',
    steps: [{ kind: 'log', channel: schedulerLog }],
    telemetry: 'scheduler',
    logs: [schedulerLog],
    makes: 'its log',
  },
  'script-block-logging': {
    name: 'policy “Turn on PowerShell Script Block Logging” (4104)',
    steps: [
      {
        kind: 'policy-value',
        key: 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell\\ScriptBlockLogging',
        name: 'EnableScriptBlockLogging',
        path: 'Administrative Templates\\Windows Components\\Windows PowerShell\\Turn on PowerShell Script Block Logging',
      },
    ],
    telemetry: 'powershell',
    logs: powershellLogs,
    makes: [],
  },
  'log-size': {
    name: 'a larger log, or forwarding of it',
    steps: [{ kind: 'log-size' }],
    telemetry: null,
    logs: [],
    makes: [],
  },
  'sysmon-process': sysmon(
    'ProcessCreate and ProcessTerminate',
    [
      { event: 'ProcessCreate', rules: [] },
      { event: 'ProcessTerminate', rules: [] },
    ],
    ['process-creation', 'process-end'],
  ),
  'sysmon-image-load': sysmon(
    'ImageLoad of taskschd.dll',
    [{ event: 'ImageLoad', rules: [{ field: 'ImageLoaded', condition: 'end with', value: '\\taskschd.dll' }] }],
    ['com-client'],
  ),
  'sysmon-registry': sysmon(
    'RegistryEvent of TaskCache',
    [{ event: 'RegistryEvent', rules: [contains('TargetObject', '\\Schedule\\TaskCache\\')] }],
    ['registry-write'],
  ),
  'sysmon-file': sysmon(
    'FileCreate in System32\\Tasks and Windows\\Tasks',
    [
      {
        event: 'FileCreate',
        rules: [
          contains('TargetFilename', '\\Windows\\System32\\Tasks\\'),
          contains('TargetFilename', '\\Windows\\SysWOW64\\Tasks\\'),
          contains('TargetFilename', '\\Windows\\Tasks\\'),
        ],
      },
    ],
    ['task-file'],
  ),
  'sysmon-pipe': sysmon(
    'PipeEvent of atsvc',
    [{ event: 'PipeEvent', rules: [{ field: 'PipeName', condition: 'is', value: '\\atsvc' }] }],
    ['pipe-access'],
  ),
  'sysmon-service': {
    name: 'the Sysmon service, which stopped',
    steps: [{ kind: 'start-service', names: ['Sysmon', 'Sysmon64'] }],
    telemetry: 'sysmon',
    logs: [],
    makes: [],
  },
  'eventlog-service': {
    name: 'the Windows Event Log service, which stopped',
    steps: [{ kind: 'start-service', names: ['EventLog'] }],
    telemetry: null,
    logs: [],
    makes: [],
  },
  'host-forwarding': {
    name: 'forwarding off the host, where nobody clears it',
    steps: [{ kind: 'forward' }],
    telemetry: null,
    logs: [],
    makes: [],
  },
  'collect-task-files': {
    name: 'collect System32\\Tasks',
    steps: [{ kind: 'collect', what: 'task-files' }],
    telemetry: 'kept',
    logs: [],
    makes: [],
  },
  'collect-hive': {
    name: 'collect the SOFTWARE hive',
    steps: [{ kind: 'collect', what: 'hive' }],
    telemetry: 'kept',
    logs: [],
    makes: [],
  },
}
