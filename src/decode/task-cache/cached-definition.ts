import { defaultSettings, emptyDefinition, type TaskDefinition } from '../../model/definition.ts'
import type { TaskKey } from './task-key.ts'
import type { JobBucket } from './triggers/job-bucket.ts'

/**
 * The definition that TaskCache keeps of a task: what the service goes by. Null where its actions or its triggers are not all understood.
 * Settings that only the file has are the schema's defaults.
 */
export function cachedDefinition(task: TaskKey | null): TaskDefinition | null {
  const { actions = null, triggers = null } = task ?? {}
  if (!task || !actions || !triggers?.bucket || actions.unread || triggers.unread) return null
  const { uri, author, date, description, documentation, source, version, securityDescriptor } = task
  return {
    ...emptyDefinition,
    version: task.schema,
    registrationInfo: { uri, author, date, description, documentation, source, version, securityDescriptor },
    triggers: triggers.triggers,
    principals: [triggers.bucket.principal],
    settings: settingsOf(triggers.bucket),
    actionsContext: triggers.bucket.principal.id,
    actions: actions.actions,
    data: task.data,
  }
}

function settingsOf({ settings, optional }: JobBucket): TaskDefinition['settings'] {
  const { restartOnIdle, stopOnIdleEnd, ...own } = settings
  const { idleSettings } = defaultSettings
  return {
    ...defaultSettings,
    ...own,
    idleSettings: {
      duration: optional?.idleDuration ?? idleSettings.duration,
      waitTimeout: optional?.idleWaitTimeout ?? idleSettings.waitTimeout,
      restartOnIdle,
      stopOnIdleEnd,
    },
    executionTimeLimit: optional?.executionTimeLimit ?? defaultSettings.executionTimeLimit,
    deleteExpiredTaskAfter: optional?.deleteExpiredTaskAfter ?? null,
    priority: optional?.priority ?? defaultSettings.priority,
    restartOnFailure: optional?.restartOnFailure ?? null,
  }
}
