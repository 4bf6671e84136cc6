import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { eventXmlWriter } from '../../src/lab/carriers/event-xml.ts'
import { carrierFiles, carrierWriters, everyWriter } from '../../src/lab/carriers/index.ts'
import { tableWriters } from '../../src/lab/carriers/tables.ts'
import { demoIncident, writeDemo } from '../../src/lab/demo-incident.ts'
import { sensorWriters } from '../../src/lab/sensors/index.ts'
import { type FindingLike, scanAll, tasktrail } from '../run-cli.ts'
import { chainsIn } from '../scan-in-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-carriers-'))
afterAll(() => rmSync(folder, { recursive: true }))

const events = demoIncident().files.flatMap((file) => file.events)

/** What does not depend on how the events were carried: times may be whole seconds, record ids may be lost. */
const essence = ({ host, kind, task, change, runs, verdict, score }: FindingLike) => ({
  host,
  kind,
  task: task.path,
  change: change && {
    kind: change.kind,
    outcome: change.outcome,
    route: change.route,
    confidence: change.confidence,
    user: change.actor.user,
    image: change.actor.process?.image ?? null,
  },
  runs: runs.map((run) => run.processes.map(({ pid, image, tiedBy, depth }) => ({ pid, image, tiedBy, depth }))),
  verdict,
  severity: score.severity,
})

const sorted = (findings: readonly FindingLike[]) =>
  findings.map(essence).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

writeDemo(join(folder, 'evtx'))
const expected = sorted(scanAll(join(folder, 'evtx')))

function write(name: string, files: readonly (string | Buffer)[]): string {
  const own = join(folder, name)
  mkdirSync(own)
  files.forEach((file, index) => {
    writeFileSync(join(own, `${index}.log`), file)
  })
  return own
}

/** Sysmon's process ids are lost in it, so that one process is two to the correlation: held against less below. */
const losesProcessIds = 'nxlog-before-5'

for (const writer of everyWriter.filter(({ name }) => name !== losesProcessIds)) {
  test(`${writer.name}: the same incident gives the same chains`, async () => {
    expect(sorted(await chainsIn(write(writer.name, carrierFiles(writer, events))))).toEqual(expected)
  })
}

for (const writer of tableWriters) {
  test(`${writer.name}: the same incident gives the same chains`, async () => {
    expect(sorted(await chainsIn(write(writer.name, writer.files(events))))).toEqual(expected)
  })
}

type Essence = ReturnType<typeof essence>

/**
 * What a sensor can know of the same: it has no log of the scheduler. A run is tied to its task by the command line instead of the
 * process id; the program of a task that nobody changed is a child of the scheduler, of no task that is known; and who made a change
 * is as sure as the sensor's word.
 */
function asSensorsSee(chain: Essence): Essence {
  const { change } = chain
  const tie = change === null ? 'lineage' : 'command-line'
  // of the last change of all nothing later is seen but the scheduler's word that the run ended
  const isLast = change?.kind === 'modified' && chain.runs.length === 0
  return {
    ...chain,
    task: change === null ? null : chain.task,
    change: change && { ...change, confidence: change.confidence === 'certain' ? 'strong' : change.confidence },
    runs: chain.runs.map((run) => run.map((one) => (one.tiedBy === 'pid' ? { ...one, tiedBy: tie } : one))),
    verdict: isLast ? 'run-not-visible' : chain.verdict,
  }
}
const inOrder = (chains: readonly Essence[]) => chains.map((one) => JSON.stringify(one)).sort()

/** It has no events of tasks and, in what is read of it, no logons: held against less below. */
const seesNoTasks = 'elastic-defend'

for (const writer of sensorWriters.filter(({ name }) => name !== seesNoTasks)) {
  test(`${writer.name}: the same incident gives the same chains, but for what only the scheduler's log tells`, async () => {
    const found = sorted(await chainsIn(write(writer.name, writer.files(events))))
    expect(inOrder(found)).toEqual(inOrder(expected.map(asSensorsSee)))
  })
}

test(`${seesNoTasks}: the task that schtasks made is found with its runs; that of another host by its processes alone`, async () => {
  const writer = sensorWriters.find(({ name }) => name === seesNoTasks)
  const found = await chainsIn(write(seesNoTasks, writer?.files(events) ?? []))
  // the service's writing of file and registry shows that the command succeeded
  expect(found.find(({ task }) => task.path === '\\Microsoft\\Windows\\Printing\\SpoolerSync')).toMatchObject({
    change: { kind: 'created', outcome: 'confirmed', route: 'schtasks', actor: { user: 'EXAMPLE\\a.keller' } },
    verdict: 'outlier',
    score: { severity: 'high' },
  })
  const remote = found.find(
    ({ host, runs }) => host.startsWith('fs01') && /cmd\.exe$/.test(runs[0]?.processes[0]?.image ?? ''),
  )
  expect(remote).toMatchObject({ change: null, task: { path: null }, score: { severity: 'medium' } })
})

test(`${losesProcessIds}: both attacks are found with their route and actor`, async () => {
  const writer = carrierWriters.find(({ name }) => name === losesProcessIds)
  const found = await chainsIn(write(losesProcessIds, carrierFiles(writer as (typeof carrierWriters)[number], events)))
  const attack = (path: string) =>
    found.find(({ task, change }) => task.path === path && change?.kind === 'created' && change.outcome === 'confirmed')
  expect(attack('\\Microsoft\\Windows\\Printing\\SpoolerSync')).toMatchObject({
    change: { route: 'schtasks', actor: { user: 'EXAMPLE\\a.keller' } },
    verdict: 'outlier',
    score: { severity: 'high' },
  })
  expect(attack('\\kQzWvTyb')).toMatchObject({
    change: { route: 'remote-rpc', actor: { user: 'EXAMPLE\\adm-backup' } },
    verdict: 'outlier',
    score: { severity: 'critical' },
  })
})

test('lists, objects over several lines, gzip once and twice, several kinds in one file: the same chains', async () => {
  const [ecs, splunk, dump] = ['winlogbeat-8', 'splunk-fields', 'evtx_dump'].map((wanted) =>
    carrierWriters.find(({ name }) => name === wanted),
  ) as [(typeof carrierWriters)[number], (typeof carrierWriters)[number], (typeof carrierWriters)[number]]
  const values = events.map((event) => JSON.parse(ecs.line(event)))
  const forms: Record<string, string | Buffer> = {
    list: JSON.stringify(values),
    'pretty list': JSON.stringify(values, null, 2),
    'pretty objects': values.map((value) => JSON.stringify(value, null, '\t')).join('\n'),
    'lines with commas between brackets': `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]\n`,
    'CR LF and a byte order mark': `\uFEFF${values.map((value) => `${JSON.stringify(value)}\r\n`).join('')}`,
    gzip: gzipSync(carrierFiles(ecs, events)[0] as string),
    'gzip twice': gzipSync(gzipSync(carrierFiles(splunk, events)[0] as string)),
    'gzip members': Buffer.concat(values.map((value) => gzipSync(`${JSON.stringify(value)}\n`))),
    'XML in Splunk’s JSON': events
      .map((event) => eventXmlWriter.line(event))
      .map((xml) => `${JSON.stringify({ preview: false, result: { sourcetype: 'XmlWinEventLog', _raw: xml } })}\n`)
      .join(''),
    mixed: events.map((event, index) => `${[ecs, splunk, dump][index % 3]?.line(event)}\n`).join(''),
  }
  for (const [name, form] of Object.entries(forms)) {
    expect(sorted(await chainsIn(write(name, [form]))), name).toEqual(expected)
  }
})

test('our own dump gives the same chains, and beside the logs it was made from every record counts once', async () => {
  const own = write('dump', [])
  expect(tasktrail('dump', '--quiet', '--out', join(own, 'dump.jsonl'), join(folder, 'evtx')).code).toBe(0)
  expect(sorted(await chainsIn(own))).toEqual(expected)
  const both = await chainsIn(own, join(folder, 'evtx'))
  expect(sorted(both)).toEqual(expected)
  expect(both.flatMap(({ evidence }) => evidence).every(({ alsoIn }) => alsoIn?.length === 1)).toBe(true)
})
