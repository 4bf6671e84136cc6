/** How Windows writes the channels that matter here; collectors write them in any case. */
const channels = [
  'Security',
  'System',
  'Application',
  'Microsoft-Windows-Sysmon/Operational',
  'Microsoft-Windows-TaskScheduler/Operational',
  'Microsoft-Windows-PowerShell/Operational',
  'PowerShellCore/Operational',
]
const canonical = new Map(channels.map((channel) => [channel.toLowerCase(), channel]))

/** The channel in Windows' own case, so that one record is one whichever way it came. */
export function channelOf(written: string): string {
  return canonical.get(written) ?? canonical.get(written.toLowerCase()) ?? written
}

/** The only provider of a channel whose events matter here; 1102 is written by the log itself. */
export function providerOf(channel: string, eventId: number): string {
  switch (channel) {
    case 'Security':
      return eventId === 1102 ? 'Microsoft-Windows-Eventlog' : 'Microsoft-Windows-Security-Auditing'
    case 'System':
      return eventId === 104 ? 'Microsoft-Windows-Eventlog' : ''
    case 'Microsoft-Windows-Sysmon/Operational':
      return 'Microsoft-Windows-Sysmon'
    case 'Microsoft-Windows-TaskScheduler/Operational':
      return 'Microsoft-Windows-TaskScheduler'
    case 'Microsoft-Windows-PowerShell/Operational':
      return 'Microsoft-Windows-PowerShell'
    case 'PowerShellCore/Operational':
      return 'PowerShellCore'
    default:
      return ''
  }
}
