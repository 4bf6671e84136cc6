import { emptyDefinition, type TaskDefinition } from '../model/definition.ts'
import type {
  FactHead,
  ProcessEnded,
  ProcessStarted,
  TaskActionStarted,
  TaskProcessCreated,
  TaskRegistered,
  TaskRunStarted,
} from '../model/fact.ts'

// Facts made to order, for tests of what works on facts: each says what the test is about, and else as little as it can.

/** When their stories begin. */
export const storyBegins = Date.UTC(2024, 4, 1, 12)

const schedulerLog = 'Microsoft-Windows-TaskScheduler/Operational'

/** A task that runs this program. */
export const definitionOf = (command: string, args: string | null = null): TaskDefinition => ({
  ...emptyDefinition,
  actions: [{ kind: 'exec', id: null, command, arguments: args, workingDirectory: null, hideAppWindow: false }],
})

/** What an audit event of a task says when it says no more than the user and the session. */
export const changedByAnn = {
  definition: null,
  definitionProblem: null,
  statedAction: null,
  user: 'EX\\ann',
  userSid: 'S-1-5-21-1-2-3-1001',
  logonId: '0x5000',
  clientPid: null,
  clientGuid: null,
  clientImage: null,
  clientParentPid: null,
  userContext: null,
  servicePid: null,
} as const

/** What a child of the Schedule service says of its parent, as from Windows 10 1703 on. */
export const underScheduler = {
  parentImage: 'C:\\Windows\\System32\\svchost.exe',
  parentCommandLine: 'svchost.exe -k netsvcs -p -s Schedule',
} as const

/** Makes facts of one host, their record ids in the order in which they are made. Times are milliseconds after the beginning. */
export function factMaker(host = 'ws1', begins = storyBegins) {
  let recordId = 0
  const head = (ms: number, channel = 'Security', eventId = 0): FactHead => {
    recordId++
    return { time: begins + ms, ticks: 0, source: 0, channel, eventId, recordId, position: recordId * 1000, host }
  }
  return {
    head,
    started: (ms: number, fields: Partial<ProcessStarted> & { pid: number; image: string }): ProcessStarted => ({
      ...head(ms, 'Security', 4688),
      kind: 'process-started',
      by: '4688',
      guid: null,
      parentPid: 4,
      parentGuid: null,
      originalFileName: null,
      commandLine: fields.image,
      currentDirectory: null,
      user: null,
      userSid: null,
      logonId: null,
      integrity: null,
      parentImage: null,
      parentCommandLine: null,
      command: null,
      moreCommands: null,
      file: null,
      ...fields,
    }),
    ended: (ms: number, pid: number, image: string | null = null, exitCode: number | null = null): ProcessEnded => ({
      ...head(ms, 'Security', 4689),
      kind: 'process-ended',
      ...{ pid, guid: null, image, exitCode },
    }),
    registered: (ms: number, task: string, fields: Partial<TaskRegistered> = {}): TaskRegistered => ({
      ...head(ms, 'Security', 4698),
      ...changedByAnn,
      kind: 'task-registered',
      by: '4698',
      task,
      ...fields,
    }),
    /** 100, and 200 as before Windows 10: without the id of the process. */
    began: (ms: number, task: string, servicePid = 900): TaskRunStarted => ({
      ...head(ms, schedulerLog, 100),
      kind: 'task-run-started',
      task,
      servicePid,
      instance: `{${task}}`,
      user: null,
    }),
    acted: (ms: number, task: string, action: string, servicePid = 900): TaskActionStarted => ({
      ...head(ms, schedulerLog, 200),
      kind: 'task-action-started',
      task,
      servicePid,
      instance: `{${task}}`,
      action,
      enginePid: null,
    }),
    launched: (ms: number, task: string, pid: number, action: string, servicePid = 900): TaskProcessCreated => ({
      ...head(ms, schedulerLog, 129),
      kind: 'task-process-created',
      task,
      servicePid,
      pid,
      action,
    }),
  }
}
