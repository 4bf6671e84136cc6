/**
 * CrowdStrike's Falcon Data Replicator and exports of its event search (Splunk's and LogScale's): one flat event, all values as texts,
 * told apart by `event_simpleName`. Traps:
 * - LogScale (Next-Gen SIEM) writes a `#` before the names of tags: `#event_simpleName`, `#cid`, `#repo`.
 * - `TargetProcessId` and its kin are Falcon's own ids of 64 bits, unique to a host over its life; Windows' id is `RawProcessId`,
 *   and that of the parent is not told, nor its path (`ParentBaseFileName` is the name alone).
 * - `timestamp` is when the cloud took the event; `ProcessStartTime` and `ContextTimeStamp` (seconds) are the host's.
 * - Paths begin with the kernel's name of the volume. Which letter it has is not told; folders of Windows are taken to lie on C:.
 * - `ComputerName` is in newer lines, else only `aid`, the sensor's own id: then that is the host's name.
 * - Task names have no backslash at their beginning.
 * - SyntheticProcessRollup2 is a process that was there before the sensor.
 * Source: CrowdStrike's Events Data Dictionary (falcon.crowdstrike.com/documentation, for customers); published events and queries.
 */
import { sensorClass as classes } from '../../../model/sensor.ts'
import { type JsonObject, own, textOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'
import { type SensorKind, sensorCarrier } from '../sensor-carrier.ts'
import { namedKinds } from '../sensor-key.ts'
import { taskXmlOf } from '../task-content.ts'

const events: Readonly<Record<string, SensorKind>> = {
  ProcessRollup2: { class: classes.process, activity: 1 },
  SyntheticProcessRollup2: { class: classes.process, activity: 1 },
  EndOfProcess: { class: classes.process, activity: 2 },
  ScheduledTaskRegistered: { class: classes.scheduledJob, activity: 1 },
  ScheduledTaskModified: { class: classes.scheduledJob, activity: 2 },
  ScheduledTaskDeleted: { class: classes.scheduledJob, activity: 3 },
  UserLogon: { class: classes.logon, activity: 1 },
}

/** Splunk's form of the same events puts `_decimal` behind the names of numbers; in exports what a row has not is empty. */
const item = (row: JsonObject, name: string) => {
  const value = own(row, name) ?? own(row, `${name}_decimal`)
  return value === '' ? undefined : value
}

const nameOf = (row: JsonObject) => textOf(own(row, 'event_simpleName') ?? own(row, '#event_simpleName'))
const place = (name: string) => (row: JsonObject) => textOf(item(row, name))

const kindOf = (row: JsonObject) => {
  const name = nameOf(row) ?? ''
  return Object.hasOwn(events, name) ? events[name] : undefined
}

const onSystemDrive = /^\\Device\\HarddiskVolume\d+(?=\\(?:Windows|Users|ProgramData|Program Files(?: \(x86\))?)\\)/i
const pathOf = (name: string) => (row: JsonObject) => textOf(item(row, name))?.replace(onSystemDrive, 'C:')

/** `DOMAIN\name` or the name alone. */
const account = (part: 'domain' | 'name') => (row: JsonObject) => {
  const [, domain, name] = /^(?:([^\\]*)\\)?(.*)$/s.exec(textOf(item(row, 'UserName')) ?? '') ?? []
  return part === 'name' ? name : (domain ?? textOf(item(row, 'LogonDomain')))
}

export const crowdstrikeFalcon = sensorCarrier({
  sensor: 'falcon',
  name: 'CrowdStrike Falcon',
  keys: [{ name: 'event_simpleName', sign: 'event_simpleName', classes: namedKinds(events) }],
  fits: (row) => nameOf(row) !== undefined && (own(row, 'aid') !== undefined || own(row, 'ComputerName') !== undefined),
  kind: kindOf,
  isWindows: (row) => !/^(?:lin|mac|and|ios|k8s)/i.test(textOf(own(row, 'event_platform')) ?? ''),
  table: (row) => nameOf(row) ?? '',
  computer: (row) => textOf(own(row, 'ComputerName')) || (textOf(own(row, 'aid')) ?? ''),
  recordId: () => 0,
  moment(row) {
    const kind = kindOf(row)
    const started = kind?.class === classes.process && kind.activity === 1 ? item(row, 'ProcessStartTime') : undefined
    for (const written of [started, item(row, 'ContextTimeStamp'), own(row, 'timestamp'), own(row, '@timestamp')]) {
      const moment = instantOf(written)
      if (moment !== undefined) return moment
    }
    return undefined
  },
  places: {
    every: {},
    [classes.process]: {
      'process.pid': place('RawProcessId'),
      'process.uid': place('TargetProcessId'),
      'process.file.path': pathOf('ImageFileName'),
      'process.file.internal_name': place('OriginalFilename'),
      'process.file.hashes.md5': place('MD5HashData'),
      'process.file.hashes.sha1': place('SHA1HashData'),
      'process.file.hashes.sha256': place('SHA256HashData'),
      'process.cmd_line': place('CommandLine'),
      'process.integrity': place('IntegrityLevel'),
      'process.user.name': account('name'),
      'process.user.domain': account('domain'),
      'process.user.uid': place('UserSid'),
      'process.session.uid': place('AuthenticationId'),
      'process.parent_process.uid': place('ParentProcessId'),
      'process.parent_process.file.path': place('ParentBaseFileName'),
    },
    [classes.scheduledJob]: {
      'job.name': place('TaskName'),
      'job.cmd_line': (row) =>
        [place('TaskExecCommand')(row), place('TaskExecArguments')(row)].filter(Boolean).join(' '),
      'job.definition': (row) => taskXmlOf(item(row, 'TaskXml')),
      'actor.process.uid': place('RpcClientProcessId'),
      'actor.user.name': account('name'),
      'actor.user.domain': account('domain'),
      'actor.user.uid': place('UserSid'),
      'actor.session.uid': place('AuthenticationId'),
    },
    [classes.logon]: {
      logon_type_id: place('LogonType'),
      'user.name': account('name'),
      'user.domain': account('domain'),
      'user.uid': place('UserSid'),
      'session.uid': place('AuthenticationId'),
      'src_endpoint.ip': (row) => textOf(item(row, 'RemoteAddressIP4')) ?? textOf(item(row, 'RemoteAddressIP6')),
      'src_endpoint.hostname': place('ClientComputerName'),
    },
  },
})
