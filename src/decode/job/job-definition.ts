import { emptyDefinition, type TaskDefinition, type Trigger, type TriggerBase } from '../../model/definition.ts'
import type { JobFile, JobTrigger } from './job-file.ts'

/**
 * What a .job file says in the words of the Task Scheduler schema, as the service itself carries old tasks over. Who it runs as is not in
 * the file. Times are local.
 * Source: [MS-TSCH] 2.4 and 2.5; https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-1-0-and-2-0
 */
export function jobDefinition(job: JobFile): TaskDefinition {
  const { settings } = job
  return {
    ...emptyDefinition,
    registrationInfo: { ...emptyDefinition.registrationInfo, author: job.author, description: job.comment },
    triggers: job.triggers.map(triggerOf),
    settings: {
      ...emptyDefinition.settings,
      enabled: !settings.disabled,
      hidden: settings.hidden,
      runOnlyIfIdle: settings.startOnlyIfIdle,
      deleteExpiredTaskAfter: settings.deleteWhenDone ? 'PT0S' : null,
      restartOnFailure:
        job.errorRetryCount > 0 ? { interval: minutes(job.errorRetryMinutes), count: job.errorRetryCount } : null,
      executionTimeLimit: job.maximumRunTimeMs === null ? 'PT0S' : `PT${Math.round(job.maximumRunTimeMs / 1000)}S`,
    },
    actions: [
      {
        kind: 'exec',
        id: null,
        command: job.applicationName ?? '',
        arguments: job.parameters,
        workingDirectory: job.workingDirectory,
        hideAppWindow: false,
      },
    ],
  }
}

const minutes = (count: number): string => `PT${count}M`

function triggerOf(trigger: JobTrigger): Trigger {
  const base = {
    id: null,
    enabled: trigger.enabled,
    startBoundary: `${trigger.start}:00`,
    // the last day counts
    endBoundary: trigger.endDate === null ? null : `${trigger.endDate}T23:59:59`,
    repetition:
      trigger.intervalMinutes === 0
        ? null
        : {
            interval: minutes(trigger.intervalMinutes),
            duration: trigger.durationMinutes === 0 ? null : minutes(trigger.durationMinutes),
            stopAtDurationEnd: trigger.killAtDurationEnd,
          },
    executionTimeLimit: null,
  } satisfies Omit<TriggerBase, 'kind'>
  switch (trigger.kind) {
    case 'once':
      return { ...base, kind: 'time', randomDelay: null }
    case 'boot':
      return { ...base, kind: 'boot', delay: null }
    case 'logon':
      return { ...base, kind: 'logon', userId: null, delay: null }
    case 'idle':
      return { ...base, kind: 'idle' }
    default:
      return { ...base, kind: 'calendar', randomDelay: null, schedule: trigger.schedule }
  }
}
