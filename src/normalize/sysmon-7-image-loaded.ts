/**
 * A process loaded a module: ProcessGuid, ProcessId, Image, ImageLoaded, Hashes, Signed, Signature, SignatureStatus; later versions add
 * User.
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon (event 7)
 */
import { textOf } from './fields.ts'
import { head } from './head.ts'
import { condition, sysmon } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sysmonFile } from './sysmon-file.ts'
import { sysmonProcess } from './sysmon-process.ts'

const namesTaskClient = condition('ImageLoaded', 'taskschd.dll')

/** The COM library of Task Scheduler 2.0, wherever it lies. */
export const taskClient = /(?:^|\\)taskschd\.dll$/i

export const imageLoaded: Normalizer = {
  interests: [{ provider: sysmon, eventId: 7, where: namesTaskClient.where }],
  normalize(record) {
    const module = record.field('ImageLoaded') ?? ''
    if (!taskClient.test(module)) return null
    const process = sysmonProcess(record)
    if (!process) return unreadable(record, 'ProcessGuid', "a process's GUID")
    return {
      ...head(record),
      kind: 'module-loaded',
      pid: process.pid,
      guid: process.guid,
      image: process.image,
      file: sysmonFile(record),
      module,
      user: textOf(record, 'User'),
    }
  },
}
