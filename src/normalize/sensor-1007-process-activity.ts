/**
 * A sensor saw a process start (activity_id 1) or end (2): process.pid, .uid, .file.path, .file.internal_name,
 * .file.hashes.*, .file.signature.*, .cmd_line, .working_directory, .integrity, .user.*, .session.uid, and the same of process.parent_process.
 * Defender DeviceProcessEvents, CrowdStrike ProcessRollup2 and EndOfProcess, Elastic Defend's process events.
 * Source: https://schema.ocsf.io/1.7.0/classes/process_activity; the sensors' own pages in src/sources/json/carriers.
 */
import { sensorClass } from '../model/sensor.ts'
import { askedBy } from './commands/index.ts'
import { numberOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { seenBy, sensorAccount, sensorEvents, sensorFile, sensorProcess } from './sensor-process.ts'

export const sensorProcessActivity: Normalizer = {
  interests: sensorEvents(sensorClass.process),
  normalize(record) {
    const activity = record.field('activity_id')
    if (activity !== '1' && activity !== '2') return null
    const process = sensorProcess(record, 'process')
    if (!process) return unreadable(record, 'process.uid', 'a process')
    if (activity === '2')
      return { ...head(record), kind: 'process-ended', ...process, exitCode: numberOf(record, 'exit_code') }
    const { image } = process
    if (image === null) return unreadable(record, 'process.file.path', 'a program')
    const parent = sensorProcess(record, 'process.parent_process')
    const originalFileName = textOf(record, 'process.file.internal_name')
    const commandLine = textOf(record, 'process.cmd_line')
    const account = sensorAccount(record, 'process')
    return {
      ...head(record),
      kind: 'process-started',
      by: seenBy(record),
      pid: process.pid,
      guid: process.guid,
      parentPid: parent?.pid ?? 0,
      parentGuid: parent?.guid ?? null,
      image,
      originalFileName,
      commandLine,
      currentDirectory: textOf(record, 'process.working_directory'),
      user: account.user,
      userSid: account.userSid,
      logonId: account.logonId,
      integrity: integrityOf(textOf(record, 'process.integrity')),
      parentImage: textOf(record, 'process.parent_process.file.path'),
      parentCommandLine: textOf(record, 'process.parent_process.cmd_line'),
      ...askedBy({ image, originalFileName, commandLine }),
      file: sensorFile(record, 'process.file'),
    }
  },
}

/** Source: https://learn.microsoft.com/windows/win32/secauthz/well-known-sids (mandatory labels, by their last number). */
const labels: Readonly<Record<string, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  system: 'System',
  '4096': 'Low',
  '8192': 'Medium',
  '8448': 'Medium',
  '12288': 'High',
  '16384': 'System',
}

const integrityOf = (written: string | null): string | null => labels[written?.toLowerCase() ?? ''] ?? null
