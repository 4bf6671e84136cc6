import type { Telemetry } from '../model/coverage-report.ts'

const byChannel = new Map<string, Telemetry>([
  ['security', 'security'],
  ['microsoft-windows-taskscheduler/operational', 'scheduler'],
  ['microsoft-windows-sysmon/operational', 'sysmon'],
  ['microsoft-windows-powershell/operational', 'powershell'],
  ['powershellcore/operational', 'powershell'],
])

// Records of one log come in a row, and this is asked for every fact.
let lastChannel = ''
let lastTelemetry: Telemetry | undefined

/** What a channel’s records count as; undefined for logs that show nothing of tasks. */
export function telemetryOf(channel: string): Telemetry | undefined {
  if (channel === lastChannel) return lastTelemetry
  lastChannel = channel
  lastTelemetry = byChannel.get(channel.toLowerCase())
  return lastTelemetry
}

/** The log’s name, as a person looks for it. */
export const telemetryNames: Readonly<Record<Telemetry, string>> = {
  security: 'Security',
  scheduler: 'TaskScheduler/Operational',
  sysmon: 'Sysmon',
  powershell: 'PowerShell/Operational',
  sensor: 'a sensor (EDR)',
  kept: 'collected files',
}
