import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { CapabilityId, CapabilityState, Grade, HostCoverageReport } from '../../src/model/coverage-report.ts'
import { scanPaths } from '../../src/run/index.ts'

const data = '../shared/data'

interface Claim {
  readonly file: string
  readonly host: string
  readonly grade: Grade
  /** Checked by hand against a dump of the file. */
  readonly states: Readonly<Partial<Record<CapabilityId, CapabilityState>>>
  /** Event and record id of proofs. */
  readonly proofs: Readonly<Partial<Record<CapabilityId, string>>>
  readonly holes?: readonly string[]
}

const claims: readonly Claim[] = [
  {
    // 4688, 4698, 4699, 4624 and 5145 of one minute, cut out of a log: 12 of 23 ids
    file: 'dev/evtx/ID4688,4698,4699,5145,4624-ATexec remote trask creation (GLOBAL).evtx',
    host: 'fs01.offsec.lan',
    grade: 'full-chain',
    states: { 'client-process': 'absent', 'run-start': 'no-channel', 'task-modification': 'unknown' },
    proofs: { 'task-registration': '4698 2004852', 'pipe-access': '5145 2004847', 'command-line': '4688 2004853' },
    holes: ['ids-missing 11'],
  },
  {
    file: 'dev/evtx/ID4688-Interactive shell using AT schedule task.evtx',
    host: 'fs01.offsec.lan',
    grade: 'run-only',
    states: { 'task-registration': 'unknown', 'process-end': 'unknown', 'com-client': 'no-channel' },
    proofs: { 'scheduling-command': '4688 2165579', 'parent-name': '4688 2165579' },
  },
  {
    file: 'dev/evtx/ID4698-4699-Fast created & deleted task by ATexec (susp. arg.).evtx',
    host: 'fs01.offsec.lan',
    grade: 'change-only',
    states: { 'process-creation': 'unknown', 'client-process': 'absent', 'run-action': 'no-channel' },
    proofs: { 'task-registration': '4698 2004852', 'task-deletion': '4699 2004855' },
    holes: ['ids-missing 2'],
  },
  {
    file: 'dev/evtx/ID5145-Remote schedule task creation (ATexec).evtx',
    host: 'fs01.offsec.lan',
    grade: 'blind',
    states: { 'task-registration': 'unknown', 'process-creation': 'unknown' },
    proofs: { 'pipe-access': '5145 2004847' },
    holes: ['ids-missing 12'],
  },
  {
    // begins with 1102
    file: 'dev/evtx/remote task update 4624 4702 same logonid.evtx',
    host: '01566s-win16-ir.threebeesco.com',
    grade: 'change-only',
    states: { 'task-registration': 'unknown', 'process-creation': 'unknown', 'registry-write': 'no-channel' },
    proofs: { 'task-modification': '4702 2171293', 'network-logon': '4624 2171290' },
    holes: ['log-cleared null'],
  },
  {
    // 96 processes in two minutes, none of which is told to end: Sysmon 5 is not among its events
    file: 'dev/evtx/panache_sysmon_vs_EDRTestingScript.evtx',
    host: 'msedgewin10',
    grade: 'run-only',
    states: {
      ...{ 'process-end': 'absent', 'com-client': 'partial', 'registry-write': 'partial' },
      'task-registration': 'no-channel',
    },
    proofs: { 'process-creation': '1 4886', 'task-file': '11 5003', 'scheduling-command': '1 5000' },
  },
  {
    file: 'dev/evtx/Sysmon_UACME_34.evtx',
    host: 'msedgewin10',
    grade: 'run-only',
    states: { 'task-file': 'unknown', 'registry-write': 'partial', 'logon-session': 'no-channel' },
    proofs: { 'process-end': '5 5136', 'process-creation': '1 5131' },
  },
  {
    // a library load and nothing else of use
    file: 'dev/evtx/LM_sysmon_remote_task_src_powershell.evtx',
    host: 'msedgewin10',
    grade: 'blind',
    states: { 'process-creation': 'unknown', 'command-line': 'unknown', 'run-start': 'no-channel' },
    proofs: { 'com-client': '7 589693' },
    holes: ['ids-missing 280'],
  },
  {
    // seven commands of schtasks and no load of taskschd.dll, 227 processes and no end of one
    file: 'dev/evtx/sysmon.evtx',
    host: 'desktop-2kgm189',
    grade: 'run-only',
    states: { 'com-client': 'absent', 'process-end': 'absent', 'registry-write': 'partial', 'run-start': 'no-channel' },
    proofs: { 'process-creation': '1 1742', 'task-file': '11 1984', 'scheduling-command': '1 1980' },
  },
  {
    // both logs of the scheduler over the same minutes, without processes
    file: 'paired',
    host: 're-dev',
    grade: 'unlinked',
    states: { 'process-creation': 'unknown', 'script-block': 'no-channel' },
    proofs: {
      ...{ 'task-registration': '4698 20022', 'client-process': '4698 20022', 'run-start': '129 2603' },
      ...{ 'task-deletion': '141 2615', 'task-switching': '4701 20042' },
    },
    holes: ['ids-missing 14'],
  },
]

const holesOf = ({ capabilities, channels }: HostCoverageReport) => {
  const gaps = [...Object.values(capabilities), ...channels].flatMap((one) => one.gaps)
  return [...new Set(gaps.map(({ kind, records }) => `${kind} ${records}`))].sort()
}

describe.skipIf(!existsSync(data))(
  'real logs, checked by hand (skipped where they are not beside the repository)',
  () => {
    test.each(claims)('$file', async ({ file, host, grade, states, proofs, holes = [] }) => {
      const { fleet } = await scanPaths([`${data}/${file}`], { jobs: 1 })
      expect(fleet.hosts.map((one) => one.host)).toEqual([host])
      const [report] = fleet.hosts
      if (report === undefined) return
      expect(report.grade).toBe(grade)
      for (const [id, state] of Object.entries(states))
        expect([id, report.capabilities[id as CapabilityId].state]).toEqual([id, state])
      for (const [id, said] of Object.entries(proofs)) {
        const { proof, state } = report.capabilities[id as CapabilityId]
        expect([id, state, `${proof?.eventId} ${proof?.recordId}`]).toEqual([id, 'seen', said])
      }
      expect(holesOf(report)).toEqual(holes)
    })

    test('what one policy records is not off for want of one of its events: 4698 of a host was seen, over months', async () => {
      const { fleet } = await scanPaths([`${data}/dev`], { jobs: 1 })
      const { capabilities } = fleet.hosts.find(({ host }) => host === 'fs01.offsec.lan') ?? { capabilities: undefined }
      expect(capabilities?.['task-registration'].state).toBe('seen')
      expect(capabilities?.['task-modification']).toMatchObject({ state: 'unknown', mend: [] })
    })
  },
)
