import type { Route } from '../model/chain.ts'
import type { CapabilityId, Visible } from '../model/coverage-report.ts'

/** Each part must be seen, by any one of its capabilities. */
type Needs = readonly (readonly CapabilityId[])[]

const change: readonly CapabilityId[] = ['task-registration', 'scheduling-command']
const run: readonly CapabilityId[] = ['run-start', 'run-action', 'process-creation']

/** What must be recorded for a change by this route to be told as one. */
export const routeNeeds: Readonly<Record<Exclude<Route, 'unknown'>, Needs>> = {
  schtasks: [change, ['scheduling-command']],
  at: [change, ['scheduling-command']],
  powershell: [
    ['task-registration', 'script-block', 'scheduling-command'],
    ['script-block', 'command-line'],
  ],
  com: [['task-registration'], ['com-client', 'client-process']],
  wmi: [['task-registration'], ['client-process', 'script-block', 'scheduling-command']],
  'remote-rpc': [['task-registration'], ['client-process', 'network-logon', 'pipe-access']],
  'task-file': [['task-file', 'kept-file']],
  registry: [['registry-write', 'kept-registry']],
  'group-policy': [['task-registration']],
}

/** What must be recorded for a test of Atomic Red Team to be seen: what it changes, and, where it runs within the test, what ran. */
export const testNeeds: Readonly<Record<string, { readonly name: string; readonly needs: Needs }>> = {
  'T1053.002-1': { name: 'At.exe Scheduled task', needs: [['scheduling-command', 'task-registration']] },
  'T1053.005-1': { name: 'Scheduled Task Startup Script', needs: [change] },
  'T1053.005-2': { name: 'Scheduled task Local', needs: [change, run] },
  'T1053.005-3': { name: 'Scheduled task Remote', needs: [['task-registration']] },
  'T1053.005-4': { name: 'Powershell Cmdlet Scheduled Task', needs: [['task-registration', 'script-block']] },
  'T1053.005-5': { name: 'Task Scheduler via VBA', needs: [['task-registration', 'com-client'], run] },
  'T1053.005-6': { name: 'WMI Invoke-CimMethod Scheduled Task', needs: [['task-registration', 'script-block']] },
  'T1053.005-7': { name: 'Scheduled Task Executing Base64 Encoded Commands From Registry', needs: [change] },
  'T1053.005-8': {
    name: 'Import XML Schedule Task with Hidden Attribute',
    needs: [['task-registration', 'script-block']],
  },
  'T1053.005-9': { name: 'PowerShell Modify A Scheduled Task', needs: [['task-modification', 'script-block']] },
  'T1053.005-10': {
    name: 'Scheduled Task ("Ghost Task") via Registry Key Manipulation',
    needs: [['registry-write', 'kept-registry']],
  },
  'T1053.005-11': {
    name: 'Scheduled Task Persistence via CompMgmt.msc',
    needs: [change, ['process-creation', 'run-start']],
  },
  'T1053.005-12': {
    name: 'Scheduled Task Persistence via Eventviewer.msc',
    needs: [change, ['process-creation', 'run-start']],
  },
}

/** `isSeen`: true or false where that is known of a capability, null where it is not. */
export function visibleBy(needs: Needs, isSeen: (capability: CapabilityId) => boolean | null): Visible {
  let all: Visible = 'seen'
  for (const part of needs) {
    const answers = part.map(isSeen)
    if (answers.includes(true)) continue
    if (!answers.includes(null)) return 'not-seen'
    all = 'unknown'
  }
  return all
}
