import { type FileIdentity, fileIdentity } from '../model/file-identity.ts'
import type { Interest, WindowsRecord } from '../model/record.ts'
import { type Sensor, type SensorClass, sensorOf, sensors } from '../model/sensor.ts'
import { sidOfSession } from '../model/windows/accounts.ts'
import { accountOf, logonIdOf, pidOf, sidOf, textOf } from './fields.ts'

/** A class of event, of whichever sensor. */
export function sensorEvents(uid: SensorClass, where?: NonNullable<Interest['where']>): Interest[] {
  return Object.values(sensors).map((provider) => ({ provider, eventId: uid, ...(where ? { where } : {}) }))
}

/** The sensor that saw the event; its records have no other provider. */
export const seenBy = (record: WindowsRecord): Sensor => sensorOf(record.provider) ?? 'ocsf'

/**
 * A process as a sensor tells it. What identifies it over the host's life becomes its GUID, with the sensor's name before it: ids of
 * two sensors are never the same. Undefined when neither that nor a process id can be read.
 */
export function sensorProcess(record: WindowsRecord, at: 'process' | 'process.parent_process' | 'actor.process') {
  const uid = textOf(record, `${at}.uid`)
  const pid = pidOf(record, `${at}.pid`) || null
  if (uid === null && pid === null) return undefined
  return {
    pid: pid ?? 0,
    guid: uid === null ? null : `${seenBy(record)}:${uid.toLowerCase()}`,
    image: textOf(record, `${at}.file.path`),
  }
}

/** What a sensor says of a file's content: `.hashes.md5` and so on (a list in OCSF), `.signature.state` and `.signature.signer`. */
export const sensorFile = (record: WindowsRecord, at: 'process.file' | 'module.file' | 'file'): FileIdentity | null =>
  fileIdentity({
    md5: textOf(record, `${at}.hashes.md5`),
    sha1: textOf(record, `${at}.hashes.sha1`),
    sha256: textOf(record, `${at}.hashes.sha256`),
    importHash: textOf(record, `${at}.hashes.imphash`),
    signature: textOf(record, `${at}.signature.state`),
    signer: textOf(record, `${at}.signature.signer`),
  })

/** An account and its logon session. */
export function sensorAccount(record: WindowsRecord, at: 'process' | 'actor') {
  const logonId = logonIdOf(record, `${at}.session.uid`)
  return {
    user: accountOf(record, `${at}.user.domain`, `${at}.user.name`),
    userSid: sidOf(record, `${at}.user.uid`) ?? sidOfSession(logonId),
    logonId,
  }
}
