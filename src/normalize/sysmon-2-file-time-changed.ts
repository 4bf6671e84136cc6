/**
 * A process changed a file's creation time: ProcessGuid, ProcessId, Image, TargetFilename, CreationUtcTime,
 * PreviousCreationUtcTime. The times are UTC and stay as written.
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon (event 2)
 */
import { textOf } from './fields.ts'
import { head } from './head.ts'
import { events, sysmon } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sysmonProcess } from './sysmon-process.ts'

export const fileTimeChanged: Normalizer = {
  interests: events(sysmon, 2),
  normalize(record) {
    const process = sysmonProcess(record)
    if (!process) return unreadable(record, 'ProcessGuid', "a process's GUID")
    const path = textOf(record, 'TargetFilename')
    if (path === null) return unreadable(record, 'TargetFilename', 'a file')
    return {
      ...head(record),
      kind: 'file-time-changed',
      pid: process.pid,
      guid: process.guid,
      image: process.image,
      path,
      created: textOf(record, 'CreationUtcTime'),
      previouslyCreated: textOf(record, 'PreviousCreationUtcTime'),
    }
  },
}
