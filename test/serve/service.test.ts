import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openReading } from '../../src/serve/reading/index.ts'
import { Service } from '../../src/serve/service.ts'
import { Store } from '../../src/serve/store/store.ts'
import { fleetLogs, linesOf, postOf } from './fleet-posts.ts'
import { ForgetfulFiles } from './forgetful-files.ts'
import { nobody, scannedTexts, standing } from './service-at-work.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-service-'))
afterAll(() => rmSync(root, { recursive: true }))

const day = 86_400_000

test('a fleet that is sent post by post has the findings of a scan over the same records', async () => {
  const logs = fleetLogs(1)
  const clock = { now: (logs[0]?.events[0]?.time.time ?? 0) + day }
  const store = Store.open(join(root, 'a'))
  const faults: string[] = []
  const service = await Service.open({
    ...{ store, log: '/log', reading: openReading(0), files: new ForgetfulFiles(1), desk: nobody, tickEvery: 0 },
    weighing: { choice: 'none', baselineId: 'none', settings: null },
    fault: (text) => faults.push(text),
    now: () => clock.now,
  })
  const expected = await scannedTexts(logs.map(({ events }) => linesOf(events)))
  for (const { host, channel, events } of logs)
    for (let from = 0; from < events.length; from += 100) {
      const taken = await service.intake.take(postOf(`${host} ${channel}`, linesOf(events.slice(from, from + 100))))
      expect(taken).toMatchObject({ kind: 'kept', problems: [] })
    }
  await service.settle()
  clock.now += 40_000
  await service.tick()
  await service.settle()
  expect(service.status()).toMatchObject({ waitingBytes: 0, looks: 0, fault: null })
  expect(faults).toEqual([])
  const found = standing(store)
  expect([...found.keys()]).toEqual([...expected.keys()])
  expect(found).toEqual(expected)
  await service.stop()
  store.close()
})
