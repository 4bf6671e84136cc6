import type { Release } from '../../model/windows/inbox/index.ts'

/** What differs between the versions of Windows that the lab makes. */
export interface WindowsVersion {
  readonly name: string
  /** How the svchost is started that the Task Scheduler lives in; before 1703 it shares it with other services. */
  readonly scheduleGroup: 'netsvcs' | 'netsvcs -p -s Schedule'
  /** Of 4698…4702: version 1 names the process that called the service. Which build began it is not known; 2016 has 0. */
  readonly taskAudit: 0 | 1
  /** Releases whose own tasks it has, the nearest first: of some versions nobody has published a list. */
  readonly tasksOf: readonly Release[]
  /** As Sysmon shows it for Windows' own programs. */
  readonly fileVersion: string
}

const since1703 = { scheduleGroup: 'netsvcs -p -s Schedule', taskAudit: 1 } as const

/** Source of the differences: real records of Windows 10, Server 2016 and 2019. */
export const windowsVersions = {
  '10': {
    ...since1703,
    name: 'Windows 10 22H2',
    tasksOf: ['10-22h2', '10'],
    fileVersion: '10.0.19041.3636 (WinBuild.160101.0800)',
  },
  '11': {
    ...since1703,
    name: 'Windows 11 23H2',
    tasksOf: ['11-23h2', '11', '11-25h2', '10'],
    fileVersion: '10.0.22621.2506 (WinBuild.160101.0800)',
  },
  '2016': {
    name: 'Windows Server 2016',
    tasksOf: ['2016', '10'],
    scheduleGroup: 'netsvcs',
    taskAudit: 0,
    fileVersion: '10.0.14393.4169 (rs1_release.210107-1130)',
  },
  '2019': {
    ...since1703,
    name: 'Windows Server 2019',
    tasksOf: ['2019', '2016', '10'],
    fileVersion: '10.0.17763.1 (WinBuild.160101.0800)',
  },
  '2022': {
    ...since1703,
    name: 'Windows Server 2022',
    tasksOf: ['2019', '2016', '10'],
    fileVersion: '10.0.20348.1 (WinBuild.160101.0800)',
  },
} as const satisfies Record<string, WindowsVersion>
