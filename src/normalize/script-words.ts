/**
 * What a script says when it speaks of scheduled tasks: the cmdlets and the CIM class (Register-ScheduledTask,
 * PS_ScheduledTask), scheduled jobs (Register-ScheduledJob), the COM service, the tool, the .NET wrapper
 * (Microsoft.Win32.TaskScheduler). A script that puts these words
 * together at run time is not recognised by them; its parts are, once PowerShell logs what it then runs.
 */
export const scriptWords = [
  'ScheduledTask',
  'ScheduledJob',
  'Schedule.Service',
  'schtasks',
  'Win32.TaskScheduler',
] as const
