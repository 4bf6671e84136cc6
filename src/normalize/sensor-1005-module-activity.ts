/**
 * A sensor saw a module loaded (activity_id 1): module.file.path, .hashes.*, .signature.*, actor.process.
 * Defender DeviceImageLoadEvents, Elastic Defend's library events. Both choose which loads they report.
 * Source: https://schema.ocsf.io/1.7.0/classes/module_activity; the sensors' own pages in src/sources/json/carriers.
 */
import { sensorClass } from '../model/sensor.ts'
import { head } from './head.ts'
import { condition } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sensorAccount, sensorEvents, sensorFile, sensorProcess } from './sensor-process.ts'
import { taskClient } from './sysmon-7-image-loaded.ts'

const namesTaskClient = condition('module.file.path', 'taskschd.dll')

export const sensorModuleActivity: Normalizer = {
  interests: sensorEvents(sensorClass.module, namesTaskClient.where),
  normalize(record) {
    const module = record.field('module.file.path') ?? ''
    if (record.field('activity_id') !== '1' || !taskClient.test(module)) return null
    const process = sensorProcess(record, 'actor.process')
    if (!process) return unreadable(record, 'actor.process.uid', 'a process')
    const file = sensorFile(record, 'module.file')
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
