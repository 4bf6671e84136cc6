import type { Telemetry } from '../model/coverage-report.ts'

const byChannel = new Map<string, Telemetry>([
  ['security', 'security'],
  ['microsoft-windows-taskscheduler/operational', 'scheduler'],
  ['microsoft-windows-sysmon/operational', 'sysmon'],
  ['microsoft-windows-powershell/operational', 'powershell'],
  ['powershellcore/operational', 'powershell'],
])

// Asked for every fact, and a name is seldom written in another case.
const asWritten = new Map<string, Telemetry | undefined>()
/** Spellings kept; a hostile log can invent channels. */
const mostSpellings = 1_024

/** What a channel’s records count as; undefined for logs that show nothing of tasks. */
export function telemetryOf(channel: string): Telemetry | undefined {
  const known = asWritten.get(channel)
  if (known !== undefined || asWritten.has(channel)) return known
  const telemetry = byChannel.get(channel.toLowerCase())
  if (asWritten.size < mostSpellings) asWritten.set(channel, telemetry)
  return telemetry
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
