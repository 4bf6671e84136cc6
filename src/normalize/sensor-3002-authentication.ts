/**
 * A sensor saw an account logged on (activity_id 1): logon_type_id, user.*, session.uid, src_endpoint.ip, .port, .hostname.
 * Defender DeviceLogonEvents, CrowdStrike UserLogon.
 * Source: https://schema.ocsf.io/1.7.0/classes/authentication; the sensors' own pages in src/sources/json/carriers.
 */
import { sensorClass } from '../model/sensor.ts'
import { accountOf, addressOf, logonIdOf, numberOf, portOf, sidOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sensorEvents } from './sensor-process.ts'

export const sensorAuthentication: Normalizer = {
  interests: sensorEvents(sensorClass.logon),
  normalize(record) {
    if (record.field('activity_id') !== '1') return null
    // Attempts, and logons at services and clouds, have no session on the host: nothing can be tied to them.
    const logonId = logonIdOf(record, 'session.uid')
    if (logonId === null) return null
    const logonType = numberOf(record, 'logon_type_id')
    if (logonType === null) return unreadable(record, 'logon_type_id', 'a logon type')
    return {
      ...head(record),
      kind: 'logged-on',
      logonType,
      logonId,
      linkedLogonId: null,
      user: accountOf(record, 'user.domain', 'user.name'),
      userSid: sidOf(record, 'user.uid'),
      address: addressOf(record, 'src_endpoint.ip'),
      port: portOf(record, 'src_endpoint.port'),
      workstation: textOf(record, 'src_endpoint.hostname'),
    }
  },
}
