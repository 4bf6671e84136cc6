import { describe, expect, test } from 'vitest'
import { changedByAnn, factMaker } from '../../lab/made-facts.ts'
import type { Fact, PolicyApplied, TaskUpdated } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'

const SYSTEM = 'S-1-5-18'
const { head, started } = factMaker()

/** The process in which the policy client and the Task Scheduler lived before Windows 10 1703. */
const netsvcs = started(0, {
  pid: 900,
  image: 'C:\\Windows\\System32\\svchost.exe',
  commandLine: 'C:\\Windows\\system32\\svchost.exe -k netsvcs',
  userSid: SYSTEM,
  logonId: '0x3e7',
})

const policy = (ms: number, phase: PolicyApplied['phase'], userSid = SYSTEM): PolicyApplied => ({
  ...head(ms, 'Microsoft-Windows-GroupPolicy/Operational', phase === 'begun' ? 4016 : 5016),
  kind: 'policy-applied',
  phase,
  pid: 900,
  userSid,
})

const updated = (ms: number, fields: Partial<TaskUpdated> = {}): TaskUpdated => ({
  ...head(ms, 'Security', 4702),
  ...changedByAnn,
  kind: 'task-updated',
  by: '4702',
  task: '\\Inventory',
  user: 'EX\\WS1$',
  userSid: SYSTEM,
  logonId: '0x3e7',
  ...fields,
})

function changeOf(facts: readonly Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of [netsvcs, ...facts]) machine.add(fact)
  const chain = machine.chains().find(({ taskPath }) => taskPath === '\\Inventory')
  return { ...chain?.change, evidence: chain?.evidence.map(({ eventId }) => eventId) }
}

describe('a task that is changed while the policy client applies scheduled tasks', () => {
  const route = (...facts: Fact[]) => changeOf(facts).route

  test('was changed by policy, where nothing else tells the services of one process apart', () => {
    const change = changeOf([policy(1000, 'begun'), updated(1020), policy(1060, 'ended')])
    expect(change).toMatchObject({ route: 'group-policy', confidence: 'strong', actor: { process: { pid: 900 } } })
    expect(change.because).toBe(
      'The policy client (pid 900) was applying scheduled tasks at that moment for the account that made the change, and nothing else is seen to have made it.',
    )
    expect(change.evidence).toEqual([4688, 4016, 4702])
  })

  test('was so for certain when the audit log names that process', () => {
    const change = changeOf([policy(1000, 'begun'), updated(1020, { clientPid: 900 }), policy(1060, 'ended')])
    expect(change).toMatchObject({ route: 'group-policy', confidence: 'certain' })
  })

  test('was so by time alone, and weakly, where no log says who made it', () => {
    const logged = { ...updated(1020), ...head(1020, 'Microsoft-Windows-TaskScheduler/Operational', 140) }
    const change = changeOf([policy(1000, 'begun'), { ...logged, by: '140', user: null, userSid: null, logonId: null }])
    expect(change).toMatchObject({ route: 'group-policy', confidence: 'weak' })
  })

  test('was not when the log names another process, or when the client had ended or had begun long before', () => {
    const other = started(500, { pid: 77, image: 'C:\\x.exe', commandLine: 'x.exe' })
    expect(route(other, policy(1000, 'begun'), updated(1020, { clientPid: 77 }))).toBe('com')
    expect(route(policy(1000, 'begun'), updated(1020, { clientPid: 78 }))).toBe('unknown')
    expect(route(policy(1000, 'begun'), policy(1060, 'ended'), updated(9000))).toBe('unknown')
    expect(route(policy(1000, 'begun'), updated(400_000))).toBe('unknown')
    expect(route(updated(900), policy(1000, 'begun'))).toBe('unknown')
  })

  test('was not when another account made the change: the user’s policy is applied as the user', () => {
    const ann = { user: 'EX\\ann', userSid: 'S-1-5-21-1-2-3-1001', logonId: '0x5000' }
    expect(route(policy(1000, 'begun'), updated(1020, ann))).toBe('unknown')
    expect(route(policy(1000, 'begun', ann.userSid), updated(1020, ann))).toBe('group-policy')
  })

  test('was not when a process of the session that made the change talks to the scheduler', () => {
    const ann = { user: 'EX\\ann', userSid: 'S-1-5-21-1-2-3-1001', logonId: '0x5000' }
    const shell = started(100, { pid: 80, image: 'C:\\Windows\\powershell.exe', ...ann })
    expect(route(shell, policy(1000, 'begun', ann.userSid), updated(1020, ann))).toBe('powershell')
  })

  test('was not deleted by policy when the scheduler’s log names a user for it', () => {
    const deleted = (user: string): Fact => ({
      ...head(1020, 'Microsoft-Windows-TaskScheduler/Operational', 141),
      ...changedByAnn,
      kind: 'task-deleted',
      by: '141',
      task: '\\Inventory',
      user,
      userSid: null,
      logonId: null,
    })
    expect(route(policy(1000, 'begun'), deleted('EX\\ann'))).toBe('unknown')
    expect(route(policy(1000, 'begun'), deleted('EX\\WS1$'))).toBe('group-policy')
    expect(route(policy(1000, 'begun'), deleted('NT AUTHORITY\\SYSTEM'))).toBe('group-policy')
  })
})
