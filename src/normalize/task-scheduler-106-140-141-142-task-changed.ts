/**
 * A task was registered (106: TaskName, UserContext), updated (140), deleted (141), disabled (142; TaskName, UserName).
 * Enabling has no event of its own here. The user is the actor only for 141; the others name the task's principal as a rule.
 * Source: manifest of Microsoft-Windows-TaskScheduler; the meaning of the user from real records.
 */
import { sidOf, taskOf, textOf } from './fields.ts'
import { events, taskScheduler } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { type ChangeKind, taskChanged } from './task-changed.ts'

const changes: Readonly<Record<number, { readonly kind: ChangeKind; readonly by: '106' | '140' | '141' | '142' }>> = {
  106: { kind: 'task-registered', by: '106' },
  140: { kind: 'task-updated', by: '140' },
  141: { kind: 'task-deleted', by: '141' },
  142: { kind: 'task-disabled', by: '142' },
}

export const loggedTaskChange: Normalizer = {
  // biome-ignore lint/plugin: the ids are those above
  interests: events(taskScheduler, ...Object.keys(changes).map(Number)),
  normalize(record) {
    const change = changes[record.eventId]
    if (!change) return null
    const task = taskOf(record, 'TaskName')
    if (task === null) return unreadable(record, 'TaskName', "a task's name")
    const isActor = change.by === '141'
    const field = change.by === '106' ? 'UserContext' : 'UserName'
    const named = textOf(record, field)
    const sid = sidOf(record, field)
    return taskChanged(record, change.kind, {
      task,
      by: change.by,
      definition: null,
      definitionProblem: null,
      statedAction: null,
      user: isActor && sid === null ? named : null,
      userSid: isActor ? sid : null,
      logonId: null,
      clientPid: null,
      clientGuid: null,
      clientImage: null,
      clientParentPid: null,
      userContext: isActor ? null : named,
      servicePid: record.processId,
    })
  },
}
