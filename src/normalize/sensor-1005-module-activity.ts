/**
 * A sensor saw a module loaded (activity_id 1): module.file.path, .hashes.*, .signature.*, actor.process.
 * Defender DeviceImageLoadEvents, Elastic Defend's library events. Both choose which loads they report.
 * Source: https://schema.ocsf.io/1.7.0/classes/module_activity; the sensors' own pages in src/sources/json/carriers.
 */

import { sensorClass } from '../model/sensor.ts'
import { writtenIn } from './fields.ts'
import { head } from './head.ts'
import { condition } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sensorAccount, sensorEvents, sensorFile, sensorProcess } from './sensor-process.ts'
import { nativeImage, taskClient } from './sysmon-7-image-loaded.ts'

const namesTaskClient = condition('module.file.path', 'taskschd.dll')
/** The words that `signatureState` takes for no signature. */
const saysUnsigned = condition('module.file.signature.state', 'unsigned', 'false', 'nosignature')

export const sensorModuleActivity: Normalizer = {
  interests: [namesTaskClient, saysUnsigned].flatMap(({ where }) => sensorEvents(sensorClass.module, where)),
  normalize(record) {
    const module = writtenIn(record, 'module.file.path')
    const file = sensorFile(record, 'module.file')
    const isForeign = saysUnsigned.holds(record) && file?.signature === 'unsigned' && !nativeImage.test(module)
    if (record.field('activity_id') !== '1' || !(isForeign || taskClient.test(module))) return null
    const process = sensorProcess(record, 'actor.process')
    if (!process) return unreadable(record, 'actor.process.uid', 'a process')
    return {
      ...head(record),
      kind: 'module-loaded',
      ...process,
      module,
      file,
      user: sensorAccount(record, 'actor').user,
    }
  },
}
