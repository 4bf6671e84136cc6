/**
 * A sensor saw a file created (activity_id 1), modified (3) or renamed to this path (5): file.path, .hashes.*, .signature.*, actor.process.
 * Defender DeviceFileEvents, Elastic Defend's file events.
 * Source: https://schema.ocsf.io/1.7.0/classes/file_activity; the sensors' own pages in src/sources/json/carriers.
 */

import { sensorClass } from '../model/sensor.ts'
import { writtenIn } from './fields.ts'
import { head } from './head.ts'
import { condition } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sensorEvents, sensorFile, sensorProcess } from './sensor-process.ts'
import { isLibrary, taskFile } from './sysmon-11-file-created.ts'

const namesOneOfOurs = condition('file.path', '\\Tasks\\', '.dll')

const written: ReadonlySet<string | undefined> = new Set(['1', '3', '5'])

export const sensorFileActivity: Normalizer = {
  interests: sensorEvents(sensorClass.file, namesOneOfOurs.where),
  normalize(record) {
    const path = writtenIn(record, 'file.path')
    const found = taskFile(path)
    if ((found === null && !isLibrary(path)) || !written.has(record.field('activity_id'))) return null
    const process = sensorProcess(record, 'actor.process')
    if (!process) return unreadable(record, 'actor.process.uid', 'a process')
    return {
      ...head(record),
      kind: 'file-created',
      ...process,
      path,
      file: sensorFile(record, 'file'),
      task: found?.task ?? null,
    }
  },
}
