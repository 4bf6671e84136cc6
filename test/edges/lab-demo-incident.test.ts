import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { demoIncident, writeDemo } from '../../src/lab/demo-incident.ts'
import { evtxBytes } from '../../src/lab/evtx-writer/evtx-writer.ts'
import type { LabEvent } from '../../src/lab/evtx-writer/lab-event.ts'
import { compareInstants } from '../../src/model/time.ts'

const { files, truth } = demoIncident()
const log = (host: string, channel: string): readonly LabEvent[] =>
  files.find(({ path }) => path.startsWith(host) && path.includes(channel))?.events ?? []
const value = (event: LabEvent, name: string) => event.body.fields.find(([field]) => field === name)?.[1].value
const withId = (events: readonly LabEvent[], id: number) => events.filter((event) => event.eventId === id)

test('the incident is the same at every making', () => {
  const again = demoIncident()
  expect(again.truth).toEqual(truth)
  again.files.forEach(({ events }, i) => {
    expect(evtxBytes(events).equals(evtxBytes(files[i]?.events ?? []))).toBe(true)
  })
})

test('records are numbered in the order of time', () => {
  for (const { events } of files) {
    events.slice(1).forEach((event, i) => {
      const before = events[i]
      if (!before) return
      expect(event.recordId).toBe(before.recordId + 1)
      expect(compareInstants(before.time, event.time)).toBeLessThanOrEqual(0)
    })
  }
})

test('Security and Sysmon tell of the same processes', () => {
  const audited = withId(log('WS5', 'Security'), 4688).map((e) => [value(e, 'NewProcessId'), value(e, 'CommandLine')])
  const traced = withId(log('WS5', 'Sysmon'), 1).map((e) => [value(e, 'ProcessId'), value(e, 'CommandLine')])
  expect(audited).toEqual(traced)
  expect(withId(log('WS5', 'Security'), 4689).length).toBe(withId(log('WS5', 'Sysmon'), 5).length)
})

test('what the scheduler launches is a child of the process that writes its log', () => {
  for (const host of ['WS5', 'FS01', 'DC01']) {
    const started = new Map(withId(log(host, 'Security'), 4688).map((e) => [value(e, 'NewProcessId'), e]))
    for (const launch of withId(log(host, 'TaskScheduler'), 129)) {
      const process = started.get(value(launch, 'ProcessID') as number)
      expect(process && value(process, 'ProcessId')).toBe(launch.processId)
    }
  }
})

test('the events of a run share its instance', () => {
  const runs = Map.groupBy(
    log('WS5', 'TaskScheduler').filter(({ activityId }) => activityId !== null),
    ({ activityId }) => activityId,
  )
  for (const events of runs.values())
    expect(events.map(({ eventId }) => eventId).slice(-4)).toEqual([100, 200, 201, 102])
})

test('the truth names two attacks, and the records that show them exist', () => {
  const attacks = truth.files.flatMap(({ expected }) => expected.chains).filter((chain) => !('attack' in chain))
  expect(attacks.map(({ task, channel, outlier }) => [task, channel, outlier])).toEqual([
    ['\\Microsoft\\Windows\\Printing\\SpoolerSync', 'schtasks', true],
    ['\\kQzWvTyb', 'rpc-remote', true],
  ])
  for (const { file, evidence } of truth.files) {
    const records = new Set(
      files.filter(({ path }) => path.startsWith(file)).flatMap(({ events }) => events.map(({ recordId }) => recordId)),
    )
    for (const { record_id } of evidence) expect(records).toContain(record_id)
  }
  expect(truth.files.map(({ expected }) => expected.no_chain)).toEqual([false, false, true])
})

test('every address is one reserved for documentation, or no address', () => {
  const fields = files.flatMap(({ events }) => events.flatMap(({ body }) => body.fields))
  const addresses = new Set(fields.filter(([name]) => /^(Ip|IpAddress|.*Ip)$/.test(name)).map(([, { value }]) => value))
  expect(addresses.size).toBeGreaterThan(3)
  for (const address of addresses) expect(address).toMatch(/^(192\.0\.2|198\.51\.100)\.|^127\.0\.0\.1$|^-$/)
})

test.skipIf(spawnSync('evtxexport', ['-V']).error !== undefined)(
  'evtxexport reads every file as it lies on disk',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'tasktrail-'))
    try {
      writeDemo(folder)
      for (const { path, events } of files) {
        const xml = execFileSync('evtxexport', ['-f', 'xml', join(folder, path)], {
          encoding: 'utf8',
          maxBuffer: 1 << 26,
        })
        expect(xml.match(/<EventRecordID>\d+/g)?.map((id) => Number(id.slice(15)))).toEqual(
          events.map((e) => e.recordId),
        )
      }
      expect(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))).toEqual(truth)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)
