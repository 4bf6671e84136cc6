import { defaultSettings, instancesPolicies, type TaskSettings } from '../../model/definition.ts'
import { child, count, flag, oneOf, text } from './child.ts'
import type { Element } from './element.ts'

/** `<Settings>`, with the schema's default for what is not said; undefined when there is no such element. */
export function settingsOf(settings: Element | undefined): TaskSettings {
  if (!settings) return defaultSettings
  const unsaid = defaultSettings
  const idle = child(settings, 'IdleSettings')
  return {
    allowStartOnDemand: flag(settings, 'AllowStartOnDemand', unsaid.allowStartOnDemand),
    restartOnFailure: restartOf(child(settings, 'RestartOnFailure')),
    multipleInstancesPolicy:
      oneOf(instancesPolicies, text(settings, 'MultipleInstancesPolicy')) ?? unsaid.multipleInstancesPolicy,
    disallowStartIfOnBatteries: flag(settings, 'DisallowStartIfOnBatteries', unsaid.disallowStartIfOnBatteries),
    stopIfGoingOnBatteries: flag(settings, 'StopIfGoingOnBatteries', unsaid.stopIfGoingOnBatteries),
    allowHardTerminate: flag(settings, 'AllowHardTerminate', unsaid.allowHardTerminate),
    startWhenAvailable: flag(settings, 'StartWhenAvailable', unsaid.startWhenAvailable),
    networkProfileName: text(settings, 'NetworkProfileName'),
    runOnlyIfNetworkAvailable: flag(settings, 'RunOnlyIfNetworkAvailable', unsaid.runOnlyIfNetworkAvailable),
    wakeToRun: flag(settings, 'WakeToRun', unsaid.wakeToRun),
    enabled: flag(settings, 'Enabled', unsaid.enabled),
    hidden: flag(settings, 'Hidden', unsaid.hidden),
    deleteExpiredTaskAfter: text(settings, 'DeleteExpiredTaskAfter'),
    idleSettings: {
      duration: text(idle, 'Duration') ?? unsaid.idleSettings.duration,
      waitTimeout: text(idle, 'WaitTimeout') ?? unsaid.idleSettings.waitTimeout,
      stopOnIdleEnd: flag(idle, 'StopOnIdleEnd', unsaid.idleSettings.stopOnIdleEnd),
      restartOnIdle: flag(idle, 'RestartOnIdle', unsaid.idleSettings.restartOnIdle),
    },
    networkSettings: networkOf(child(settings, 'NetworkSettings')),
    executionTimeLimit: text(settings, 'ExecutionTimeLimit') ?? unsaid.executionTimeLimit,
    priority: count(settings, 'Priority', unsaid.priority, 0, 10),
    runOnlyIfIdle: flag(settings, 'RunOnlyIfIdle', unsaid.runOnlyIfIdle),
    useUnifiedSchedulingEngine: flag(settings, 'UseUnifiedSchedulingEngine', unsaid.useUnifiedSchedulingEngine),
    disallowStartOnRemoteAppSession: flag(
      settings,
      'DisallowStartOnRemoteAppSession',
      unsaid.disallowStartOnRemoteAppSession,
    ),
    maintenanceSettings: maintenanceOf(child(settings, 'MaintenanceSettings')),
    volatile: flag(settings, 'Volatile', unsaid.volatile),
  }
}

function restartOf(restart: Element | undefined): TaskSettings['restartOnFailure'] {
  const interval = text(restart, 'Interval')
  return interval === null ? null : { interval, count: count(restart, 'Count', 1) }
}

function networkOf(network: Element | undefined): TaskSettings['networkSettings'] {
  const [name, id] = [text(network, 'Name'), text(network, 'Id')]
  return name === null && id === null ? null : { name, id }
}

function maintenanceOf(maintenance: Element | undefined): TaskSettings['maintenanceSettings'] {
  const period = text(maintenance, 'Period')
  if (period === null) return null
  return { period, deadline: text(maintenance, 'Deadline'), exclusive: flag(maintenance, 'Exclusive', false) }
}
