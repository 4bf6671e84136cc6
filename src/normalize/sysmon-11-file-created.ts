/**
 * A file was created or overwritten: ProcessGuid, ProcessId, Image, TargetFilename, CreationUtcTime (of the file).
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon (event 11)
 */

import { taskPath } from '../model/task-path.ts'
import { writtenIn } from './fields.ts'
import { head } from './head.ts'
import { condition, sysmon } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { nativeImage } from './sysmon-7-image-loaded.ts'
import { sysmonProcess } from './sysmon-process.ts'

const namesOneOfOurs = condition('TargetFilename', '\\Tasks\\', '.dll')

/** On a drive or device of this host, not on a share: the file of another host's task is not this host's. */
const local = String.raw`^(?:\\\\[?.]\\)?(?:[a-z]:|\\Device\\[^\\]+)\\`
/** One file for each task; SysWOW64 is where the writes of a 32-bit program end up. */
const definitionFile = new RegExp(String.raw`${local}Windows\\(?:System32|SysWOW64|Sysnative)\\Tasks\\(.*[^\\])$`, 'is')
/** Legacy .job files and what the old service keeps beside them. */
const legacyFile = new RegExp(String.raw`${local}Windows\\Tasks\\.*[^\\]$`, 'is')

export const fileCreated: Normalizer = {
  interests: [{ provider: sysmon, eventId: 11, where: namesOneOfOurs.where }],
  normalize(record) {
    const path = writtenIn(record, 'TargetFilename')
    const found = taskFile(path)
    if (found === null && !isLibrary(path)) return null
    const process = sysmonProcess(record)
    if (!process) return unreadable(record, 'ProcessGuid', "a process's GUID")
    return {
      ...head(record),
      kind: 'file-created',
      pid: process.pid,
      guid: process.guid,
      image: process.image,
      path,
      file: null,
      task: found?.task ?? null,
    }
  },
}

/** A library that a program may load, and none of those that .NET makes on the host itself. */
export const isLibrary = (path: string): boolean => /\.dll$/i.test(path) && !nativeImage.test(path)

/** What a path in a task folder is: the file of a task, or (task null) a legacy file; null for any other path. */
export function taskFile(path: string): { readonly task: string | null } | null {
  const name = definitionFile.exec(path)?.[1]
  if (name !== undefined) return { task: taskPath(name) }
  return legacyFile.test(path) ? { task: null } : null
}
