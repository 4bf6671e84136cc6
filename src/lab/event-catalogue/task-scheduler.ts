import type { Fields } from '../evtx-writer/lab-event.ts'
import { guid, text, u32 } from '../evtx-writer/value.ts'
import { type CatalogueEvent, event, SYSTEM_SID, type Written } from './catalogue-event.ts'

// Microsoft-Windows-TaskScheduler/Operational as Windows 10 writes it, from the Schedule service's own process.
// Real records were at hand for all but 107, 108, 109, 117, 118 and 119, whose fields are the manifest's and whose EventData name is not known.

interface Form {
  readonly name: string | null
  readonly version?: number
  readonly opcode?: number
  /** 100 and 102 have a keyword of their own. */
  readonly keywords?: bigint
}
const START = 1
const STOP = 2
const RUN_KEYWORDS = 0x8000_0000_0000_0001n

function operational(eventId: number, form: Form, written: Written, fields: Fields): CatalogueEvent {
  const kind = {
    provider: 'Microsoft-Windows-TaskScheduler',
    providerGuid: '{de7b24ea-73c8-4a09-985d-5bdadcfa9017}',
    channel: 'Microsoft-Windows-TaskScheduler/Operational',
    eventId,
    version: form.version ?? 0,
    level: 4,
    task: eventId,
    opcode: form.opcode ?? 0,
    keywords: form.keywords ?? 0x8000_0000_0000_0000n,
    userSid: SYSTEM_SID,
    dataName: form.name,
  }
  return event(kind, written, fields)
}

/** Events of a run carry its instance also as ActivityID. */
const ofRun = (written: Written, instance: string): Written => ({ ...written, activityId: instance })

/** 106: a task was registered. `userContext` is most often the task's principal, not who registered it. */
export const taskRegistered = (written: Written, task: string, userContext: string) =>
  operational(106, { name: 'TaskRegisteredEvent' }, written, [
    ['TaskName', text(task)],
    ['UserContext', text(userContext)],
  ])

/** 140: a task was updated. */
export const taskUpdated = (written: Written, task: string, user: string) =>
  operational(140, { name: 'TaskUpdated' }, written, [
    ['TaskName', text(task)],
    ['UserName', text(user)],
  ])

/** 141: a task was deleted; here the user is who did it. */
export const taskDeleted = (written: Written, task: string, user: string) =>
  operational(141, { name: 'TaskDeleted' }, written, [
    ['TaskName', text(task)],
    ['UserName', text(user)],
  ])

/** 142: a task was disabled. */
export const taskDisabled = (written: Written, task: string, user: string) =>
  operational(142, { name: 'TaskDisabled' }, written, [
    ['TaskName', text(task)],
    ['UserName', text(user)],
  ])

const triggeredBy = (eventId: number) => (written: Written, task: string, instance: string) =>
  operational(eventId, { name: null }, ofRun(written, instance), [
    ['TaskName', text(task)],
    ['InstanceId', guid(instance)],
  ])

/** 107, 108, 109, 117 and 118: launched by a trigger of this kind. */
export const triggered = {
  time: triggeredBy(107),
  event: triggeredBy(108),
  registration: triggeredBy(109),
  idle: triggeredBy(117),
  boot: triggeredBy(118),
}

/** 119: launched by a logon. */
export const logonTriggered = (written: Written, task: string, user: string, instance: string) =>
  operational(119, { name: null }, ofRun(written, instance), [
    ['TaskName', text(task)],
    ['UserName', text(user)],
    ['InstanceId', guid(instance)],
  ])

/** 110: launched on demand. */
export const startedOnDemand = (written: Written, task: string, instance: string, user: string) =>
  operational(110, { name: 'TaskRunEvent' }, ofRun(written, instance), [
    ['TaskName', text(task)],
    ['InstanceId', guid(instance)],
    ['UserContext', text(user)],
  ])

/** 129: a process was created for a task. It has no ActivityID; `path` is the action as the task has it. */
export const processCreated = (written: Written, task: string, path: string, pid: number) =>
  operational(129, { name: 'CreatedTaskProcess' }, written, [
    ['TaskName', text(task)],
    ['Path', text(path)],
    ['ProcessID', u32(pid)],
    ['Priority', u32(16_384)],
  ])

/** 100: a run started. */
export const runStarted = (written: Written, task: string, userContext: string, instance: string) =>
  operational(100, { name: 'TaskStartEvent', opcode: START, keywords: RUN_KEYWORDS }, ofRun(written, instance), [
    ['TaskName', text(task)],
    ['UserContext', text(userContext)],
    ['InstanceId', guid(instance)],
  ])

/** 102: a run finished. */
export const runFinished = (written: Written, task: string, userContext: string, instance: string) =>
  operational(102, { name: 'TaskSuccessEvent', opcode: STOP, keywords: RUN_KEYWORDS }, ofRun(written, instance), [
    ['TaskName', text(task)],
    ['UserContext', text(userContext)],
    ['InstanceId', guid(instance)],
  ])

/** 200 v1: an action started. */
export const actionStarted = (written: Written, task: string, action: string, instance: string, enginePid: number) =>
  operational(200, { name: 'ActionStart', version: 1, opcode: START }, ofRun(written, instance), [
    ['TaskName', text(task)],
    ['ActionName', text(action)],
    ['TaskInstanceId', guid(instance)],
    ['EnginePID', u32(enginePid)],
  ])

/** 201 v2: an action completed, with the program's exit code. */
export const actionCompleted = (
  written: Written,
  task: string,
  { instance, action }: { readonly instance: string; readonly action: string },
  result: number,
  enginePid: number,
) =>
  operational(201, { name: 'ActionSuccess', version: 2, opcode: STOP }, ofRun(written, instance), [
    ['TaskName', text(task)],
    ['TaskInstanceId', guid(instance)],
    ['ActionName', text(action)],
    ['ResultCode', u32(result)],
    ['EnginePID', u32(enginePid)],
  ])
