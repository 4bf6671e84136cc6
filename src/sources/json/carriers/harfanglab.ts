/**
 * HarfangLab's processes (`log_type` of `process`). Its events of Windows' logs (`wineventlog`) have the form of Winlogbeat 6 and are
 * read there. `@event_create_date` is when it happened, `@timestamp` when it was taken. `username` is `DOMAIN\name`; `session` is that
 * of the terminal, `logonid` the logon session. A parent may be a `fake` one (that was given in place of the creator): it is not used.
 * Source: published events in the test data of https://github.com/SEKOIA-IO/intake-formats (HarfangLab).
 */
import { sensorClass as classes } from '../../../model/sensor.ts'
import { at, type JsonObject, own, textOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'
import { type SensorKind, sensorCarrier } from '../sensor-carrier.ts'

const created: SensorKind = { class: classes.process, activity: 1 }

const account = (part: 1 | 2) => (row: JsonObject) =>
  /^(?:([^\\]*)\\)?(.*)$/s.exec(textOf(own(row, 'username')) ?? '')?.[part]

/** When it happened, in any of the spellings of its versions. */
export const harfangLabTime = (row: JsonObject) =>
  instantOf(own(row, '@event_create_date')) ?? instantOf(own(row, 'event_date')) ?? instantOf(own(row, 'create_time'))

export const harfangLab = sensorCarrier({
  sensor: 'harfanglab',
  name: 'HarfangLab',
  keys: [
    {
      name: 'log_type',
      sign: 'process_unique_id',
      classes: (value) => (value === undefined ? 'any' : value === 'process' ? [classes.process] : undefined),
    },
  ],
  fits: (row) =>
    own(row, 'process_unique_id') !== undefined &&
    own(row, 'image_name') !== undefined &&
    at(row, 'agent.agentid') !== undefined,
  kind: (row) =>
    textOf(at(row, 'agent.ostype')) === 'windows' && own(row, 'alert_id') === undefined ? created : undefined,
  table: () => 'process',
  computer: (row) => textOf(at(row, 'agent.hostname')) ?? '',
  recordId: () => 0,
  moment: (row) => harfangLabTime(row) ?? instantOf(own(row, '@timestamp')),
  places: {
    every: {},
    [classes.process]: {
      'process.pid': 'pid',
      'process.uid': 'process_unique_id',
      'process.file.path': 'image_name',
      'process.file.internal_name': (row) => textOf(at(row, 'pe_info.original_filename')),
      'process.file.hashes.md5': 'hashes.md5',
      'process.file.hashes.sha1': 'hashes.sha1',
      'process.file.hashes.sha256': 'hashes.sha256',
      'process.file.hashes.imphash': 'pe_imphash',
      'process.file.signature.state': 'signed',
      'process.file.signature.signer': 'signature_info.signer_info.display_name',
      'process.cmd_line': 'commandline',
      'process.working_directory': 'current_directory',
      'process.integrity': 'integrity_level',
      'process.user.domain': account(1),
      'process.user.name': account(2),
      'process.user.uid': 'usersid',
      'process.session.uid': 'logonid',
      'process.parent_process.pid': 'ppid',
      'process.parent_process.uid': 'parent_unique_id',
      'process.parent_process.file.path': 'parent_image',
      'process.parent_process.cmd_line': 'parent_commandline',
    },
  },
})
