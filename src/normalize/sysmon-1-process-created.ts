/**
 * A process was created: UtcTime, ProcessGuid, ProcessId, Image, CommandLine, CurrentDirectory, User, LogonGuid, LogonId,
 * TerminalSessionId, IntegrityLevel, Hashes, ParentProcessGuid, ParentProcessId, ParentImage, ParentCommandLine; later
 * versions add RuleName, FileVersion, Description, Product, Company, OriginalFileName (since 10.41), ParentUser (since 13.30).
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon (event 1) and real records.
 */

import { sidOfSession } from '../model/windows/accounts.ts'
import { askedBy } from './commands/index.ts'
import { logonIdOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { events, sysmon } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sysmonFile } from './sysmon-file.ts'
import { sysmonProcess, sysmonText } from './sysmon-process.ts'

export const sysmonProcessCreated: Normalizer = {
  interests: events(sysmon, 1),
  normalize(record) {
    const process = sysmonProcess(record)
    if (!process) return unreadable(record, 'ProcessGuid', "a process's GUID")
    const { image } = process
    if (image === null) return unreadable(record, 'Image', 'a program')
    const parent = sysmonProcess(record, 'Parent')
    const originalFileName = originalNameOf(textOf(record, 'OriginalFileName'))
    const commandLine = sysmonText(record, 'CommandLine')
    const logonId = logonIdOf(record, 'LogonId')
    return {
      ...head(record),
      kind: 'process-started',
      by: 'sysmon-1',
      pid: process.pid,
      guid: process.guid,
      parentPid: parent?.pid ?? 0,
      parentGuid: parent?.guid ?? null,
      image,
      originalFileName,
      commandLine,
      currentDirectory: textOf(record, 'CurrentDirectory'),
      user: textOf(record, 'User'),
      userSid: sidOfSession(logonId),
      logonId,
      integrity: textOf(record, 'IntegrityLevel'),
      parentImage: textOf(record, 'ParentImage'),
      parentCommandLine: sysmonText(record, 'ParentCommandLine'),
      ...askedBy({ image, originalFileName, commandLine }),
      file: sysmonFile(record),
    }
  },
}

/** Older versions write "?" where a program has no version resource. */
function originalNameOf(name: string | null): string | null {
  return name === '?' ? null : name
}
