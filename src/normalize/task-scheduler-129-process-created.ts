/**
 * A process was created for a task: TaskName, Path (the action as written), ProcessID, Priority.
 * Source: manifest of Microsoft-Windows-TaskScheduler (since Windows 8).
 */
import { pidOf, taskOf, writtenIn } from './fields.ts'
import { head } from './head.ts'
import { events, taskScheduler } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

export const taskProcessCreated: Normalizer = {
  interests: events(taskScheduler, 129),
  normalize(record) {
    const task = taskOf(record, 'TaskName')
    if (task === null) return unreadable(record, 'TaskName', "a task's name")
    const pid = pidOf(record, 'ProcessID')
    if (pid === null) return unreadable(record, 'ProcessID', 'a process id')
    return {
      ...head(record),
      kind: 'task-process-created',
      task,
      servicePid: record.processId,
      pid,
      action: writtenIn(record, 'Path'),
    }
  },
}
