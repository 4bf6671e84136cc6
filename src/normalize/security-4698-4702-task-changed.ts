/**
 * A task was created (4698), deleted (4699), enabled (4700), disabled (4701), updated (4702).
 * v0: SubjectUserSid, SubjectUserName, SubjectDomainName, SubjectLogonId, TaskName, TaskContent; 4702 names the last one
 * TaskContentNew. v1 adds ClientProcessStartKey, ClientProcessId, ParentProcessId, RpcCallClientLocality, FQDN.
 * Source: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4698 and the following pages;
 * the fields of v1 are from real records, Microsoft documents only v0.
 */
import type { WindowsRecord } from '../model/record.ts'
import { accountOf, logonIdOf, pidOf, sidOf, taskOf, wholeTextOf } from './fields.ts'
import { events, security } from './interest.ts'
import { type Normalizer, type Tools, unreadable } from './normalizer.ts'
import { type ChangeKind, taskChanged } from './task-changed.ts'

const changes: Readonly<
  Record<number, { readonly kind: ChangeKind; readonly by: '4698' | '4699' | '4700' | '4701' | '4702' }>
> = {
  4698: { kind: 'task-registered', by: '4698' },
  4699: { kind: 'task-deleted', by: '4699' },
  4700: { kind: 'task-enabled', by: '4700' },
  4701: { kind: 'task-disabled', by: '4701' },
  4702: { kind: 'task-updated', by: '4702' },
}

export const auditedTaskChange: Normalizer = {
  // biome-ignore lint/plugin: the ids are those above
  interests: events(security, ...Object.keys(changes).map(Number)),
  normalize(record, tools) {
    const change = changes[record.eventId]
    // an audited failure changed nothing
    if (!change || record.failed === true) return null
    const task = taskOf(record, 'TaskName')
    if (task === null) return unreadable(record, 'TaskName', "a task's name")
    const { definition, problem } = definitionIn(record, tools)
    return taskChanged(record, change.kind, {
      task,
      by: change.by,
      definition,
      definitionProblem: problem,
      statedAction: null,
      user: accountOf(record, 'SubjectDomainName', 'SubjectUserName'),
      userSid: sidOf(record, 'SubjectUserSid'),
      logonId: logonIdOf(record, 'SubjectLogonId'),
      clientPid: pidOf(record, 'ClientProcessId'),
      clientGuid: null,
      clientImage: null,
      clientParentPid: pidOf(record, 'ParentProcessId'),
      userContext: null,
      // the header's process is lsass, which says nothing about the scheduler
      servicePid: null,
    })
  },
}

/** A deletion and a switch most often come without content: that is no problem of reading. */
function definitionIn(record: WindowsRecord, { readDefinition }: Tools) {
  const xml = wholeTextOf(record, 'TaskContentNew') ?? wholeTextOf(record, 'TaskContent')
  if (xml !== null) return readDefinition(xml)
  const mustHave = record.eventId === 4698 || record.eventId === 4702
  return { definition: null, problem: mustHave ? 'the event has no TaskContent' : null }
}
