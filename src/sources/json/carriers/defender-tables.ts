/**
 * The tables of Microsoft Defender XDR's advanced hunting: rows of the streaming API (`{"category": "AdvancedHunting-…",
 * "properties": {…}}`), of the API, of Microsoft Sentinel and of the portal's CSV. Traps:
 * - `FolderPath` is the folder, or (as seen in real rows) the whole path.
 * - `InitiatingProcess…` is who did it, in DeviceProcessEvents the parent. A process is told by its id and creation time.
 * - The items of a task stand in `AdditionalFields`, an object or JSON in a text; `TaskContent` is the task's XML or made to JSON.
 *   The initiating process of such a row may be the service's svchost.
 * - A user's part of the registry is `HKEY_CURRENT_USER\<SID>\…`.
 * - There are no ends of processes.
 * - The portal's CSV writes `Timestamp` in its reader's zone where it writes words (`Mar 14, 2024 5:23:12 PM`); the API writes UTC.
 * - The CSV of a device's timeline has the same columns with blanks in their names, and a few by other names.
 * Source: https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceprocessevents-table and the pages of the other tables;
 * https://learn.microsoft.com/defender-xdr/streaming-api-event-hub; a published row of DeviceProcessEvents.
 */
import { sensorClass as classes } from '../../../model/sensor.ts'
import type { Carrier } from '../carrier.ts'
import { at, firstFilled, isObject, type JsonObject, numberOf, own, textOf } from '../json-object.ts'
import { instantOf, type Moment } from '../moment.ts'
import { parseWithin } from '../nesting.ts'
import { keyOfStart, type Places, type SensorKind, type SensorRows, sensorCarrier } from '../sensor-carrier.ts'
import { namedKinds } from '../sensor-key.ts'
import { taskXmlOf } from '../task-content.ts'
import { instantInWords } from '../written-time.ts'

/** The ActionTypes that are read, by the table that they are of. */
const defenderActions: Readonly<Record<string, SensorKind & { readonly table: string }>> = {
  ProcessCreated: { table: 'DeviceProcessEvents', class: classes.process, activity: 1 },
  ScheduledTaskCreated: { table: 'DeviceEvents', class: classes.scheduledJob, activity: 1 },
  ScheduledTaskUpdated: { table: 'DeviceEvents', class: classes.scheduledJob, activity: 2 },
  ScheduledTaskDeleted: { table: 'DeviceEvents', class: classes.scheduledJob, activity: 3 },
  ScheduledTaskEnabled: { table: 'DeviceEvents', class: classes.scheduledJob, activity: 4 },
  ScheduledTaskDisabled: { table: 'DeviceEvents', class: classes.scheduledJob, activity: 5 },
  ImageLoaded: { table: 'DeviceImageLoadEvents', class: classes.module, activity: 1 },
  FileCreated: { table: 'DeviceFileEvents', class: classes.file, activity: 1 },
  FileModified: { table: 'DeviceFileEvents', class: classes.file, activity: 3 },
  FileRenamed: { table: 'DeviceFileEvents', class: classes.file, activity: 5 },
  RegistryKeyCreated: { table: 'DeviceRegistryEvents', class: classes.registryKey, activity: 1 },
  RegistryKeyDeleted: { table: 'DeviceRegistryEvents', class: classes.registryKey, activity: 4 },
  RegistryKeyRenamed: { table: 'DeviceRegistryEvents', class: classes.registryKey, activity: 5 },
  RegistryValueSet: { table: 'DeviceRegistryEvents', class: classes.registryValue, activity: 2 },
  RegistryValueDeleted: { table: 'DeviceRegistryEvents', class: classes.registryValue, activity: 4 },
  LogonSuccess: { table: 'DeviceLogonEvents', class: classes.logon, activity: 1 },
}

const actionOf = (row: JsonObject) => {
  const action = textOf(own(row, 'ActionType')) ?? ''
  return Object.hasOwn(defenderActions, action) ? defenderActions[action] : undefined
}

/** The whole path, whether the folder's column has the file's name at its end or not. */
const pathOf = (folder: string, file: string) => (row: JsonObject) => {
  const path = textOf(own(row, folder))
  const name = textOf(own(row, file))
  if (path === undefined || path === '' || name === undefined || name === '') return path || name
  return path.toLowerCase().endsWith(`\\${name.toLowerCase()}`) ? path : `${path.replace(/\\$/, '')}\\${name}`
}

const additional = (name: string) => (row: JsonObject) => {
  const written = own(row, 'AdditionalFields')
  const fields = typeof written === 'string' ? parseWithin(written) : written
  return isObject(fields) ? own(fields, name) : undefined
}
const additionalText = (name: string) => (row: JsonObject) => textOf(additional(name)(row))

const keyOf = (pid: string, created: string) => (row: JsonObject) =>
  keyOfStart(own(row, pid), textOf(own(row, created)))

/** `HKEY_CURRENT_USER\S-1-5-21-…` is a part of HKEY_USERS. */
const registryPath = (column: string) => (row: JsonObject) =>
  textOf(own(row, column))?.replace(/^HKEY_CURRENT_USER\\(?=S-1-5-)/i, 'HKEY_USERS\\')

const logonTypes: Readonly<Record<string, string>> = {
  interactive: '2',
  'local interactive': '2',
  network: '3',
  batch: '4',
  service: '5',
  unlock: '7',
  remoteinteractive: '10',
  'remote interactive (rdp)': '10',
  cachedinteractive: '11',
}

const hashes = (file: string): Places => ({
  [`${file}.hashes.md5`]: 'MD5',
  [`${file}.hashes.sha1`]: 'SHA1',
  [`${file}.hashes.sha256`]: 'SHA256',
})

const initiator: Places = {
  'actor.process.pid': 'InitiatingProcessId',
  'actor.process.uid': keyOf('InitiatingProcessId', 'InitiatingProcessCreationTime'),
  'actor.process.file.path': pathOf('InitiatingProcessFolderPath', 'InitiatingProcessFileName'),
  'actor.process.cmd_line': 'InitiatingProcessCommandLine',
  'actor.user.name': 'InitiatingProcessAccountName',
  'actor.user.domain': 'InitiatingProcessAccountDomain',
  'actor.user.uid': 'InitiatingProcessAccountSid',
  'actor.session.uid': 'InitiatingProcessLogonId',
}

/** What the audit event behind the row says of the caller comes before the initiating process. */
const callerOr = (item: string, column: string) => (row: JsonObject) =>
  firstFilled([additionalText(item)(row), textOf(own(row, column))])

function momentOf(row: JsonObject): Moment | undefined {
  const written = own(row, 'Timestamp')
  if (written === undefined || written === '') return instantInWords(own(row, 'TimeGenerated'))
  const plain = instantOf(written)
  if (plain !== undefined) return plain
  const local = instantInWords(written)
  return local && { local, happened: null, received: null, halfDay: false }
}

const rows: SensorRows = {
  sensor: 'defender',
  name: 'Defender advanced hunting',
  keys: [{ name: 'ActionType', sign: 'ActionType', classes: namedKinds(defenderActions) }],
  fits: (row) => own(row, 'ActionType') !== undefined && own(row, 'DeviceName') !== undefined,
  kind: actionOf,
  table: (row) => actionOf(row)?.table ?? '',
  computer: (row) => textOf(own(row, 'DeviceName')) ?? '',
  recordId: (row) => numberOf(own(row, 'ReportId')),
  moment: momentOf,
  places: {
    every: initiator,
    [classes.process]: {
      'process.pid': 'ProcessId',
      'process.uid': keyOf('ProcessId', 'ProcessCreationTime'),
      'process.file.path': pathOf('FolderPath', 'FileName'),
      'process.file.internal_name': 'ProcessVersionInfoOriginalFileName',
      ...hashes('process.file'),
      'process.cmd_line': 'ProcessCommandLine',
      'process.integrity': 'ProcessIntegrityLevel',
      'process.user.name': 'AccountName',
      'process.user.domain': 'AccountDomain',
      'process.user.uid': 'AccountSid',
      'process.session.uid': 'LogonId',
      'process.parent_process.pid': 'InitiatingProcessId',
      'process.parent_process.uid': keyOf('InitiatingProcessId', 'InitiatingProcessCreationTime'),
      'process.parent_process.file.path': pathOf('InitiatingProcessFolderPath', 'InitiatingProcessFileName'),
      'process.parent_process.cmd_line': 'InitiatingProcessCommandLine',
    },
    [classes.scheduledJob]: {
      ...initiator,
      'actor.user.name': callerOr('SubjectUserName', 'InitiatingProcessAccountName'),
      'actor.user.domain': callerOr('SubjectDomainName', 'InitiatingProcessAccountDomain'),
      'actor.user.uid': callerOr('SubjectUserSid', 'InitiatingProcessAccountSid'),
      'actor.session.uid': callerOr('SubjectLogonId', 'InitiatingProcessLogonId'),
      'job.name': additionalText('TaskName'),
      'job.definition': (row) => taskXmlOf(additional('TaskContentNew')(row) ?? additional('TaskContent')(row)),
    },
    [classes.module]: { 'module.file.path': pathOf('FolderPath', 'FileName'), ...hashes('module.file') },
    [classes.file]: { 'file.path': pathOf('FolderPath', 'FileName'), ...hashes('file') },
    [classes.registryKey]: { 'reg_key.path': registryPath('RegistryKey') },
    [classes.registryValue]: {
      'reg_value.path': registryPath('RegistryKey'),
      'reg_value.name': 'RegistryValueName',
      'reg_value.data': 'RegistryValueData',
    },
    [classes.logon]: {
      logon_type_id: (row) => logonTypes[(textOf(at(row, 'LogonType')) ?? '').toLowerCase()],
      'user.name': 'AccountName',
      'user.domain': 'AccountDomain',
      'user.uid': 'AccountSid',
      'session.uid': 'LogonId',
      'src_endpoint.ip': 'RemoteIP',
      'src_endpoint.port': 'RemotePort',
      'src_endpoint.hostname': 'RemoteDeviceName',
    },
  },
}

export const defenderTables = sensorCarrier(rows)

/** What the timeline calls otherwise; all else is the table's name with blanks between its words. */
const timelineNames: Readonly<Record<string, string>> = {
  'Event Time': 'Timestamp',
  'Computer Name': 'DeviceName',
  'Machine Id': 'DeviceId',
  'Remote Computer Name': 'RemoteDeviceName',
}

/** The last row by the table's names: every item of a row is asked for apart. */
const renamed = new WeakMap<JsonObject, JsonObject>()
function tableRow(row: JsonObject): JsonObject {
  const known = renamed.get(row)
  if (known) return known
  const made: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(row))
    if (value !== '') made[timelineNames[name] ?? name.replaceAll(' ', '')] = value
  renamed.set(row, made)
  return made
}

const table = sensorCarrier({
  ...rows,
  name: 'Defender device timeline',
  keys: [{ name: 'Action Type', sign: 'Action Type', classes: namedKinds(defenderActions) }],
})

export const defenderTimeline: Carrier = {
  ...table,
  fits: (row) => own(row, 'Action Type') !== undefined && own(row, 'Computer Name') !== undefined,
  channel: (row) => table.channel(tableRow(row)),
  eventId: (row) => table.eventId(tableRow(row)),
  computer: (row) => table.computer(tableRow(row)),
  recordId: (row) => table.recordId(tableRow(row)),
  moment: (row) => table.moment(tableRow(row)),
  field: (name, data, row) => table.field(name, data, tableRow(row)),
}
