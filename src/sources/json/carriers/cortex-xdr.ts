/**
 * Palo Alto's Cortex XDR and XSIAM: rows of the data set xdr_data as queries (XQL) answer and export them, all columns flat. `action_…` is
 * what was done, `actor_…` who did it; of a process that started the actor is its parent. Times are milliseconds. What the agent took from
 * Windows' logs (`EVENT_LOG`) has the event's items as JSON in a text, and is read as that event. Queries may choose any columns: what is
 * needed are event_type, event_sub_type, agent_hostname and a time.
 * Source: https://docs-cortex.paloaltonetworks.com (XQL schema reference, xdr_data); published answers in the documentation of
 * https://github.com/opencybersecurityalliance/stix-shifter (paloalto).
 */
import { sensorClass as classes } from '../../../model/sensor.ts'
import type { Carrier } from '../carrier.ts'
import { providerOf as channelProvider } from '../channels.ts'
import { itemText } from '../event-data.ts'
import { isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'
import { parseWithin } from '../nesting.ts'
import { firstOf, type Places, type SensorKind, sensorCarrier } from '../sensor-carrier.ts'
import { namedKinds } from '../sensor-key.ts'
import { instantInWords } from '../written-time.ts'

/** In exports words may stand as the query language writes them: `ENUM.PROCESS_START`. */
const word = (row: JsonObject, name: string): string => (textOf(own(row, name)) ?? '').replace(/^ENUM\./, '')

const kinds: Readonly<Record<string, SensorKind>> = {
  PROCESS_START: { class: classes.process, activity: 1 },
  PROCESS_STOP: { class: classes.process, activity: 2 },
  LOAD_IMAGE_MODULE: { class: classes.module, activity: 1 },
  FILE_CREATE_NEW: { class: classes.file, activity: 1 },
  FILE_WRITE: { class: classes.file, activity: 3 },
  FILE_RENAME: { class: classes.file, activity: 5 },
  REGISTRY_CREATE_KEY: { class: classes.registryKey, activity: 1 },
  REGISTRY_DELETE_KEY: { class: classes.registryKey, activity: 4 },
  REGISTRY_RENAME_KEY: { class: classes.registryKey, activity: 5 },
  REGISTRY_SET_VALUE: { class: classes.registryValue, activity: 2 },
  REGISTRY_DELETE_VALUE: { class: classes.registryValue, activity: 4 },
}

const typeNames = namedKinds(kinds)
/** What begins so is told to be nothing of ours without a look at the rest of the row. */
const others = /^(?:PROCESS|LOAD_IMAGE|FILE|REGISTRY|NETWORK|THREAD|INJECTION)_/
const classesOf = (value: string | undefined) => {
  const type = value?.replace(/^ENUM\./, '')
  return type === undefined || others.test(type) ? typeNames(type) : undefined
}

function kindOf(row: JsonObject): SensorKind | undefined {
  const type = word(row, 'event_sub_type')
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined
}

/** An account as name and domain, of `DOMAIN\name`. */
function account(at: string, written: (row: JsonObject) => string | undefined, sid: string): Places {
  const parts = (row: JsonObject) => /^(?:([^\\]*)\\)?(.*)$/s.exec(written(row) ?? '') ?? []
  return { [`${at}.name`]: (row) => parts(row)[2], [`${at}.domain`]: (row) => parts(row)[1], [`${at}.uid`]: sid }
}

const actor: Places = {
  'actor.process.pid': 'actor_process_os_pid',
  'actor.process.uid': 'actor_process_instance_id',
  'actor.process.file.path': firstOf('actor_process_image_path', 'actor_process_image_name'),
  'actor.process.cmd_line': 'actor_process_command_line',
  'actor.session.uid': 'actor_process_auth_id',
  ...account('actor.user', firstOf('actor_effective_username', 'actor_primary_username'), 'actor_primary_user_sid'),
}

const isRow = (row: JsonObject): boolean =>
  own(row, 'agent_hostname') !== undefined &&
  own(row, 'event_type') !== undefined &&
  (own(row, 'event_timestamp') !== undefined || own(row, '_time') !== undefined)

const isOfLog = (row: JsonObject): boolean =>
  textOf(own(row, 'action_evtlog_event_id')) !== undefined && word(row, 'event_type') === 'EVENT_LOG'

/** The console writes the day with its ending: `Nov 25th 2025 05:54:32`. */
const momentOf = (row: JsonObject) =>
  instantOf(own(row, 'event_timestamp')) ??
  instantInWords(textOf(own(row, '_time'))?.replace(/^([A-Z][a-z]{2} \d{1,2})(?:st|nd|rd|th) (?=\d{4} )/, '$1, '))

export const cortexXdr: Carrier = sensorCarrier({
  sensor: 'cortex-xdr',
  name: 'Cortex XDR',
  keys: [{ name: 'event_sub_type', sign: 'agent_hostname', classes: classesOf }],
  fits: (row) => isRow(row) && own(row, 'event_sub_type') !== undefined && !isOfLog(row),
  kind: kindOf,
  isWindows: (row) => /windows|^$/i.test(word(row, 'agent_os_type')),
  table: (row) => word(row, 'event_type'),
  computer: (row) => textOf(own(row, 'agent_hostname')) ?? '',
  recordId: () => 0,
  moment: momentOf,
  places: {
    every: actor,
    [classes.process]: {
      'process.pid': 'action_process_os_pid',
      'process.uid': 'action_process_instance_id',
      'process.file.path': firstOf('action_process_image_path', 'action_process_image_name'),
      'process.file.hashes.md5': 'action_process_image_md5',
      'process.file.hashes.sha256': 'action_process_image_sha256',
      'process.file.signature.state': 'action_process_signature_status',
      'process.file.signature.signer': 'action_process_signature_vendor',
      'process.cmd_line': 'action_process_image_command_line',
      'process.working_directory': 'action_process_cwd',
      'process.session.uid': 'action_process_auth_id',
      ...account('process.user', firstOf('action_process_username'), 'action_process_user_sid'),
      'process.parent_process.pid': 'actor_process_os_pid',
      'process.parent_process.uid': 'actor_process_instance_id',
      'process.parent_process.file.path': firstOf('actor_process_image_path', 'actor_process_image_name'),
      'process.parent_process.cmd_line': 'actor_process_command_line',
    },
    [classes.module]: {
      'module.file.path': 'action_module_path',
      'module.file.hashes.md5': 'action_module_md5',
      'module.file.hashes.sha256': 'action_module_sha256',
    },
    [classes.file]: {
      'file.path': 'action_file_path',
      'file.hashes.md5': 'action_file_md5',
      'file.hashes.sha256': 'action_file_sha256',
    },
    [classes.registryKey]: { 'reg_key.path': 'action_registry_key_name' },
    [classes.registryValue]: {
      'reg_value.path': 'action_registry_key_name',
      'reg_value.name': 'action_registry_value_name',
      'reg_value.data': 'action_registry_data',
    },
  },
})

/** The channel is not among the columns; these providers have one alone that matters here. */
const channels: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'Security',
    'Microsoft-Windows-Sysmon/Operational',
    'Microsoft-Windows-TaskScheduler/Operational',
    'Microsoft-Windows-PowerShell/Operational',
  ].map((channel) => [channelProvider(channel, 0), channel]),
)

export const cortexXdrEventLog: Carrier = {
  name: 'Cortex XDR event log',
  fits: (row) => isRow(row) && isOfLog(row),
  provider: (row) => wordOf(own(row, 'action_evtlog_provider_name')),
  channel: (row) => channels[wordOf(own(row, 'action_evtlog_provider_name')) ?? ''] ?? '',
  eventId: (row) => numberOf(own(row, 'action_evtlog_event_id')),
  version: (row) => numberOf(own(row, 'action_evtlog_version')),
  computer: (row) => textOf(own(row, 'agent_hostname')) ?? '',
  recordId: (row) => numberOf(own(row, 'action_evtlog_record_id')),
  processId: (row) => numberOf(own(row, 'action_evtlog_pid')),
  userSid: (row) => wordOf(own(row, 'action_evtlog_uid')),
  activityId: () => null,
  moment: momentOf,
  data(row) {
    const written = own(row, 'action_evtlog_data_fields')
    const items = typeof written === 'string' ? parseWithin(written) : written
    return isObject(items) ? items : {}
  },
  field: itemText,
}
