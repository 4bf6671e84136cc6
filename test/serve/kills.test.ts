import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openReading } from '../../src/serve/reading/index.ts'
import { fleetLogs, linesOf, postOf } from './fleet-posts.ts'
import { randomFrom } from './forgetful-files.ts'
import { readOnce, runKilled } from './killed-service.ts'
import { scannedTexts, standing } from './service-at-work.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-kills-'))
afterAll(() => rmSync(root, { recursive: true }))

/** How many runs, each killed twice: `KILLS=200 npx vitest run test/serve/kills.test.ts`. */
const runs = Number(process.env.KILLS ?? 20)

test('a service that is killed at any moment loses nothing that it acknowledged, and finds what a scan finds', async () => {
  const logs = fleetLogs(4, { hosts: 2, attacked: 3 }).filter(({ channel }) => !channel.includes('Sysmon'))
  const now = (logs[0]?.events.at(-1)?.time.time ?? 0) + 3_600_000
  const expected = await scannedTexts(logs.map(({ events }) => linesOf(events)))
  const random = randomFrom(1)
  const posts = logs
    .flatMap(({ host, channel, events }) =>
      Array.from({ length: Math.ceil(events.length / 60) }, (_, n) => {
        const some = events.slice(n * 60, n * 60 + 60)
        return {
          at: (some[0]?.time.time ?? 0) + random() * 3_600_000,
          post: postOf(`${host} ${channel}`, linesOf(some)),
        }
      }),
    )
    .sort((a, b) => a.at - b.at)
    .map(({ post }) => post)
  const reading = readOnce(openReading(0))
  const whole = await runKilled({ ...{ posts, reading, folder: root, seed: 0, kills: [], now } })
  expect(standing(whole.store)).toEqual(expected)
  whole.store.close()
  const [most = 0] = whole.steps
  for (let run = 1; run <= runs; run++) {
    const kills = [1 + Math.floor(random() * most), 1 + Math.floor(random() * most)]
    const { store, faults } = await runKilled({ ...{ posts, reading, folder: root, seed: run, kills, now } })
    expect(faults, `run ${run}`).toEqual([])
    expect(standing(store), `run ${run}, killed at steps ${kills.join(' and ')}`).toEqual(expected)
    store.close()
  }
})
