/**
 * A process loaded a module: ProcessGuid, ProcessId, Image, ImageLoaded, Hashes, Signed, Signature, SignatureStatus; later versions add
 * User.
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon (event 7)
 */
import { textOf, writtenIn } from './fields.ts'
import { head } from './head.ts'
import { condition, sysmon } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sysmonFile } from './sysmon-file.ts'
import { sysmonProcess } from './sysmon-process.ts'

const namesTaskClient = condition('ImageLoaded', 'taskschd.dll')
const saysUnsigned = condition('Signed', 'false')

/** The COM library of Task Scheduler 2.0, wherever it lies. */
export const taskClient = /(?:^|\\)taskschd\.dll$/i

/** What .NET makes on the host itself, which nobody signs. */
export const nativeImage = /^[a-z]:\\windows\\assembly\\/i

export const imageLoaded: Normalizer = {
  interests: [namesTaskClient, saysUnsigned].map(({ where }) => ({ provider: sysmon, eventId: 7, where })),
  normalize(record) {
    const module = writtenIn(record, 'ImageLoaded')
    const file = sysmonFile(record)
    const isForeign = saysUnsigned.holds(record) && file?.signature === 'unsigned' && !nativeImage.test(module)
    if (!isForeign && !taskClient.test(module)) return null
    // A program is loaded as the first module of its process: the start of the process tells of it.
    if (module.toLowerCase() === record.field('Image')?.toLowerCase()) return null
    const process = sysmonProcess(record)
    if (!process) return unreadable(record, 'ProcessGuid', "a process's GUID")
    return {
      ...head(record),
      kind: 'module-loaded',
      pid: process.pid,
      guid: process.guid,
      image: process.image,
      file,
      module,
      user: textOf(record, 'User'),
    }
  },
}
