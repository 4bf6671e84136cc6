/**
 * Why an instance of a task was launched. TaskName and InstanceId: time (107), event (108), registration (109),
 * a missed schedule made up for (114), idle (117), boot (118). With UserName: logon (119), console connect and disconnect
 * (120, 121), remote connect and disconnect (122, 123), lock and unlock (124, 125). On demand (110): with UserContext.
 * Source: manifest of Microsoft-Windows-TaskScheduler.
 */
import type { StartedBy } from '../model/fact.ts'
import { guidOf, taskOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { events, taskScheduler } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

const causes: Readonly<Record<number, StartedBy>> = {
  107: 'time',
  108: 'event',
  109: 'registration',
  110: 'user',
  114: 'time',
  117: 'idle',
  118: 'boot',
  119: 'logon',
  120: 'session',
  121: 'session',
  122: 'session',
  123: 'session',
  124: 'session',
  125: 'session',
}

export const taskTriggered: Normalizer = {
  // biome-ignore lint/plugin: the ids are those above
  interests: events(taskScheduler, ...Object.keys(causes).map(Number)),
  normalize(record) {
    const task = taskOf(record, 'TaskName')
    if (task === null) return unreadable(record, 'TaskName', "a task's name")
    return {
      ...head(record),
      kind: 'task-triggered',
      task,
      servicePid: record.processId,
      instance: guidOf(record, 'InstanceId'),
      cause: causes[record.eventId] ?? 'unknown',
      user: textOf(record, 'UserName') ?? textOf(record, 'UserContext'),
    }
  },
}
