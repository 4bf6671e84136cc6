import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { RecordName } from '../../src/correlate/index.ts'
import type { Evidence } from '../../src/model/chain.ts'
import { severities } from '../../src/model/finding.ts'
import { parseInstant } from '../../src/model/time.ts'
import { Originals } from '../../src/serve/pipeline/originals.ts'
import { openReading } from '../../src/serve/reading/index.ts'
import type { Store } from '../../src/serve/store/store.ts'
import { type FleetLog, fleetLogs, linesOf, postOf } from './fleet-posts.ts'
import { randomFrom } from './forgetful-files.ts'
import { readOnce, runKilled, type SentPost } from './killed-service.ts'
import { scannedTexts, standing } from './service-at-work.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-kills-'))
afterAll(() => rmSync(root, { recursive: true }))

/** How often each is killed at random: `KILLS=200 npx vitest run test/serve/kills.test.ts` in each of so many runs. */
const runs = (usual: number) => Number(process.env.KILLS ?? usual)
const killsInRun = 2

const hour = 3_600_000

/** Posts of these logs, each of so many records, or of less where nothing comes for so long; sent when `delay` says. */
function postsOf(
  logs: readonly FleetLog[],
  { records, pause }: { records: number; pause: number },
  delay: () => number,
): SentPost[] {
  const posts: SentPost[] = []
  for (const { host, channel, events } of logs) {
    let from = 0
    for (const [n, { time }] of events.entries()) {
      const next = events[n + 1]
      if (next && n + 1 - from < records && next.time.time - time.time < pause) continue
      posts.push({ post: postOf(`${host} ${channel}`, linesOf(events.slice(from, n + 1))), at: time.time + delay() })
      from = n + 1
    }
  }
  return posts.sort((a, b) => a.at - b.at)
}

/** What the records themselves say of their logs and clocks. */
const noticesIn = (store: Store): string[] =>
  store.notices
    .list({ limit: 1_000 })
    .flatMap(({ kind, host, text }) => (/^log-|^clock-/.test(kind) ? [`${host} ${text}`] : []))
    .sort()

/** What somebody is told wrong: a finding that stands and was not told as it is, one that was told as new twice, a message without those before it. */
function toldWrong(store: Store): string[] {
  const deliveries = store.outbox.list({ state: null, before: null, limit: 10_000 }).reverse()
  const parts = Map.groupBy(deliveries, ({ head }) => head.alert)
  const broken = [...parts].flatMap(([alert, all]) =>
    all.every(({ head }, n) => head.sequence === n + 1 && (head.reason === 'new') === (n === 0)) ? [] : [alert],
  )
  const page = store.findings.list({ limit: 1_000 })
  if (page.kind !== 'page') throw new Error(page.kind)
  const untold = page.findings.flatMap(({ id, verdict, severity }) => {
    const told = store.outbox.toldOf(id, [])
    const isTold = told?.isWithdrawn === false && told.verdict === verdict
    return isTold && severities.indexOf(told.worst) >= severities.indexOf(severity) ? [] : [id]
  })
  return [...broken, ...untold]
}

/** Findings of which a record that proves them is not there any more as it was sent. */
const withoutRecords = (store: Store): string[] => {
  const page = store.findings.list({ limit: 1_000 })
  if (page.kind !== 'page') throw new Error(page.kind)
  return page.findings.flatMap(({ id }) =>
    store.findingRecords.of(id).every(({ bytes }) => bytes !== null && bytes.length > 0) ? [] : [id],
  )
}

/** Of every chain, finding or not, the records that could not be had if it became one now. */
function recordsGone(store: Store): string[] {
  const page = store.findings.list({ all: true, limit: 1_000 })
  if (page.kind !== 'page') throw new Error(page.kind)
  return page.findings.flatMap(({ id, shard }) => {
    const { evidence } = JSON.parse(store.findings.json(id) ?? '') as { evidence: (RecordName & { time: string })[] }
    const named = evidence.map((one) => ({ ...one, ...parseInstant(one.time), source: 0, alsoIn: [] }))
    new Originals(store).keepFor('probe', shard, named as unknown as Evidence[])
    return store.findingRecords.of('probe').flatMap(({ key, bytes }) => (bytes === null ? [`${id} ${key}`] : []))
  })
}

/** Kills a service that these are sent to, and holds what it has in the end against a scan and against one that was never killed. */
async function holdAgainst(name: string, logs: readonly FleetLog[], posts: readonly SentPost[], times: number) {
  const expected = await scannedTexts(logs.map(({ events }) => linesOf(events)))
  const random = randomFrom(times)
  const reading = readOnce(openReading(0))
  const whole = await runKilled({ ...{ posts, reading, folder: root, seed: 0, kills: [] } })
  expect(standing(whole.store)).toEqual(expected)
  const bases = Number(whole.store.database.get('select count(*) n from bases')?.n)
  const notices = noticesIn(whole.store)
  expect(withoutRecords(whole.store)).toEqual([])
  expect(toldWrong(whole.store)).toEqual([])
  expect(recordsGone(whole.store)).toEqual([])
  whole.store.close()
  rmSync(join(root, '0.db'))
  const [most = 0] = whole.steps
  for (let run = 1; run <= times; run++) {
    const kills = Array.from({ length: killsInRun }, () => 1 + Math.floor((random() * most) / killsInRun))
    const { store, faults } = await runKilled({ ...{ posts, reading, folder: root, seed: run, kills } })
    const which = `${name}, run ${run}, killed at steps ${kills.join(' and ')}`
    expect(faults, which).toEqual([])
    expect(standing(store), which).toEqual(expected)
    expect(noticesIn(store), which).toEqual(notices)
    expect(withoutRecords(store), which).toEqual([])
    expect(toldWrong(store), which).toEqual([])
    store.close()
    rmSync(join(root, `${run}.db`))
  }
  return { bases, notices }
}

describe('a service that is killed at any moment loses nothing that it acknowledged, and finds what a scan finds', () => {
  test('of what was collected at once', async () => {
    const logs = fleetLogs(4, ['busy-payload', 'registry-payload', 'planted-library'])
    const few = logs.filter(({ channel }) => !channel.includes('Sysmon'))
    const random = randomFrom(1)
    const now = Date.UTC(2026, 2, 12)
    const posts = postsOf(few, { records: 60, pause: 9 * hour }, () => random()).map((one) => ({ ...one, at: now }))
    await holdAgainst('at once', few, posts, runs(10))
  })

  test('of days as they come, hosts that command others, and agents that were off', async () => {
    const logs = fleetLogs(3, ['schtasks-remote', 'log-cleared', 'action-swap'], { days: 4 })
    const few = logs.filter(({ channel }) => !channel.includes('Sysmon'))
    const random = randomFrom(2)
    const delay = () => (random() < 0.1 ? random() * 20 * hour : random() * 60_000)
    const posts = postsOf(few, { records: 200, pause: hour }, delay)
    const { bases, notices } = await holdAgainst('days', few, posts, runs(2))
    expect(bases).toBe(2)
    expect(notices).toContainEqual(expect.stringMatching(/^ws\d+\S* the log Security was cleared at /))
  })
})
