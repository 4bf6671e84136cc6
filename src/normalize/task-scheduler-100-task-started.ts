/**
 * An instance of a task was started: TaskName, UserContext (the account that it runs as), InstanceId.
 * Source: manifest of Microsoft-Windows-TaskScheduler.
 */
import { guidOf, taskOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { events, taskScheduler } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

export const taskStarted: Normalizer = {
  interests: events(taskScheduler, 100),
  normalize(record) {
    const task = taskOf(record, 'TaskName')
    if (task === null) return unreadable(record, 'TaskName', "a task's name")
    return {
      ...head(record),
      kind: 'task-run-started',
      task,
      servicePid: record.processId,
      instance: guidOf(record, 'InstanceId'),
      user: textOf(record, 'UserContext'),
    }
  },
}
