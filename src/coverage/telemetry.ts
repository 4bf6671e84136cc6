import type { Telemetry } from '../model/coverage-report.ts'

const byChannel: Readonly<Record<string, Telemetry>> = {
  security: 'security',
  'microsoft-windows-taskscheduler/operational': 'scheduler',
  'microsoft-windows-sysmon/operational': 'sysmon',
  'microsoft-windows-powershell/operational': 'powershell',
  'powershellcore/operational': 'powershell',
}

/** What a channel’s records count as; undefined for logs that show nothing of tasks. */
export const telemetryOf = (channel: string): Telemetry | undefined => byChannel[channel.toLowerCase()]

/** The log’s name, as a person looks for it. */
export const telemetryNames: Readonly<Record<Telemetry, string>> = {
  security: 'Security',
  scheduler: 'TaskScheduler/Operational',
  sysmon: 'Sysmon',
  powershell: 'PowerShell/Operational',
  sensor: 'a sensor (EDR)',
  kept: 'collected files',
}
