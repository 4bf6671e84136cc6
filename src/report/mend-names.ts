import type { MendId } from '../model/coverage-report.ts'

/** What has to be switched on, in the words that Windows and its administrators have for it. */
export const mendNames: Readonly<Record<MendId, string>> = {
  'audit-task-changes': 'audit “Other Object Access Events”, success (4698–4702)',
  'audit-process-creation': 'audit “Process Creation”, success (4688)',
  'audit-process-termination': 'audit “Process Termination”, success (4689)',
  'command-line-policy': 'policy “Include command line in process creation events”',
  'audit-logon': 'audit “Logon”, success (4624)',
  'audit-file-share': 'audit “Detailed File Share”, success (5145)',
  'scheduler-log': 'log Microsoft-Windows-TaskScheduler/Operational',
  'script-block-logging': 'policy “Turn on PowerShell Script Block Logging” (4104)',
  'log-size': 'a larger log, or forwarding of it',
  'sysmon-process': 'Sysmon: ProcessCreate and ProcessTerminate',
  'sysmon-image-load': 'Sysmon: ImageLoad of taskschd.dll',
  'sysmon-registry': 'Sysmon: RegistryEvent of TaskCache',
  'sysmon-file': 'Sysmon: FileCreate in System32\\Tasks and Windows\\Tasks',
  'sysmon-pipe': 'Sysmon: PipeEvent of atsvc',
  'sysmon-service': 'the Sysmon service, which stopped',
  'eventlog-service': 'the Windows Event Log service, which stopped',
  'host-forwarding': 'forwarding off the host, where nobody clears it',
  'collect-task-files': 'collect System32\\Tasks',
  'collect-hive': 'collect the SOFTWARE hive',
}
