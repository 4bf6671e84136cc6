/**
 * A sensor saw a task registered (activity_id 1), updated (2), deleted (3), enabled (4) or disabled (5): job.name; job.definition, the
 * task's XML (no attribute of OCSF, but what Defender's TaskContent and CrowdStrike's TaskXml hold); job.cmd_line where there is
 * no definition; actor.process, .user and .session.
 * Defender DeviceEvents ScheduledTask…, CrowdStrike ScheduledTaskRegistered, …Modified, …Deleted.
 * Source: https://schema.ocsf.io/1.7.0/classes/scheduled_job_activity; the sensors' own pages in src/sources/json/carriers.
 */
import { imageName } from '../model/command-line.ts'
import type { WindowsRecord } from '../model/record.ts'
import { sensorClass } from '../model/sensor.ts'
import { SYSTEM } from '../model/windows/accounts.ts'
import { taskOf, textOf, wholeTextOf } from './fields.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { seenBy, sensorAccount, sensorEvents, sensorProcess } from './sensor-process.ts'
import { type ChangeKind, taskChanged } from './task-changed.ts'

const kinds: Readonly<Record<string, ChangeKind>> = {
  1: 'task-registered',
  2: 'task-updated',
  3: 'task-deleted',
  4: 'task-enabled',
  5: 'task-disabled',
}

export const sensorJobActivity: Normalizer = {
  interests: sensorEvents(sensorClass.scheduledJob),
  normalize(record, { readDefinition }) {
    const kind = kinds[record.field('activity_id') ?? '']
    if (kind === undefined) return null
    const task = taskOf(record, 'job.name')
    if (task === null) return unreadable(record, 'job.name', "a task's name")
    const xml = wholeTextOf(record, 'job.definition')
    const { definition, problem } = xml === null ? { definition: null, problem: null } : readDefinition(xml)
    const client = clientOf(record)
    return taskChanged(record, kind, {
      task,
      by: seenBy(record),
      definition,
      definitionProblem: problem,
      statedAction: textOf(record, 'job.cmd_line'),
      ...callerOf(record),
      clientPid: client?.pid || null,
      clientGuid: client?.guid ?? null,
      clientImage: client?.image ?? null,
      clientParentPid: null,
      userContext: null,
      servicePid: null,
    })
  },
}

/** The service's own svchost may be named as who did it; it tells nothing of who asked, nor does its account. */
const isService = (record: WindowsRecord) => imageName(record.field('actor.process.file.path') ?? '') === 'svchost.exe'

const clientOf = (record: WindowsRecord) => (isService(record) ? undefined : sensorProcess(record, 'actor.process'))

function callerOf(record: WindowsRecord) {
  const account = sensorAccount(record, 'actor')
  return isService(record) && account.userSid === SYSTEM ? { user: null, userSid: null, logonId: null } : account
}
