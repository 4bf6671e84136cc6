import { describe, expect, test } from 'vitest'
import type { Fact, FactHead, PolicyApplied, ProcessStarted, TaskUpdated } from '../model/fact.ts'
import { HostMachine } from './host-machine.ts'

const base = Date.UTC(2024, 4, 1, 12)
let nextRecord = 1
function head(ms: number, channel: string, eventId: number): FactHead {
  const recordId = nextRecord++
  return { time: base + ms, ticks: 0, source: 0, channel, eventId, recordId, position: recordId, host: 'ws1' }
}

/** The process in which the policy client and the Task Scheduler lived before Windows 10 1703. */
const netsvcs: ProcessStarted = {
  ...head(0, 'Security', 4688),
  kind: 'process-started',
  by: '4688',
  pid: 900,
  guid: null,
  parentPid: 600,
  parentGuid: null,
  image: 'C:\\Windows\\System32\\svchost.exe',
  originalFileName: null,
  commandLine: 'C:\\Windows\\system32\\svchost.exe -k netsvcs',
  currentDirectory: null,
  user: null,
  userSid: 'S-1-5-18',
  logonId: '0x3e7',
  integrity: 'System',
  parentImage: 'C:\\Windows\\System32\\services.exe',
  parentCommandLine: null,
  command: null,
}

const policy = (ms: number, phase: PolicyApplied['phase']): PolicyApplied => ({
  ...head(ms, 'Microsoft-Windows-GroupPolicy/Operational', phase === 'begun' ? 4016 : 5016),
  kind: 'policy-applied',
  phase,
  pid: 900,
})

const updated = (ms: number, clientPid: number | null = null): TaskUpdated => ({
  ...head(ms, 'Security', 4702),
  kind: 'task-updated',
  by: '4702',
  task: '\\Inventory',
  definition: null,
  definitionProblem: null,
  statedAction: null,
  user: 'EX\\WS1$',
  userSid: 'S-1-5-18',
  logonId: '0x3e7',
  clientPid,
  clientGuid: null,
  clientParentPid: null,
  userContext: null,
  servicePid: null,
})

function changeOf(facts: readonly Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of [netsvcs, ...facts]) machine.add(fact)
  const chain = machine.chains().find(({ taskPath }) => taskPath === '\\Inventory')
  return { ...chain?.change, evidence: chain?.evidence.map(({ eventId }) => eventId) }
}

describe('a task that is changed while the policy client applies scheduled tasks', () => {
  test('was changed by policy, where nothing else tells the services of one process apart', () => {
    const change = changeOf([policy(1000, 'begun'), updated(1020), policy(1060, 'ended')])
    expect(change).toMatchObject({ route: 'group-policy', confidence: 'strong', actor: { process: { pid: 900 } } })
    expect(change.because).toBe(
      'The policy client (pid 900) was applying scheduled tasks at that moment, and nothing else is seen to have made the change.',
    )
    expect(change.evidence).toEqual([4016, 4702])
  })

  test('was so for certain when the audit log names that process', () => {
    const change = changeOf([policy(1000, 'begun'), updated(1020, 900), policy(1060, 'ended')])
    expect(change).toMatchObject({ route: 'group-policy', confidence: 'certain' })
  })

  test('was not when it names another, or when the client had ended or had begun long before', () => {
    const route = (...facts: Fact[]) => changeOf(facts).route
    const other = { ...netsvcs, ...head(500, 'Security', 4688), pid: 77, image: 'C:\\x.exe', commandLine: 'x.exe' }
    expect(route(other, policy(1000, 'begun'), updated(1020, 77))).toBe('com')
    expect(route(policy(1000, 'begun'), policy(1060, 'ended'), updated(9000))).toBe('unknown')
    expect(route(policy(1000, 'begun'), updated(400_000))).toBe('unknown')
    expect(route(updated(900), policy(1000, 'begun'))).toBe('unknown')
  })
})
