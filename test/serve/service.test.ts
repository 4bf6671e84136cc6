import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Learning } from '../../src/score/index.ts'
import { copyService } from '../../src/serve/copy-service.ts'
import { nodeFiles } from '../../src/serve/files/node-files.ts'
import { chainsOfService, isOfService } from '../../src/serve/kept-chains.ts'
import type { FindingDesk } from '../../src/serve/pipeline/commit.ts'
import type { Post } from '../../src/serve/ports.ts'
import { openReading } from '../../src/serve/reading/index.ts'
import { type Committed, Service, type ServiceWanted } from '../../src/serve/service.ts'
import { ServiceFolder } from '../../src/serve/store/folder.ts'
import { Store } from '../../src/serve/store/store.ts'
import { fleetLogs, linesOf, postOf } from './fleet-posts.ts'
import { ForgetfulFiles } from './forgetful-files.ts'
import { nobody, scannedTexts, scanTexts, standing } from './service-at-work.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-service-'))
afterAll(() => rmSync(root, { recursive: true }))

const weighing = { choice: 'none', baselineId: 'none', settings: null } as const

interface Opened {
  readonly store: Store
  readonly faults: string[]
  readonly clock: { now: number }
  readonly service: Service
}

async function opened(path: string, wanted: Partial<ServiceWanted> = {}): Promise<Opened> {
  const store = Store.open(path)
  const faults: string[] = []
  const clock = { now: Date.UTC(2026, 2, 11) }
  const service = await Service.open({
    ...{
      store,
      log: '/log',
      reading: openReading(0),
      files: new ForgetfulFiles(1),
      desk: nobody,
      tickEvery: 0,
      weighing,
    },
    fault: (text) => faults.push(text),
    now: () => clock.now,
    ...wanted,
  })
  return { store, faults, clock, service }
}

/** Until nothing is waited for any more. */
async function ended({ service, clock }: Opened): Promise<void> {
  await service.settle()
  clock.now += 60_000
  await service.tick()
  await service.settle()
}

const logs = fleetLogs(1, ['masquerade', 'com-script', 'planted-library'])
const posts = logs.flatMap(({ host, channel, events }) =>
  Array.from({ length: Math.ceil(events.length / 100) }, (_, n) =>
    postOf(`${host} ${channel}`, linesOf(events.slice(n * 100, n * 100 + 100))),
  ),
)
const texts = logs.map(({ events }) => linesOf(events))
let expected: Map<string, string>
beforeAll(async () => {
  expected = await scannedTexts(texts)
})

test('a fleet that is sent post by post has the findings of a scan over the same records', async () => {
  const at = await opened(join(root, 'a'))
  const committed: Committed[] = []
  at.service.onCommit((one) => committed.push(one))
  for (const post of posts) expect(await at.service.intake.take(post)).toMatchObject({ kind: 'kept', problems: [] })
  await ended(at)
  const { service, store, faults } = at
  expect(service.status()).toMatchObject({ waitingBytes: 0, looks: 0, fault: null })
  expect(faults).toEqual([])
  expect(standing(store)).toEqual(expected)
  expect(committed.at(-1)?.change).toBe(store.findings.lastChange)
  await service.stop()
  expect(await service.intake.take(posts[0] as Post)).toMatchObject({ kind: 'unavailable' })
  store.close()
})

test('each finding has the records that prove it, as they were sent', async () => {
  const at = await opened(join(root, 'b'))
  for (const post of posts) await at.service.intake.take(post)
  await ended(at)
  const page = at.store.findings.list({ limit: 100 })
  if (page.kind !== 'page') throw new Error(page.kind)
  expect(page.findings.length).toBeGreaterThan(2)
  const lines = new Set(logs.flatMap(({ events }) => linesOf(events).split('\n')))
  for (const { id } of page.findings) {
    const { evidence } = JSON.parse(at.store.findings.json(id) ?? '') as { evidence: { recordId: string }[] }
    const records = at.store.findingRecords.of(id)
    expect(records.map(({ n }) => n)).toEqual(evidence.map((_, n) => n))
    for (const [n, { bytes }] of records.entries()) {
      const line = Buffer.from(bytes ?? []).toString()
      expect(lines).toContain(line)
      expect(String(JSON.parse(line).winlog.record_id)).toBe(evidence[n]?.recordId)
    }
  }
  await at.service.stop()
  at.store.close()
})

test('a disk that is full costs no record: posts are refused until there is room, and what was kept is committed then', async () => {
  const files = new ForgetfulFiles(1)
  const at = await opened(join(root, 'c'), { files })
  const { service, store, clock } = at
  const transaction = store.transaction.bind(store)
  const disk = { isFull: false }
  Object.assign(store, {
    transaction<T>(work: () => T): T {
      if (disk.isFull) throw new Error('database or disk is full')
      return transaction(work)
    },
  })
  const refused: Post[] = []
  for (const [n, post] of posts.entries()) {
    if (n === 5) {
      disk.isFull = true
      files.room = 30_000
    }
    const { kind } = await service.intake.take(post)
    if (kind !== 'kept') refused.push(post)
  }
  expect(refused.length).toBeGreaterThan(10)
  expect(refused.length).toBeLessThan(posts.length - 5)
  disk.isFull = false
  files.room = Number.POSITIVE_INFINITY
  clock.now += 2_000
  for (const post of refused) expect(await service.intake.take(post)).toMatchObject({ kind: 'kept' })
  await ended(at)
  expect(standing(store)).toEqual(expected)
  await service.stop()
  store.close()
})

test('a copy that is taken while it runs has all that was acknowledged, applied or not, and goes on from there', async () => {
  const folder = ServiceFolder.open(join(root, 'd'))
  const at = await opened(folder.database, { log: folder.log, files: nodeFiles })
  const half = Math.floor(posts.length / 2)
  for (const post of posts.slice(0, half)) await at.service.intake.take(post)
  await at.service.settle()
  // these are in the log, and nobody has let them be applied
  for (const post of posts.slice(half)) await at.service.intake.take(post)
  const copied = copyService(folder.path, join(root, 'copy'))
  await copied
  await at.service.stop()
  at.store.close()
  folder.close()
  const again = await opened(join(root, 'copy'))
  await ended(again)
  expect(standing(again.store)).toEqual(expected)
  expect(again.faults).toEqual([])
  await again.service.stop()
  again.store.close()
})

test('what a running service knows teaches a baseline as its logs do', async () => {
  const folder = ServiceFolder.open(join(root, 'g'))
  const at = await opened(folder.database)
  for (const post of posts) await at.service.intake.take(post)
  await ended(at)
  const fromService = new Learning()
  expect(isOfService(folder.path)).toBe(true)
  for (const { scored, role } of chainsOfService(folder.path, () => {})) fromService.learn(scored, role)
  const { chains, roles } = await scanTexts(texts)
  const fromLogs = new Learning()
  for (const scored of chains) fromLogs.learn(scored, roles.get(scored.chain.host))
  expect(fromService.things).toEqual(fromLogs.things)
  expect([fromService.id, fromService.held]).toEqual([fromLogs.id, fromLogs.held])
  await at.service.stop()
  at.store.close()
  folder.close()
})

test('a learned baseline takes force when it is named: that is told, and all that stands is weighed by it as a scan does', async () => {
  const at = await opened(join(root, 'e'))
  for (const post of posts) await at.service.intake.take(post)
  await ended(at)
  await at.service.stop()
  at.store.close()
  const learned = new Learning()
  const ordinary = fleetLogs(2, []).map(({ events }) => linesOf(events))
  const { chains, roles } = await scanTexts(ordinary)
  for (const scored of chains) learned.learn(scored, roles.get(scored.chain.host))
  const again = await opened(join(root, 'e'), {
    weighing: { choice: learned, baselineId: learned.id, settings: null },
  })
  await again.service.settle()
  expect(again.store.notices.list({ kind: 'baseline', limit: 5 })).toHaveLength(1)
  expect(again.store.meta.text('baseline')).toBe(learned.id)
  const weighed = await scannedTexts(texts, learned)
  expect(weighed).not.toEqual(expected)
  expect(standing(again.store)).toEqual(weighed)
  await again.service.stop()
  again.store.close()
})

test('a fault of ours costs the hosts that it meets, and the service goes on', async () => {
  const desk: FindingDesk = {
    published({ chain }) {
      if (chain.host.startsWith('ws001')) throw new TypeError('a fault of ours')
    },
    withdrawn: () => {},
  }
  const at = await opened(join(root, 'h'), { desk })
  for (const post of posts) await at.service.intake.take(post)
  await ended(at)
  const hosts = new Set([...standing(at.store).values()].map((json) => JSON.parse(json).host))
  expect([...hosts]).toEqual(['ws002.example.test'])
  expect(at.faults[0]).toContain('a fault of ours')
  expect(at.store.notices.list({ kind: 'fault', limit: 5 })).toMatchObject([{ host: 'ws001' }])
  await at.service.stop()
  at.store.close()
})

test('a host that is not heard of any more becomes a notice, and so does one that is back', async () => {
  const at = await opened(join(root, 'f'))
  const { store, service, clock } = at
  const [first, ...others] = posts.slice(0, 3) as [Post, Post, Post]
  await service.intake.take(first)
  await ended(at)
  clock.now += 25 * 3_600_000
  await service.tick()
  await service.settle()
  expect(store.notices.list({ limit: 5 })).toMatchObject([{ kind: 'host-silent', text: /25 hours/ }])
  expect(store.hosts.list({ limit: 5, state: 'stopped' })).toMatchObject({ hosts: [{ shard: 'ws001' }] })
  for (const post of others) await service.intake.take(post)
  await ended(at)
  expect(store.notices.list({ limit: 1 })).toMatchObject([{ kind: 'host-back' }])
  expect(store.hosts.list({ limit: 5, state: 'hearing' })).toMatchObject({ hosts: [{ shard: 'ws001' }] })
  // and one of which nothing came for as long as findings are kept is forgotten, with all that it is made of
  clock.now += 401 * 86_400_000
  await service.tick()
  await service.settle()
  expect([store.hosts.count, store.shards.count, store.facts.bytes, standing(store).size]).toEqual([0, 0, 0, 0])
  await service.stop()
  store.close()
})
