/**
 * Elastic Defend (data streams `logs-endpoint.events.*`, ECS): documents as `_source` of an export, or bare. A process is told by
 * `process.entity_id`. Registry paths end with the value's name. Only what began after the agent has an event; what was
 * there before (`already_running`) is not taken for a start.
 * Source: https://github.com/elastic/endpoint-package (package/endpoint/docs and custom_documentation),
 * https://www.elastic.co/docs/reference/ecs/ecs-process
 */
import { sensorClass as classes } from '../../../model/sensor.ts'
import { at, type JsonObject, own, textOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'
import { firstOf, type Places, type SensorKind, sensorCarrier } from '../sensor-carrier.ts'
import { ecsFile } from '../sensor-file.ts'
import { namedKinds } from '../sensor-key.ts'

/** The data sets that are read, and what their events can be. */
const datasets: Readonly<Record<string, readonly number[]>> = {
  'endpoint.events.process': [classes.process],
  'endpoint.events.library': [classes.module],
  'endpoint.events.file': [classes.file],
  'endpoint.events.registry': [classes.registryKey, classes.registryValue],
  'endpoint.events.security': [classes.scheduledJob, classes.logon],
}

const ofDataset = namedKinds(datasets)

const dataset = firstOf('event.dataset', 'data_stream.dataset')

const process: Readonly<Record<string, SensorKind>> = {
  start: { class: classes.process, activity: 1 },
  exec: { class: classes.process, activity: 1 },
  fork: { class: classes.process, activity: 1 },
  end: { class: classes.process, activity: 2 },
}
const library: Readonly<Record<string, SensorKind>> = { load: { class: classes.module, activity: 1 } }
const file: Readonly<Record<string, SensorKind>> = {
  creation: { class: classes.file, activity: 1 },
  overwrite: { class: classes.file, activity: 3 },
  modification: { class: classes.file, activity: 3 },
  rename: { class: classes.file, activity: 5 },
}
const registryKey: Readonly<Record<string, SensorKind>> = {
  creation: { class: classes.registryKey, activity: 1 },
  deletion: { class: classes.registryKey, activity: 4 },
}
const registryValue: Readonly<Record<string, SensorKind>> = {
  creation: { class: classes.registryValue, activity: 2 },
  modification: { class: classes.registryValue, activity: 2 },
  deletion: { class: classes.registryValue, activity: 4 },
}
/** Of the audit log's events it takes these; there are none for deleting, enabling and disabling a task. */
const security: Readonly<Record<string, SensorKind>> = {
  scheduled_task_created: { class: classes.scheduledJob, activity: 1 },
  scheduled_task_updated: { class: classes.scheduledJob, activity: 2 },
  log_on: { class: classes.logon, activity: 1 },
}

function kindOf(row: JsonObject): SensorKind | undefined {
  const action = textOf(at(row, 'event.action')) ?? ''
  const kinds = kindsOf(row)
  return kinds && Object.hasOwn(kinds, action) ? kinds[action] : undefined
}

function kindsOf(row: JsonObject): Readonly<Record<string, SensorKind>> | undefined {
  switch (dataset(row)) {
    case 'endpoint.events.process':
      return process
    case 'endpoint.events.library':
      return library
    case 'endpoint.events.file':
      return file
    case 'endpoint.events.registry':
      return textOf(at(row, 'registry.value')) ? registryValue : registryKey
    case 'endpoint.events.security':
      return security
    default:
      return undefined
  }
}

/** `Network`, `RemoteInteractive`, … or the number. */
const logonTypes: Readonly<Record<string, string>> = {
  interactive: '2',
  network: '3',
  batch: '4',
  service: '5',
  unlock: '7',
  networkcleartext: '8',
  newcredentials: '9',
  remoteinteractive: '10',
  cachedinteractive: '11',
}

function logonType(row: JsonObject): string | undefined {
  const written = firstOf('process.Ext.session_info.logon_type', 'winlog.event_data.LogonType')(row)
  return written && (logonTypes[written.toLowerCase().replaceAll(/[ _-]/g, '')] ?? written)
}

/** The key, where the path has the value's name behind it. */
function keyPath(row: JsonObject): string | undefined {
  const path = textOf(at(row, 'registry.path'))
  const value = textOf(at(row, 'registry.value'))
  return path && value && path.toLowerCase().endsWith(`\\${value.toLowerCase()}`)
    ? path.slice(0, -value.length - 1)
    : path
}

const actor: Places = {
  'actor.process.pid': 'process.pid',
  'actor.process.uid': 'process.entity_id',
  'actor.process.file.path': 'process.executable',
  'actor.user.name': 'user.name',
  'actor.user.domain': 'user.domain',
  'actor.user.uid': 'user.id',
}

export const elasticDefend = sensorCarrier({
  sensor: 'elastic-defend',
  name: 'Elastic Defend',
  keys: [
    {
      name: 'dataset',
      sign: 'endpoint.events.',
      classes: (value) => (value === undefined || value.startsWith('endpoint.events.') ? ofDataset(value) : undefined),
    },
  ],
  fits: (row) => dataset(row)?.startsWith('endpoint.events.') === true && at(row, 'winlog.channel') === undefined,
  kind: kindOf,
  isWindows: (row) => {
    const system = firstOf('host.os.type', 'host.os.platform', 'host.os.family')(row)
    return system === undefined || system.toLowerCase() === 'windows'
  },
  failed: (row) => textOf(at(row, 'event.outcome')) === 'failure',
  table: (row) => dataset(row) ?? '',
  computer: (row) => {
    const [short, name] = [firstOf('host.hostname')(row), firstOf('host.name')(row)]
    return (name && short && name.toLowerCase().startsWith(`${short.toLowerCase()}.`) ? name : (short ?? name)) ?? ''
  },
  recordId: () => 0,
  moment: (row) => instantOf(own(row, '@timestamp')),
  places: {
    every: actor,
    [classes.process]: {
      exit_code: 'process.exit_code',
      'process.pid': 'process.pid',
      'process.uid': 'process.entity_id',
      'process.file.path': 'process.executable',
      'process.file.internal_name': 'process.pe.original_file_name',
      ...ecsFile('process.file', 'process'),
      'process.cmd_line': 'process.command_line',
      'process.working_directory': 'process.working_directory',
      'process.integrity': 'process.Ext.token.integrity_level_name',
      'process.user.name': 'user.name',
      'process.user.domain': 'user.domain',
      'process.user.uid': 'user.id',
      'process.session.uid': 'process.Ext.authentication_id',
      'process.parent_process.pid': 'process.parent.pid',
      'process.parent_process.uid': 'process.parent.entity_id',
      'process.parent_process.file.path': 'process.parent.executable',
      'process.parent_process.cmd_line': 'process.parent.command_line',
    },
    [classes.scheduledJob]: {
      ...actor,
      'actor.session.uid': 'process.Ext.authentication_id',
      'job.name': 'winlog.event_data.TaskName',
      'job.definition': firstOf('winlog.event_data.TaskContentNew', 'winlog.event_data.TaskContent'),
    },
    [classes.logon]: {
      logon_type_id: logonType,
      'user.name': firstOf('user.effective.name', 'user.target.name', 'user.name'),
      'user.domain': firstOf('user.effective.domain', 'user.target.domain', 'user.domain'),
      'user.uid': firstOf('user.effective.id', 'user.target.id', 'user.id'),
      'session.uid': 'Target.process.Ext.authentication_id',
      'src_endpoint.ip': 'source.ip',
      'src_endpoint.port': 'source.port',
      'src_endpoint.hostname': 'winlog.event_data.WorkstationName',
    },
    [classes.module]: { 'module.file.path': firstOf('dll.path', 'file.path'), ...ecsFile('module.file', 'dll') },
    [classes.file]: { 'file.path': 'file.path', ...ecsFile('file', 'file') },
    [classes.registryKey]: { 'reg_key.path': 'registry.path' },
    [classes.registryValue]: {
      'reg_value.path': keyPath,
      'reg_value.name': 'registry.value',
      'reg_value.data': 'registry.data.strings',
    },
  },
})
