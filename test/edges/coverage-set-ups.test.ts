import { describe, expect, test } from 'vitest'
import { fleetCoverage, LedgerKeeper, LogCounter, noLogCounts } from '../../src/coverage/index.ts'
import { readDefinition } from '../../src/decode/task-xml/index.ts'
import { valueText } from '../../src/lab/carriers/value-text.ts'
import type { LabEvent } from '../../src/lab/evtx-writer/lab-event.ts'
import { allChannels } from '../../src/lab/fleet/host-plan.ts'
import { makeFleet } from '../../src/lab/fleet/make-fleet.ts'
import type {
  CapabilityId,
  CapabilityState,
  HostCoverageReport,
  MendId,
  Telemetry,
} from '../../src/model/coverage-report.ts'
import type { WindowsRecord } from '../../src/model/record.ts'
import { normalize } from '../../src/normalize/index.ts'
import { coverageTable } from '../../src/report/coverage-table.ts'

// One quiet workstation of the lab over four days, with one thing switched off at a time: all the time, in the middle, or from
// some moment on. What is made of its records is as in a scan, without the reading.

const hour = 3_600_000
const begins = Date.UTC(2026, 2, 9)
const off = begins + 36 * hour
const on = begins + 60 * hour

const sysmon = 'Microsoft-Windows-Sysmon/Operational'
const scheduler = 'Microsoft-Windows-TaskScheduler/Operational'

function recordOf({ body, ...event }: LabEvent): WindowsRecord {
  const fields = new Map(body.fields.map(([name, value]) => [name, valueText(value)]))
  const { provider, channel, eventId, version, time, recordId, processId, userSid, activityId, computer } = event
  return {
    ...{ provider, channel, eventId, version, computer, recordId, processId, userSid, activityId, ...time },
    source: allChannels.indexOf(channel as (typeof allChannels)[number]),
    position: recordId,
    field: (name) => fields.get(name),
  }
}

const records: WindowsRecord[] = []
makeFleet(
  {
    ...({ hosts: 1, days: 4, seed: 7, profile: 'workstation', noise: 'quiet', channels: allChannels } as const),
    ...{ recordsCommandLines: true, securityDays: 1_000_000, attacks: [], format: 'evtx' },
  },
  {
    cleared() {},
    end() {},
    events(_host, _channel, events) {
      for (const event of events) records.push(recordOf(event))
    },
  },
)
records.sort((a, b) => a.time - b.time || a.ticks - b.ticks || (a.channel < b.channel ? -1 : 1))
const everything = records.map((record) => ({ record, fact: normalize(record, { readDefinition }) }))
type Written = (typeof everything)[number] & { readonly keepsId?: boolean }

/** The host's report if these had been written; ids are as if the others never had been. */
function reportOf(written: readonly Written[]): HostCoverageReport {
  const keeper = new LedgerKeeper()
  const counter = new LogCounter(noLogCounts())
  const ids = new Map<string, number>()
  for (const { record, fact, keepsId } of written) {
    const recordId = keepsId ? record.recordId : (ids.get(record.channel) ?? record.recordId)
    ids.set(record.channel, recordId + 1)
    counter.note({ ...record, recordId }, 600)
    if (fact !== null && fact.kind !== 'unreadable') keeper.note(fact)
  }
  const series = [...counter.counts.series.values()]
  const report = fleetCoverage([], [{ host: 'ws001', ledger: keeper.ledger(), series, kept: new Set() }])
  return report.hosts[0] as HostCoverageReport
}

const ids =
  (channel: string, ...events: number[]) =>
  ({ record }: Written) =>
    record.channel === channel && (events.length === 0 || events.includes(record.eventId))

interface SetUp {
  readonly name: string
  readonly telemetry: Telemetry
  readonly isOf: (written: Written) => boolean
  /** What is not seen any more, where nothing else shows it, and how that is called where it never was there. */
  readonly hits: readonly CapabilityId[]
  readonly state: CapabilityState
  readonly mend: MendId
}

// a deletion has no content, so the scheduler's log tells it whole
const tasks = ['task-modification', 'task-registration'] as const
const processes = ['process-creation', 'command-line'] as const

/** On a host with the audit log and the scheduler's alone. */
const ofWindows: readonly SetUp[] = [
  {
    name: 'the policy of process creation',
    telemetry: 'security',
    isOf: ids('Security', 4688),
    hits: ['process-creation'],
    state: 'absent',
    mend: 'audit-process-creation',
  },
  {
    name: 'the policy of process termination',
    telemetry: 'security',
    isOf: ids('Security', 4689),
    hits: ['process-end'],
    state: 'absent',
    mend: 'audit-process-termination',
  },
  {
    name: 'the policy of other object access',
    telemetry: 'security',
    isOf: ids('Security', 4698, 4699, 4700, 4701, 4702),
    hits: [...tasks],
    state: 'partial',
    mend: 'audit-task-changes',
  },
  {
    name: 'the scheduler’s log',
    telemetry: 'scheduler',
    isOf: ids(scheduler),
    hits: ['run-start', 'run-action'],
    state: 'no-channel',
    mend: 'scheduler-log',
  },
]

/** On a host with Sysmon and the scheduler's log. */
const ofSysmon: readonly SetUp[] = [
  {
    name: 'Sysmon',
    telemetry: 'sysmon',
    isOf: ids(sysmon),
    hits: [...processes, 'process-end'],
    state: 'no-channel',
    mend: 'sysmon-process',
  },
  {
    name: 'ProcessCreate in Sysmon’s filter',
    telemetry: 'sysmon',
    isOf: ids(sysmon, 1),
    hits: [...processes],
    state: 'absent',
    mend: 'sysmon-process',
  },
  {
    name: 'ImageLoad in Sysmon’s filter',
    telemetry: 'sysmon',
    isOf: ids(sysmon, 7),
    hits: ['com-client'],
    state: 'unknown',
    mend: 'sysmon-image-load',
  },
  {
    name: 'RegistryEvent in Sysmon’s filter',
    telemetry: 'sysmon',
    isOf: ids(sysmon, 12, 13, 14),
    hits: ['registry-write'],
    state: 'absent',
    mend: 'sysmon-registry',
  },
  {
    name: 'FileCreate in Sysmon’s filter',
    telemetry: 'sysmon',
    isOf: ids(sysmon, 11),
    hits: ['task-file'],
    state: 'absent',
    mend: 'sysmon-file',
  },
]

const without = (channel: string) => everything.filter(({ record }) => record.channel !== channel)
const hosts = [
  { base: without(sysmon), setUps: ofWindows },
  { base: without('Security'), setUps: ofSysmon },
].flatMap(({ base, setUps }) => setUps.map((setUp) => ({ base, ...setUp })))

/** Rare changes show no rhythm: that they ceased is told only where another log goes on telling of them. */
const rhythmic = hosts.filter(
  ({ hits }) => !hits.includes('com-client') && !hits.includes('registry-write') && !hits.includes('task-file'),
)

const gapsOf = ({ capabilities, channels }: HostCoverageReport) => [
  ...Object.entries(capabilities).flatMap(([id, { gaps }]) => gaps.map((gap) => ({ id, ...gap }))),
  ...channels.flatMap(({ channel, gaps }) => gaps.map((gap) => ({ id: channel, ...gap }))),
]

describe('a host whose logs are all on', () => {
  test('sees the whole chain and has no hole, however quiet its nights are', () => {
    const report = reportOf(everything)
    expect(gapsOf(report)).toEqual([])
    expect(report.grade).toBe('full-chain')
    expect(report.capabilities['run-start']).toMatchObject({ state: 'seen', proof: { eventId: 129 }, mend: [] })
  })

  test.each(hosts)('and so does one without what $name stands beside', ({ base }) => {
    expect(gapsOf(reportOf(base))).toEqual([])
  })
})

describe.each(hosts)('$name, never switched on', ({ base, isOf, hits, state, mend, telemetry }) => {
  const report = reportOf(base.filter((one) => !isOf(one)))

  test('what it would show is told, and what would show it', () => {
    for (const id of hits) {
      const { sources, ...capability } = report.capabilities[id]
      expect(sources.map((source) => source.telemetry)).not.toContain(telemetry)
      expect(capability).toMatchObject({ state })
      if (state !== 'unknown') expect(capability.mend).toContain(mend)
    }
  })

  test('nothing else is', () => {
    const whole = reportOf(base)
    const others = Object.keys(whole.capabilities).filter((id) => {
      const [before, after] = [whole, report].map(({ capabilities }) => capabilities[id as CapabilityId])
      const isHit = before?.sources.some((source) => source.telemetry === telemetry)
      return !isHit && before?.state !== after?.state && before?.state !== 'unknown'
    })
    expect(others.filter((id) => id !== 'scheduling-command' && id !== 'parent-name')).toEqual([])
    expect(gapsOf(report)).toEqual([])
  })
})

describe.each(rhythmic)('$name, off for a day in the middle', ({ base, isOf, hits, telemetry }) => {
  const isOut = (one: Written) => isOf(one) && one.record.time >= off && one.record.time < on
  const report = reportOf(base.filter((one) => !isOut(one)))
  const own = base.filter((one) => isOf(one))

  test('the hole is told from the last record before to the first after, and no other', () => {
    const gaps = gapsOf(report)
    expect(gaps.map((gap) => gap.id)).toEqual(expect.arrayContaining([hits[0]]))
    const last = own.findLast(({ record }) => record.time < off)?.record.time ?? 0
    const first = own.find(({ record }) => record.time >= on)?.record.time ?? 0
    for (const gap of gaps) {
      expect(gap.telemetry).toBe(telemetry)
      expect(gap.from ?? 0).toBeLessThanOrEqual(last)
      expect(gap.from ?? 0).toBeGreaterThan(off - 24 * hour)
      expect(gap.to ?? 0).toBeGreaterThanOrEqual(first)
      expect(gap.to ?? 0).toBeLessThan(on + 24 * hour)
    }
    expect(report.capabilities[hits[0] as CapabilityId].state).toBe('partial')
  })
})

describe.each(rhythmic)('$name, switched off for good', ({ base, isOf, hits, telemetry }) => {
  const report = reportOf(base.filter((one) => !(isOf(one) && one.record.time >= off)))

  test('the hole has no end', () => {
    const own = report.capabilities[hits[0] as CapabilityId].gaps.filter((gap) => gap.telemetry === telemetry)
    expect(own.at(-1)).toMatchObject({ to: null })
    expect(own.at(-1)?.from ?? 0).toBeLessThan(off)
    expect(report.capabilities[hits[0] as CapabilityId].state).toBe('partial')
  })
})

describe('what is no matter of a whole kind of record', () => {
  const ofAudit = without(sysmon)

  test('4688 without ProcessCommandLine is another thing than with it', () => {
    const bare = ofAudit.map(({ record, fact }) => ({
      record,
      fact: fact?.kind === 'process-started' ? { ...fact, commandLine: null, command: null } : fact,
    }))
    const { capabilities, grade } = reportOf(bare)
    expect(capabilities['process-creation'].state).toBe('seen')
    expect(capabilities['command-line']).toMatchObject({ state: 'absent', proof: null, mend: ['command-line-policy'] })
    expect(grade).toBe('full-chain') // the scheduler's log names the process id
    const withoutIds = reportOf(bare.filter((one) => !ids(scheduler)(one)))
    expect(withoutIds.grade).toBe('unlinked')
  })

  test('a log with little room begins later than the others, and says how far it reaches back', () => {
    const isKept = ({ record }: Written) => record.channel !== 'Security' || record.time >= on
    const { channels, capabilities } = reportOf(cutOff(ofAudit, isKept))
    expect(channels.find(({ channel }) => channel === 'Security')).toMatchObject({
      retentionDays: expect.closeTo(1.5, 0),
      gaps: [{ kind: 'rolled-over', from: null, telemetry: 'security' }],
    })
    expect(capabilities['process-creation']).toMatchObject({
      state: 'seen',
      gaps: [{ kind: 'rolled-over', from: null }],
      mend: ['log-size'],
    })
  })

  test('a log that has rolled over is one hole, to where it begins', () => {
    const isKept = ({ record }: Written) => record.channel !== 'Security' || record.time >= on
    const host = reportOf(cutOff(ofAudit, isKept))
    const first = Math.min(
      ...ofAudit.flatMap((one) => (one.record.channel === 'Security' && isKept(one) ? [one.record.time] : [])),
    )
    const report = { inputs: [], first: host.first, last: host.last, hosts: [host] }
    const told = [...coverageTable(report, { width: 200 })]
      .join('')
      .split('\n')
      .filter((line) => line.includes('overwritten'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(`begin to ${new Date(first).toISOString().slice(0, 13).replace('T', ' ')}`)
  })

  test('a log that was cleared was not overwritten: its ids go on, and how far it reaches back is not known', () => {
    const [first, ...rest] = ofAudit.filter(({ record }) => record.channel === 'Security' && record.time >= on)
    const { time, recordId } = (first as Written).record
    const cleared: Written = {
      record: { ...(first as Written).record, eventId: 1102 },
      fact: {
        ...{ time, ticks: 0, source: 0, channel: 'Security', eventId: 1102, recordId, position: 99, host: 'ws001' },
        ...{ kind: 'log-cleared', log: 'Security', user: null, userSid: null, logonId: null },
      },
    }
    const others = ofAudit.filter(({ record }) => record.channel !== 'Security')
    const written = cutOff([...others, cleared, ...rest], () => true)
    written.sort((a, b) => a.record.time - b.record.time)
    const { channels, capabilities } = reportOf(written)
    expect(channels.find(({ channel }) => channel === 'Security')).toMatchObject({
      retentionDays: null,
      gaps: [{ kind: 'log-cleared', from: null, to: time, records: null, proof: { eventId: 1102, recordId } }],
    })
    expect(capabilities['process-creation'].gaps).toMatchObject([{ kind: 'log-cleared', proof: { recordId } }])
  })

  test('records that somebody took out of a log leave a hole in its ids', () => {
    const isLeft = ({ record }: Written) =>
      record.channel !== 'Security' || record.time < off || record.time >= off + hour
    const { channels } = reportOf(cutOff(ofAudit, isLeft))
    const missing = ofAudit.filter((one) => !isLeft(one)).length
    expect(channels.find(({ channel }) => channel === 'Security')?.gaps).toMatchObject([
      { kind: 'ids-missing', records: missing },
    ])
  })

  test('4719 says when a policy was switched off, and by which record', () => {
    const said = (time: number, turns: 'off' | 'on'): Written => ({
      record: { ...(ofAudit[0] as Written).record, channel: 'Security', eventId: 4719, time },
      fact: {
        ...{ time, ticks: 0, source: 0, channel: 'Security', eventId: 4719, recordId: 99, position: 99, host: 'ws001' },
        ...{ kind: 'telemetry-switched', log: 'Security', turns, user: null },
        subcategory: '{0cce922b-69ae-11d9-bed3-505054503030}',
      },
    })
    const isOut = (one: Written) => ids('Security', 4688)(one) && one.record.time >= off && one.record.time < on
    const written = [...ofAudit.filter((one) => !isOut(one)), said(off, 'off'), said(on, 'on')]
    written.sort((a, b) => a.record.time - b.record.time)
    expect(reportOf(written).capabilities['process-creation'].gaps).toMatchObject([
      { kind: 'switched-off', from: off, to: on, proof: { eventId: 4719 } },
    ])
  })

  test('what Sysmon leaves out from a new configuration on, or lets through, is told from that record on', () => {
    const ofSysmon = without('Security')
    const changed = (time: number): Written => ({
      record: { ...(ofSysmon[0] as Written).record, channel: sysmon, eventId: 16, time },
      fact: {
        ...{ time, ticks: 0, source: 0, channel: sysmon, eventId: 16, recordId: 99, position: 99, host: 'ws001' },
        ...{ kind: 'telemetry-switched', log: sysmon, turns: 'reconfigured', user: null, subcategory: null },
      },
    })
    const gapsWithout = (isOut: (time: number) => boolean, ...at: number[]) => {
      const isLeft = (one: Written) => !(ids(sysmon, 1)(one) && isOut(one.record.time))
      const written = [...ofSysmon.filter(isLeft), ...at.map(changed)].sort((a, b) => a.record.time - b.record.time)
      return reportOf(written).capabilities['process-creation'].gaps
    }
    const proof = { eventId: 16 }
    expect(gapsWithout((time) => time >= off && time < on, off, on)).toMatchObject([
      { kind: 'reconfigured', from: off, to: expect.any(Number), proof },
    ])
    expect(gapsWithout((time) => time >= off, off)).toMatchObject([
      { kind: 'reconfigured', from: off, to: null, proof },
    ])
    expect(gapsWithout((time) => time < on, on)).toMatchObject([{ kind: 'reconfigured', from: null, to: on, proof }])
    // a change in the middle of a silence did not begin it
    expect(gapsWithout((time) => time >= off && time < on, (off + on) / 2)).toMatchObject([{ kind: 'silent' }])
    expect(gapsWithout(() => false, off)).toEqual([])
  })
})

/** These records with the ids that they had among all. */
function cutOff(all: readonly Written[], isKept: (one: Written) => boolean): Written[] {
  return all.filter(isKept).map((one) => ({ ...one, keepsId: true }))
}

test('on a narrow screen a group of hosts with long names says how many more there are', () => {
  const expected = Array.from({ length: 9 }, (_, i) => ({
    ...{ name: `workstation-${i}.some-long-branch.example.test`, role: null, owner: null },
  }))
  const series = [...noLogCounts().series.values()]
  const ledger = new LedgerKeeper().ledger()
  const report = fleetCoverage([], [{ host: 'ws001', ledger, series, kept: new Set() }], { expected, staleDays: 7 })
  const table = [...coverageTable(report, { width: 80 })].join('')
  expect(table).toContain('9 expected and never seen, counted as blind')
  expect(table).toMatch(/blind, never seen: [^:]* and \d more\n/)
})
