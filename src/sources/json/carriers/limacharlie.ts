/**
 * LimaCharlie's events: what the sensor says in `event`, who it is in `routing`. Windows' own events (`WEL`) are read as such, by
 * their tree. Traps:
 * - `routing.this` and `routing.parent` are processes (atoms) over the sensor's life; of all other events `this` is the event and
 *   `parent` the process.
 * - `event_time` is the sensor's, in milliseconds; `ts` is when the cloud took it.
 * - Keys of the registry are the kernel's; whether a value stands behind them is not told, and only the beginning of its data is.
 * - A process has its user's name, no SID, no session, no integrity; processes that were there before the sensor are no starts.
 * - `plat` is Windows in its upper half: 0x10000000.
 * Source: https://docs.limacharlie.io/docs/reference-edr-events, https://docs.limacharlie.io/docs/outputs-stream-structures
 */
import { sensorClass as classes } from '../../../model/sensor.ts'
import { at, isObject, type JsonObject, own, textOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'
import { type Places, type SensorKind, sensorCarrier } from '../sensor-carrier.ts'
import { namedKinds } from '../sensor-key.ts'

const kinds: Readonly<Record<string, SensorKind>> = {
  NEW_PROCESS: { class: classes.process, activity: 1 },
  TERMINATE_PROCESS: { class: classes.process, activity: 2 },
  MODULE_LOAD: { class: classes.module, activity: 1 },
  FILE_CREATE: { class: classes.file, activity: 1 },
  FILE_MODIFIED: { class: classes.file, activity: 3 },
  REGISTRY_CREATE: { class: classes.registryKey, activity: 1 },
  REGISTRY_DELETE: { class: classes.registryKey, activity: 4 },
  REGISTRY_WRITE: { class: classes.registryValue, activity: 2 },
}

/** Types of events that are frequent and nothing of ours. */
const others =
  /^(?:DNS_REQUEST|NETWORK_CONNECTIONS|CODE_IDENTITY|NEW_TCP[46]_CONNECTION|NEW_UDP[46]_CONNECTION|TERMINATE_(?:TCP|UDP)[46]_CONNECTION|FILE_TYPE_ACCESSED|NEW_DOCUMENT|NEW_NAMED_PIPE|OPEN_NAMED_PIPE|SENSITIVE_PROCESS_ACCESS|REMOTE_PROCESS_HANDLE|NEW_REMOTE_THREAD|EXISTING_PROCESS)$/

const byName = namedKinds(kinds)
const windows = 0x1000_0000

const typeOf = (row: JsonObject) => textOf(at(row, 'routing.event_type')) ?? ''

function kindOf(row: JsonObject): SensorKind | undefined {
  const platform = at(row, 'routing.plat')
  if (typeof platform === 'number' && (platform & 0xffff_0000) !== windows) return undefined
  const type = typeOf(row)
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined
}

/** `HASH` is SHA-256; whether a signature holds is not told. */
const file = (name: string): Places => ({
  [`${name}.hashes.sha256`]: 'event.HASH',
  [`${name}.signature.state`]: (row) => ({ 0: 'unsigned', 1: 'signed' })[textOf(at(row, 'event.FILE_IS_SIGNED')) ?? ''],
})

const account = (part: 1 | 2) => (row: JsonObject) =>
  /^(?:([^\\]*)\\)?(.*)$/s.exec(textOf(at(row, 'event.USER_NAME')) ?? '')?.[part]

const valueParts = (row: JsonObject) => /^(.*)\\([^\\]*)$/s.exec(textOf(at(row, 'event.REGISTRY_KEY')) ?? '') ?? []

export const limaCharlie = sensorCarrier({
  sensor: 'limacharlie',
  name: 'LimaCharlie',
  keys: [
    {
      name: 'event_type',
      sign: 'event_type',
      classes: (value) =>
        value === undefined ? 'any' : Object.hasOwn(kinds, value) || others.test(value) ? byName(value) : undefined,
    },
  ],
  fits: (row) =>
    at(row, 'routing.event_type') !== undefined && isObject(own(row, 'event')) && at(row, 'event.EVENT') === undefined,
  kind: kindOf,
  table: typeOf,
  computer: (row) => textOf(at(row, 'routing.hostname')) ?? '',
  recordId: () => 0,
  moment: (row) => instantOf(at(row, 'routing.event_time')) ?? instantOf(own(row, 'ts')),
  places: {
    every: { 'actor.process.pid': 'event.PROCESS_ID', 'actor.process.uid': 'routing.parent' },
    [classes.process]: {
      'process.pid': 'event.PROCESS_ID',
      'process.uid': (row) => textOf(at(row, typeOf(row) === 'NEW_PROCESS' ? 'routing.this' : 'routing.parent')),
      'process.file.path': 'event.FILE_PATH',
      ...file('process.file'),
      'process.cmd_line': 'event.COMMAND_LINE',
      'process.user.domain': account(1),
      'process.user.name': account(2),
      'process.parent_process.pid': (row) =>
        textOf(at(row, 'event.PARENT.PROCESS_ID') ?? at(row, 'event.PARENT_PROCESS_ID')),
      'process.parent_process.uid': 'routing.parent',
      'process.parent_process.file.path': 'event.PARENT.FILE_PATH',
      'process.parent_process.cmd_line': 'event.PARENT.COMMAND_LINE',
    },
    [classes.module]: { 'module.file.path': 'event.FILE_PATH', ...file('module.file') },
    [classes.file]: { 'file.path': 'event.FILE_PATH' },
    [classes.registryKey]: { 'reg_key.path': 'event.REGISTRY_KEY' },
    [classes.registryValue]: {
      'reg_value.path': (row) => valueParts(row)[1],
      'reg_value.name': (row) => valueParts(row)[2],
      'reg_value.data': 'event.REGISTRY_VALUE',
    },
  },
})
