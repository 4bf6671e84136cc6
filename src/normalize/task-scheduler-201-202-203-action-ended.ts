/**
 * An action completed (201), failed (202) or could not be started (203): TaskName, TaskInstanceId, ActionName,
 * ResultCode; the latest versions of 201 and 202 add EnginePID. 201 v0 has its fields in another order and no ResultCode.
 * Source: manifest of Microsoft-Windows-TaskScheduler.
 */
import type { TaskActionCompleted } from '../model/fact.ts'
import { guidOf, numberOf, pidOf, taskOf, writtenIn } from './fields.ts'
import { head } from './head.ts'
import { events, taskScheduler } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

const outcomes: Readonly<Record<number, TaskActionCompleted['outcome']>> = {
  201: 'completed',
  202: 'failed',
  203: 'not-started',
}

export const actionEnded: Normalizer = {
  // biome-ignore lint/plugin: the ids are those above
  interests: events(taskScheduler, ...Object.keys(outcomes).map(Number)),
  normalize(record) {
    const task = taskOf(record, 'TaskName')
    if (task === null) return unreadable(record, 'TaskName', "a task's name")
    return {
      ...head(record),
      kind: 'task-action-completed',
      task,
      servicePid: record.processId,
      instance: guidOf(record, 'TaskInstanceId'),
      action: writtenIn(record, 'ActionName'),
      outcome: outcomes[record.eventId] ?? 'failed',
      result: numberOf(record, 'ResultCode'),
      enginePid: pidOf(record, 'EnginePID'),
    }
  },
}
