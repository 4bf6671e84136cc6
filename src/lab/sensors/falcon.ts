import { formatInstant, type Instant } from '../../model/time.ts'
import type { SeenProcess, SensorSight } from './seen.ts'

/** Seconds since 1970 with milliseconds, as Falcon writes the host's times. */
const seconds = ({ time }: Instant) => (time / 1000).toFixed(3)

/** An id of 64 bits that is a process's for good. */
const idOf = ({ pid, started }: SeenProcess) =>
  (BigInt(started.time) * 65_536n + BigInt(pid) * 16n + BigInt(started.ticks % 16)).toString()

const path = (image: string) => image.replace(/^C:/i, '\\Device\\HarddiskVolume3')
const labels: Readonly<Record<string, string>> = { Low: '4096', Medium: '8192', High: '12288', System: '16384' }
const names = { created: 'ScheduledTaskRegistered', updated: 'ScheduledTaskModified', deleted: 'ScheduledTaskDeleted' }

/** A line of CrowdStrike's Falcon Data Replicator, after published events and queries; null for what it is not asked for here. */
export function falconEvent(sight: SensorSight): Readonly<Record<string, string>> | null {
  const event = (event_simpleName: string, fields: object) => ({
    event_simpleName,
    name: `${event_simpleName}V1`,
    aid: '4d92d2adf9009775a446ce0fe2689915',
    cid: 'c4e1f8a2b7d94e0f9a6b3c2d1e0f4a5b',
    event_platform: 'Win',
    ComputerName: sight.host,
    ...fields,
    id: `6a1f0c9e-9b42-11f1-8a6e-${sight.count.toString(16).padStart(12, '0')}`,
    // the cloud takes it later
    timestamp: String(sight.time.time + 1_700),
  })
  switch (sight.kind) {
    case 'process':
      return event('ProcessRollup2', {
        AuthenticationId: String(sight.account.logonId),
        CommandLine: sight.process.commandLine,
        ImageFileName: path(sight.process.image),
        IntegrityLevel: labels[sight.integrity] ?? '8192',
        ParentBaseFileName: sight.parent.image.slice(sight.parent.image.lastIndexOf('\\') + 1),
        ParentProcessId: idOf(sight.parent),
        ProcessStartTime: seconds(sight.time),
        RawProcessId: String(sight.process.pid),
        TargetProcessId: idOf(sight.process),
        UserName: sight.account.name,
        UserSid: sight.account.sid,
      })
    case 'process-end':
      return event('EndOfProcess', {
        ContextTimeStamp: seconds(sight.time),
        RawProcessId: String(sight.process.pid),
        TargetProcessId: idOf(sight.process),
      })
    case 'task':
      return event(names[sight.change], {
        ContextTimeStamp: seconds(sight.time),
        TaskName: sight.task.replace(/^\\/, ''),
        ...(sight.xml === '' ? {} : { TaskXml: sight.xml }),
        TaskExecCommand: /<Command>(.*?)<\/Command>/s.exec(sight.xml)?.[1] ?? '',
        ...(sight.client ? { RpcClientProcessId: idOf(sight.client) } : {}),
        UserName: `${sight.caller.domain}\\${sight.caller.name}`,
        UserSid: sight.caller.sid,
        AuthenticationId: String(sight.caller.logonId),
      })
    case 'logon':
      return event('UserLogon', {
        ContextTimeStamp: seconds(sight.time),
        AuthenticationId: String(sight.account.logonId),
        LogonType: String(sight.type),
        LogonDomain: sight.account.domain,
        UserName: sight.account.name,
        UserSid: sight.account.sid,
        RemoteAddressIP4: sight.address === '-' ? '' : sight.address,
        ClientComputerName: sight.workstation,
        LogonTime: formatInstant(sight.time),
      })
    default:
      return null
  }
}
