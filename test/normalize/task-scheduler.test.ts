import { describe, expect, test } from 'vitest'
import { fact, read, scheduler } from './fake-record.ts'

const InstanceId = '{FFBEDBA1-9858-4250-BEB7-F545AE86A0F5}'
const instance = '{ffbedba1-9858-4250-beb7-f545ae86a0f5}'
const TaskName = '\\T1053_005_OnLogon'

describe('changes', () => {
  test('106 names the principal, not the creator', () => {
    expect(fact('task-registered', scheduler(106, { TaskName, UserContext: 'S-1-5-18' }))).toMatchObject({
      task: TaskName,
      by: '106',
      definition: null,
      definitionProblem: null,
      user: null,
      userSid: null,
      userContext: 'S-1-5-18',
      servicePid: 1268,
    })
  })

  test('141 names who deleted it', () => {
    expect(fact('task-deleted', scheduler(141, { TaskName, UserName: 'RE-DEV\\yolo' }))).toMatchObject({
      user: 'RE-DEV\\yolo',
      userSid: null,
      userContext: null,
    })
    expect(fact('task-deleted', scheduler(141, { TaskName, UserName: 'S-1-5-18' }))).toMatchObject({
      user: null,
      userSid: 'S-1-5-18',
    })
  })

  test('140 updates, 142 disables', () => {
    expect(fact('task-updated', scheduler(140, { TaskName, UserName: 'RE-DEV\\yolo' })).userContext).toBe(
      'RE-DEV\\yolo',
    )
    expect(fact('task-disabled', scheduler(142, { TaskName, UserName: 'System' })).userContext).toBe('System')
  })
})

describe('runs', () => {
  test.each([
    [107, 'time'],
    [108, 'event'],
    [109, 'registration'],
    [110, 'user'],
    [114, 'time'],
    [117, 'idle'],
    [118, 'boot'],
    [119, 'logon'],
    [120, 'session'],
    [121, 'session'],
    [122, 'session'],
    [123, 'session'],
    [124, 'session'],
    [125, 'session'],
  ] as const)('%i: a run because of %s', (eventId, cause) => {
    expect(fact('task-triggered', scheduler(eventId, { TaskName, InstanceId }))).toMatchObject({
      cause,
      instance,
      user: null,
    })
  })

  test('who logged on or asked for the run is kept', () => {
    expect(fact('task-triggered', scheduler(119, { TaskName, InstanceId, UserName: 'EX\\bob' })).user).toBe('EX\\bob')
    expect(fact('task-triggered', scheduler(110, { TaskName, InstanceId, UserContext: 'yolo' })).user).toBe('yolo')
  })

  test('129 ties a task to a process, in decimal', () => {
    const created = scheduler(
      129,
      { TaskName, Path: 'cmd.exe', ProcessID: '6292', Priority: '16384' },
      { processId: 1360 },
    )
    expect(fact('task-process-created', created)).toMatchObject({
      task: TaskName,
      servicePid: 1360,
      pid: 6292,
      action: 'cmd.exe',
    })
  })

  test('129 whose process id a collector lost is counted', () => {
    expect(read(scheduler(129, { TaskName, Path: 'cmd.exe' }))).toMatchObject({
      kind: 'unreadable',
      reason: 'ProcessID is missing, expected a process id',
    })
  })

  test('200 knows the engine since Windows 10', () => {
    const seven = { TaskName, ActionName: 'cmd.exe', TaskInstanceId: InstanceId }
    expect(fact('task-action-started', scheduler(200, seven))).toMatchObject({
      action: 'cmd.exe',
      instance,
      enginePid: null,
    })
    expect(fact('task-action-started', scheduler(200, { ...seven, EnginePID: '6292' })).enginePid).toBe(6292)
  })

  test('201 has the exit code as an HRESULT, 203 never had a process', () => {
    const ended = {
      TaskName,
      TaskInstanceId: InstanceId,
      ActionName: 'cmd.exe',
      ResultCode: '2147942401',
      EnginePID: '6292',
    }
    expect(fact('task-action-completed', scheduler(201, ended))).toMatchObject({
      outcome: 'completed',
      result: 0x80070001,
      enginePid: 6292,
    })
    expect(fact('task-action-completed', scheduler(202, ended)).outcome).toBe('failed')
    expect(fact('task-action-completed', scheduler(203, ended)).outcome).toBe('not-started')
  })

  test('201 of Windows 7 has no result', () => {
    const seven = { TaskName, ActionName: 'cmd.exe', TaskInstanceId: InstanceId }
    expect(fact('task-action-completed', scheduler(201, seven)).result).toBeNull()
  })

  test.each([
    [101, 'failed'],
    [102, 'completed'],
    [103, 'failed'],
    [111, 'terminated'],
  ] as const)('%i: a run that %s', (eventId, outcome) => {
    const ended = scheduler(eventId, { TaskName, UserContext: 'x', InstanceId, ResultCode: '5' })
    expect(fact('task-run-ended', ended)).toMatchObject({ outcome, instance, result: 5 })
  })

  test('100 starts a run as somebody', () => {
    expect(
      fact('task-run-started', scheduler(100, { TaskName, UserContext: 'RE-DEV\\yolo', InstanceId })),
    ).toMatchObject({
      instance,
      user: 'RE-DEV\\yolo',
    })
  })
})
