import type { FactHead, FactOf, TaskRegistered } from '../model/fact.ts'
import type { WindowsRecord } from '../model/record.ts'
import { head } from './head.ts'

export type ChangeKind = 'task-registered' | 'task-updated' | 'task-deleted' | 'task-enabled' | 'task-disabled'

type Change = Omit<TaskRegistered, keyof FactHead | 'kind'>

/** The one place that builds facts of a changed task: the audit log and the scheduler's own log have different fields. */
export function taskChanged(record: WindowsRecord, kind: ChangeKind, change: Change): FactOf<ChangeKind> {
  return {
    ...head(record),
    kind,
    task: change.task,
    by: change.by,
    definition: change.definition,
    definitionProblem: change.definitionProblem,
    statedAction: change.statedAction,
    user: change.user,
    userSid: change.userSid,
    logonId: change.logonId,
    clientPid: change.clientPid,
    clientGuid: change.clientGuid,
    clientImage: change.clientImage,
    clientParentPid: change.clientParentPid,
    userContext: change.userContext,
    servicePid: change.servicePid,
  }
}
