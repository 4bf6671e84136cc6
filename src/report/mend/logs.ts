// The logs that hold what is read, by the names that `wevtutil` and subscriptions have for them.

export const securityLog = 'Security'
export const schedulerLog = 'Microsoft-Windows-TaskScheduler/Operational'
export const sysmonLog = 'Microsoft-Windows-Sysmon/Operational'
export const powershellLogs = ['Microsoft-Windows-PowerShell/Operational', 'PowerShellCore/Operational']

/** Provider and log of every event of Windows that is read. Microsoft-Windows-Eventlog writes 104 to System, the rest to Security. */
export const logsOfProviders: Readonly<Record<string, string>> = {
  'Microsoft-Windows-Security-Auditing': securityLog,
  'Microsoft-Windows-Eventlog': securityLog,
  'Microsoft-Windows-TaskScheduler': schedulerLog,
  'Microsoft-Windows-Sysmon': sysmonLog,
  'Microsoft-Windows-PowerShell': 'Microsoft-Windows-PowerShell/Operational',
  PowerShellCore: 'PowerShellCore/Operational',
  'Microsoft-Windows-GroupPolicy': 'Microsoft-Windows-GroupPolicy/Operational',
  'Microsoft-Windows-Kernel-General': 'System',
}

const mebibyte = 1 << 20

/** Sizes where nothing was measured; process creation with command lines fills a log of the usual 20 MiB within hours. */
export const ordinarySizes: Readonly<Record<string, number>> = {
  [securityLog]: 1024 * mebibyte,
  [schedulerLog]: 100 * mebibyte,
  [sysmonLog]: 1024 * mebibyte,
  'Microsoft-Windows-PowerShell/Operational': 256 * mebibyte,
}
