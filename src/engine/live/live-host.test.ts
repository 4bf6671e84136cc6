import { describe, expect, test } from 'vitest'
import { definitionOf, factMaker, underScheduler } from '../../lab/made-facts.ts'
import type { Fact } from '../../model/fact.ts'
import { LiveFleet } from './live-fleet.ts'
import { LiveHost } from './live-host.ts'
import { liveSettings } from './settings.ts'

const minute = 60_000
const { launched, ...made } = factMaker()

const created = (ms: number, task: string, command: string) =>
  made.registered(ms, task, { definition: definitionOf(command) })
const started = (ms: number, pid: number, image: string, host = 'ws1') => ({
  ...made.started(ms, { pid, image, parentPid: 900, ...underScheduler }),
  host,
})

function hostOf(facts: readonly Fact[]): LiveHost {
  const host = LiveHost.begin('ws1', liveSettings)
  for (const fact of facts) host.add(fact.channel, fact)
  host.end()
  return host
}

describe('what comes too late', () => {
  test('is used: a creation takes the runs that came after it, and says that it was late', () => {
    const facts = [
      launched(1000, '\\T', 50, 'C:\\run.exe'),
      started(1001, 50, 'C:\\run.exe'),
      launched(30 * minute, '\\T', 60, 'C:\\run.exe'),
      started(30 * minute + 1, 60, 'C:\\run.exe'),
      started(60 * minute, 70, 'C:\\other.exe'),
    ]
    const before = hostOf(facts).chains()
    expect(before.map(({ chain }) => [chain.change, chain.runSummary?.count])).toContainEqual([null, 2])
    const [early, late] = hostOf([...facts, created(10 * minute, '\\T', 'C:\\run.exe')])
      .chains()
      .map(({ chain }) => chain)
    expect([early?.change, early?.runSummary?.count]).toEqual([null, 1])
    expect([late?.change?.kind, late?.runSummary?.count, late?.runs[0]?.processes[0]?.pid]).toEqual(['created', 1, 60])
    expect(late?.evidence.filter((one) => one.isLate)).toHaveLength(1)
    expect(late?.blindSpots).toContain(
      '1 of these records came when later ones had been read already: what they alone would have tied may be missing.',
    )
  })

  test('does not take a pid from the process that holds it now', () => {
    const facts = [
      created(0, '\\T', 'C:\\run.exe'),
      started(30 * minute, 50, 'C:\\run.exe'),
      started(60 * minute, 51, 'C:\\other.exe'),
      // pid 50 was another process before: its start comes an hour late, and the run’s child after it
      started(minute, 50, 'C:\\editor.exe'),
      { ...started(61 * minute, 52, 'C:\\child.exe'), parentPid: 50, parentImage: null, parentCommandLine: null },
    ]
    const chain = hostOf(facts)
      .chains()
      .find(({ chain: { taskPath } }) => taskPath === '\\T')?.chain
    expect(chain?.runs[0]?.processes.map(({ image }) => image)).toEqual(['C:\\run.exe', 'C:\\child.exe'])
  })

  test('of a task that is gone begins it anew instead of getting lost', () => {
    const facts = [started(0, 40, 'C:\\a.exe'), started(30 * minute, 41, 'C:\\b.exe')]
    const host = hostOf(facts)
    host.add('Security', created(minute, '\\Late', 'C:\\run.exe'))
    expect(host.chains().map(({ chain }) => chain.taskPath)).toContain('\\Late')
  })
})

describe('a fleet', () => {
  test('knows a host by its short name until the full one is seen, and keeps two that share it apart', () => {
    const fleet = new LiveFleet()
    const add = (ms: number, host: string) => fleet.add('Security', started(ms, 40, 'C:\\a.exe', host))
    add(0, 'ws1')
    expect(fleet.names()).toEqual(['ws1'])
    add(1, 'ws1.one.test')
    add(2, 'ws1')
    expect(fleet.names()).toEqual(['ws1.one.test'])
    add(3, 'ws1.two.test')
    add(4, 'ws1')
    expect(fleet.names()).toEqual(['ws1', 'ws1.one.test', 'ws1.two.test'])
    const host = fleet.host('ws1.one.test')
    host?.end()
    expect(host?.chains().map(({ chain }) => [chain.host, chain.runSummary?.count])).toEqual([['ws1.one.test', 3]])
    expect(fleet.host('ws9')).toBe(undefined)
  })

  test('gives out what was over on a host when it was packed', () => {
    const fleet = new LiveFleet({ ...liveSettings, readyHosts: 1 })
    for (const version of [1, 2, 3, 4]) fleet.add('Security', created(version * minute, '\\T', `C:\\v${version}.exe`))
    fleet.add('Security', started(24 * 60 * minute, 40, 'C:\\a.exe'))
    expect(fleet.release().map(({ host, chains }) => [host, chains.length])).toEqual([['ws1', 2]])
    fleet.add('Security', created(25 * 60 * minute, '\\T', 'C:\\v5.exe'))
    fleet.add('Security', created(26 * 60 * minute, '\\T', 'C:\\v6.exe'))
    fleet.add('Security', started(48 * 60 * minute, 40, 'C:\\a.exe'))
    fleet.add('Security', started(48 * 60 * minute, 40, 'C:\\a.exe', 'ws2'))
    expect(fleet.packedBytes()).toBeGreaterThan(0)
    expect(fleet.release().map(({ host, chains }) => [host, chains.length])).toEqual([['ws1', 2]])
    fleet.host('ws1')?.end()
    expect(
      fleet
        .host('ws1')
        ?.chains()
        .map(({ chain }) => chain.change?.kind),
    ).toContain('created')
  })
})
