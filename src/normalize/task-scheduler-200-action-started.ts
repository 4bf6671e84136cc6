/**
 * An action was started: TaskName, ActionName, TaskInstanceId; since Windows 10 (v1) EnginePID. ActionName is the path of
 * a program as written, or the friendly name of a COM class.
 * Source: manifest of Microsoft-Windows-TaskScheduler.
 */
import { guidOf, pidOf, taskOf, writtenIn } from './fields.ts'
import { head } from './head.ts'
import { events, taskScheduler } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

export const actionStarted: Normalizer = {
  interests: events(taskScheduler, 200),
  normalize(record) {
    const task = taskOf(record, 'TaskName')
    if (task === null) return unreadable(record, 'TaskName', "a task's name")
    return {
      ...head(record),
      kind: 'task-action-started',
      task,
      servicePid: record.processId,
      instance: guidOf(record, 'TaskInstanceId'),
      action: writtenIn(record, 'ActionName'),
      enginePid: pidOf(record, 'EnginePID'),
    }
  },
}
