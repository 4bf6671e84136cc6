/**
 * The Open Cybersecurity Schema Framework, from 1.0 on, as lakes and products write it: the class is `class_uid`, what was done
 * `activity_id`. Who did it is `actor`; of a process that was launched it is the parent, unless `parent_process` says more.
 * `time` is in milliseconds, `time_dt` (the profile date_time) finer. A scheduled job has its command line but no definition.
 * Source: https://schema.ocsf.io/1.7.0/classes/file_activity, module_activity, scheduled_job_activity, process_activity,
 * authentication; https://schema.ocsf.io/1.7.0/extensions/win (registry_key_activity, registry_value_activity)
 */
import { sensorClass as classes, type SensorClass } from '../../../model/sensor.ts'
import { at, type JsonObject, numberOf, own } from '../json-object.ts'
import { instantOf } from '../moment.ts'
import { firstOf, type Places, sensorCarrier } from '../sensor-carrier.ts'
import { ocsfFile } from '../sensor-file.ts'

const known: ReadonlySet<number> = new Set(Object.values(classes))

const kindOf = (event: JsonObject) => {
  const uid = numberOf(own(event, 'class_uid'))
  return known.has(uid) ? { class: uid as SensorClass, activity: numberOf(own(event, 'activity_id')) } : undefined
}

/** device.os.type_id: Windows, Windows Mobile, and 99 for what is none of those listed. */
const windows: ReadonlySet<number> = new Set([100, 101, 99])
/** status_id and, in the profile security_control, action_id. */
const failure = 2
const denied = 2

/** The members of an event that are used here, all others being left unread where each has a place of its own. */
export const ocsfColumns: ReadonlySet<string> = new Set([
  ...['class_uid', 'class_name', 'category_uid', 'activity_id', 'type_uid', 'time', 'time_dt', 'metadata'],
  ...[
    'status',
    'status_id',
    'action_id',
    'device',
    'dst_endpoint',
    'src_endpoint',
    'actor',
    'process',
    'job',
    'module',
  ],
  ...['file', 'file_result', 'reg_key', 'reg_value', 'user', 'session', 'logon_type_id'],
])

const actor: Places = {
  'actor.process.pid': 'actor.process.pid',
  'actor.process.uid': 'actor.process.uid',
  'actor.process.file.path': firstOf('actor.process.file.path', 'actor.process.path', 'actor.process.name'),
  'actor.user.name': firstOf('actor.user.name', 'actor.process.user.name'),
  'actor.user.domain': firstOf('actor.user.domain', 'actor.process.user.domain'),
  'actor.user.uid': firstOf('actor.user.uid', 'actor.process.user.uid'),
  'actor.session.uid': firstOf('actor.session.uid', 'actor.process.session.uid'),
}

export const ocsf = sensorCarrier({
  sensor: 'ocsf',
  name: 'OCSF',
  keys: [
    {
      name: 'class_uid',
      sign: 'class_uid',
      classes: (value) => (value !== undefined && /^\d{1,9}$/.test(value) ? [Number(value)] : 'any'),
    },
  ],
  fits: (event) =>
    own(event, 'class_uid') !== undefined &&
    (own(event, 'activity_id') !== undefined || own(event, 'category_uid') !== undefined),
  kind: kindOf,
  isWindows: (event) => {
    const system = numberOf(at(event, 'device.os.type_id'))
    const name = firstOf('device.os.type', 'device.os.name')(event)
    return system === 0 ? name === undefined || /win|^(?:unknown|other)$/i.test(name) : windows.has(system)
  },
  failed: (event) =>
    numberOf(own(event, 'action_id')) === denied ||
    (own(event, 'status_id') === undefined
      ? /^fail/i.test(firstOf('status')(event) ?? '')
      : numberOf(own(event, 'status_id')) === failure),
  table: (event) => firstOf('class_name')(event) ?? `class ${numberOf(own(event, 'class_uid'))}`,
  computer: (event) => firstOf('device.hostname', 'device.name', 'dst_endpoint.hostname')(event) ?? '',
  recordId: (event) => numberOf(at(event, 'metadata.sequence')),
  moment: (event) => instantOf(own(event, 'time_dt')) ?? instantOf(own(event, 'time')),
  places: {
    every: actor,
    [classes.process]: {
      exit_code: 'exit_code',
      'process.pid': 'process.pid',
      'process.uid': 'process.uid',
      'process.file.path': firstOf('process.file.path', 'process.path', 'process.name'),
      'process.file.internal_name': 'process.file.internal_name',
      ...ocsfFile('process.file'),
      'process.cmd_line': 'process.cmd_line',
      'process.working_directory': 'process.working_directory',
      'process.integrity': 'process.integrity',
      'process.user.name': firstOf('process.user.name', 'actor.user.name'),
      'process.user.domain': firstOf('process.user.domain', 'actor.user.domain'),
      'process.user.uid': firstOf('process.user.uid', 'actor.user.uid'),
      'process.session.uid': firstOf('process.session.uid', 'actor.session.uid'),
      'process.parent_process.pid': firstOf('process.parent_process.pid', 'actor.process.pid'),
      'process.parent_process.uid': firstOf('process.parent_process.uid', 'actor.process.uid'),
      'process.parent_process.file.path': firstOf(
        'process.parent_process.file.path',
        'actor.process.file.path',
        'process.parent_process.name',
        'actor.process.name',
      ),
      'process.parent_process.cmd_line': firstOf('process.parent_process.cmd_line', 'actor.process.cmd_line'),
    },
    [classes.scheduledJob]: {
      ...actor,
      'job.name': 'job.name',
      'job.cmd_line': firstOf('job.cmd_line', 'job.file.path'),
    },
    [classes.module]: {
      ...actor,
      'module.file.path': firstOf('module.file.path', 'module.file.name'),
      ...ocsfFile('module.file'),
    },
    [classes.file]: { ...actor, 'file.path': firstOf('file_result.path', 'file.path'), ...ocsfFile('file') },
    [classes.registryKey]: { ...actor, 'reg_key.path': 'reg_key.path' },
    [classes.registryValue]: {
      ...actor,
      'reg_value.path': firstOf('reg_value.path', 'reg_key.path'),
      'reg_value.name': 'reg_value.name',
      'reg_value.data': firstOf('reg_value.data', 'reg_value.string_data', 'reg_value.integer_data'),
    },
    [classes.logon]: {
      logon_type_id: 'logon_type_id',
      'user.name': 'user.name',
      'user.domain': 'user.domain',
      'user.uid': 'user.uid',
      'session.uid': 'session.uid',
      'src_endpoint.ip': 'src_endpoint.ip',
      'src_endpoint.port': 'src_endpoint.port',
      'src_endpoint.hostname': firstOf('src_endpoint.hostname', 'src_endpoint.name'),
    },
  },
})
