/**
 * A run is over: it finished (102: TaskName, UserContext, InstanceId), was terminated (111: TaskName, InstanceId), or did
 * not start (101: TaskName, UserContext, ResultCode; 103: TaskName, InstanceId, UserContext, ResultCode).
 * Source: manifest of Microsoft-Windows-TaskScheduler.
 */
import type { TaskRunEnded } from '../model/fact.ts'
import { guidOf, numberOf, taskOf } from './fields.ts'
import { head } from './head.ts'
import { events, taskScheduler } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

const outcomes: Readonly<Record<number, TaskRunEnded['outcome']>> = {
  101: 'failed',
  102: 'completed',
  103: 'failed',
  111: 'terminated',
}

export const taskEnded: Normalizer = {
  // biome-ignore lint/plugin: the ids are those above
  interests: events(taskScheduler, ...Object.keys(outcomes).map(Number)),
  normalize(record) {
    const task = taskOf(record, 'TaskName')
    if (task === null) return unreadable(record, 'TaskName', "a task's name")
    return {
      ...head(record),
      kind: 'task-run-ended',
      task,
      servicePid: record.processId,
      instance: guidOf(record, 'InstanceId'),
      outcome: outcomes[record.eventId] ?? 'failed',
      result: numberOf(record, 'ResultCode'),
    }
  },
}
