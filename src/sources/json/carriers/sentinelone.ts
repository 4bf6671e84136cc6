/**
 * SentinelOne's Deep Visibility: Cloud Funnel 2 and the data lake (`src.process.cmdline`), answers of the API (`srcProcCmdLine`), exports
 * of the console and of queries (`SrcProcCmdLine`); one flat event each, told apart by `event.type`. Traps:
 * - `src.process` is who did it, of a process that was created the creator; `tgt.process` is the new one; `osSrc.process` is the
 *   service that did it on behalf of `src.process`.
 * - `event.time` is the endpoint's, in milliseconds; `timestamp` is the same as text and may lack the day.
 * - Accounts are `DOMAIN\name` in the language of the system; there is no SID and no logon id, so logons are not used.
 * - Keys of the registry begin with `MACHINE` or `USER`; with values their name stands at the end.
 * - A task has a name and no definition.
 * Source: SentinelOne's documentation of Cloud Funnel 2.0 (for customers); published events in the test data of
 * https://github.com/elastic/integrations (sentinel_one_cloud_funnel) and https://github.com/SEKOIA-IO/intake-formats.
 */

import { sensorClass as classes } from '../../../model/sensor.ts'
import { sidOfAccount } from '../../../model/windows/accounts.ts'
import { type JsonObject, own, textOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'
import { type Places, type SensorKind, sensorCarrier } from '../sensor-carrier.ts'
import { namedKinds } from '../sensor-key.ts'

/** What is read of it, by its type without blanks: `Process Creation`, in some exports `ProcessCreation`. */
const kinds: Readonly<Record<string, SensorKind>> = {
  processcreation: { class: classes.process, activity: 1 },
  processexit: { class: classes.process, activity: 2 },
  processtermination: { class: classes.process, activity: 2 },
  taskregister: { class: classes.scheduledJob, activity: 1 },
  taskupdate: { class: classes.scheduledJob, activity: 2 },
  taskdelete: { class: classes.scheduledJob, activity: 3 },
  moduleload: { class: classes.module, activity: 1 },
  filecreation: { class: classes.file, activity: 1 },
  filemodification: { class: classes.file, activity: 3 },
  filerename: { class: classes.file, activity: 5 },
  registrykeycreate: { class: classes.registryKey, activity: 1 },
  registrykeydelete: { class: classes.registryKey, activity: 4 },
  registrykeyrename: { class: classes.registryKey, activity: 5 },
  registryvaluecreate: { class: classes.registryValue, activity: 2 },
  registryvaluemodified: { class: classes.registryValue, activity: 2 },
  registryvaluedelete: { class: classes.registryValue, activity: 4 },
}

/** Types that are told to be nothing of ours without a look at the rest of the row. */
const others =
  /^(?:dnsresolved|dnsunresolved|ipconnect|iplisten|get|post|put|filescan|filedeletion|behavioralindicators|duplicate(?:process|thread)handle|openremoteprocesshandle|remotethreadcreation|commandscript|login|logout|taskstart|tasktrigger|registrysecuritychanged|registryvaluequeried)$/

const plainType = (value: string) => value.replaceAll(' ', '').toLowerCase()
const typeNames = namedKinds(kinds)
const classesOf = (value: string | undefined) => {
  if (value === undefined) return 'any'
  const type = plainType(value)
  return Object.hasOwn(kinds, type) || others.test(type) ? typeNames(type) : undefined
}

/** The same item in Cloud Funnel's spelling, the API's, and that of exports. */
const written = (row: JsonObject, funnel: string, api: string): unknown =>
  own(row, funnel) ?? own(row, api) ?? own(row, `${api.charAt(0).toUpperCase()}${api.slice(1)}`)

function item(row: JsonObject, funnel: string, api: string): string | undefined {
  const text = textOf(written(row, funnel, api))
  return text === '' ? undefined : text
}
const place = (funnel: string, api: string) => (row: JsonObject) => item(row, funnel, api)

/** `signed` or `unsigned`, and whether that was `verified`. */
function signatureOf(row: JsonObject): string | undefined {
  const signed = item(row, 'tgt.process.signedStatus', 'tgtProcSignedStatus')
  const verified = item(row, 'tgt.process.verifiedStatus', 'tgtProcVerifiedStatus')
  return signed?.toLowerCase() === 'signed' && verified?.toLowerCase() === 'verified' ? verified : signed
}

const typeOf = (row: JsonObject) => item(row, 'event.type', 'eventType')

function kindOf(row: JsonObject): SensorKind | undefined {
  const system = item(row, 'endpoint.os', 'endpointOs')
  if (system !== undefined && system.toLowerCase() !== 'windows') return undefined
  const type = plainType(typeOf(row) ?? '')
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined
}

/** An account as name and domain, of `DOMAIN\name`. */
function account(at: string, funnel: string, api: string): Places {
  const whole = place(funnel, api)
  const parts = (row: JsonObject) => /^(?:([^\\]*)\\)?(.*)$/s.exec(whole(row) ?? '') ?? []
  return {
    [`${at}.name`]: (row) => parts(row)[2],
    [`${at}.domain`]: (row) => parts(row)[1],
    [`${at}.uid`]: (row) => sidOfAccount(whole(row) ?? ''),
  }
}

const actor: Places = {
  'actor.process.pid': place('src.process.pid', 'srcProcPid'),
  'actor.process.uid': place('src.process.uid', 'srcProcUid'),
  'actor.process.file.path': place('src.process.image.path', 'srcProcImagePath'),
  'actor.process.cmd_line': place('src.process.cmdline', 'srcProcCmdLine'),
  ...account('actor.user', 'src.process.user', 'srcProcUser'),
}

const keyPath = (row: JsonObject) =>
  item(row, 'registry.keyPath', 'registryPath')
    ?.replace(/^MACHINE(?=\\)/i, 'HKEY_LOCAL_MACHINE')
    .replace(/^USER(?=\\)/i, 'HKEY_USERS')

/** The key and the value's name, which stands behind it. */
const valueParts = (row: JsonObject) => /^(.*)\\([^\\]*)$/s.exec(keyPath(row) ?? '') ?? []

export const sentinelOne = sensorCarrier({
  sensor: 'sentinelone',
  name: 'SentinelOne Deep Visibility',
  keys: [
    { name: 'event.type', sign: 'endpoint.name', classes: classesOf },
    { name: 'eventType', sign: 'rocCmdLine', classes: classesOf },
    { name: 'EventType', sign: 'rocCmdLine', classes: classesOf },
  ],
  fits: (row) =>
    written(row, 'event.type', 'eventType') !== undefined &&
    (written(row, 'endpoint.name', 'endpointName') ?? written(row, 'agent.name', 'agentName')) !== undefined &&
    (own(row, 'dataSource.vendor') === 'SentinelOne' ||
      own(row, 'i.scheme') !== undefined ||
      written(row, 'src.process.uid', 'srcProcUid') !== undefined ||
      written(row, 'src.process.name', 'srcProcName') !== undefined),
  kind: kindOf,
  table: (row) => typeOf(row) ?? '',
  computer: (row) => item(row, 'endpoint.name', 'endpointName') ?? item(row, 'agent.name', 'agentName') ?? '',
  recordId: () => 0,
  moment(row) {
    for (const time of [own(row, 'event.time'), written(row, 'timestamp', 'eventTime'), own(row, 'createdAt')]) {
      const moment = instantOf(time)
      if (moment !== undefined) return moment
    }
    return undefined
  },
  places: {
    every: actor,
    [classes.process]: {
      'process.pid': place('tgt.process.pid', 'tgtProcPid'),
      'process.uid': place('tgt.process.uid', 'tgtProcUid'),
      'process.file.path': place('tgt.process.image.path', 'tgtProcImagePath'),
      'process.file.hashes.md5': place('tgt.process.image.md5', 'tgtProcImageMd5'),
      'process.file.hashes.sha1': place('tgt.process.image.sha1', 'tgtProcImageSha1'),
      'process.file.hashes.sha256': place('tgt.process.image.sha256', 'tgtProcImageSha256'),
      'process.file.signature.state': signatureOf,
      'process.file.signature.signer': place('tgt.process.publisher', 'tgtProcPublisher'),
      'process.cmd_line': place('tgt.process.cmdline', 'tgtProcCmdLine'),
      'process.integrity': place('tgt.process.integrityLevel', 'tgtProcIntegrityLevel'),
      ...account('process.user', 'tgt.process.user', 'tgtProcUser'),
      'process.parent_process.pid': place('src.process.pid', 'srcProcPid'),
      'process.parent_process.uid': place('src.process.uid', 'srcProcUid'),
      'process.parent_process.file.path': place('src.process.image.path', 'srcProcImagePath'),
      'process.parent_process.cmd_line': place('src.process.cmdline', 'srcProcCmdLine'),
    },
    [classes.scheduledJob]: { 'job.name': place('task.name', 'taskName') },
    [classes.module]: {
      'module.file.path': place('module.path', 'modulePath'),
      'module.file.hashes.md5': place('module.md5', 'moduleMd5'),
      'module.file.hashes.sha1': place('module.sha1', 'moduleSha1'),
    },
    [classes.file]: {
      'file.path': place('tgt.file.path', 'tgtFilePath'),
      'file.hashes.md5': place('tgt.file.md5', 'tgtFileMd5'),
      'file.hashes.sha1': place('tgt.file.sha1', 'tgtFileSha1'),
      'file.hashes.sha256': place('tgt.file.sha256', 'tgtFileSha256'),
    },
    [classes.registryKey]: { 'reg_key.path': keyPath },
    [classes.registryValue]: {
      'reg_value.path': (row) => valueParts(row)[1],
      'reg_value.name': (row) => valueParts(row)[2],
      'reg_value.data': place('registry.value', 'registryValue'),
    },
  },
})
