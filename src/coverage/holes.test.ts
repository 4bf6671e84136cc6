import { describe, expect, test } from 'vitest'
import { madeChain } from '../lab/made-chains.ts'
import type { Fact } from '../model/fact.ts'
import { HostHoles } from './holes.ts'
import { LedgerKeeper } from './ledger.ts'

const [minute, hour] = [60_000, 3_600_000]
const begins = Date.parse('2024-05-01T00:00:00Z')
/** The hole, in the middle of two days. */
const [from, to] = [begins + 20 * hour, begins + 28 * hour]
const inHole = from + hour
const when = 'from 2024-05-01T19:55:00.000Z to 2024-05-02T04:00:00.000Z'

const said = (channel: string, kind: string, time: number) =>
  ({
    kind,
    time,
    ticks: 0,
    channel,
    pid: 0,
    host: 'ws1',
    commandLine: 'a.exe',
    command: null,
    parentImage: null,
  }) as Fact
const kinds = {
  sysmon: ['Microsoft-Windows-Sysmon/Operational', 'process-started'],
  scheduler: ['Microsoft-Windows-TaskScheduler/Operational', 'task-run-started'],
  logons: ['Security', 'logged-on'],
} as const

/** A host that writes something of each kind every five minutes; these are silent in the hole. */
function holesOf(...silent: (keyof typeof kinds)[]): HostHoles {
  const keeper = new LedgerKeeper()
  for (let time = begins; time < begins + 48 * hour; time += 5 * minute) {
    for (const [name, [channel, kind]] of Object.entries(kinds)) {
      const isSilent = silent.some((one) => one === name) && time >= from && time < to
      if (!isSilent) keeper.note(said(channel, kind, time))
    }
  }
  return new HostHoles({ host: 'ws1', ledger: keeper.ledger(), series: [], kept: new Set() })
}

const at = (time: number) => ({ time, ticks: 0 })
const made = (time: number, later: { deleted?: number; ran?: number } = {}) =>
  madeChain({
    at: at(time),
    change: {
      ...at(time),
      kind: 'created',
      actor: { process: { pid: 7 } },
      laterChanges: later.deleted === undefined ? [] : [{ ...at(later.deleted), kind: 'deleted' }],
    },
    runs: later.ran === undefined ? [] : [{ ...at(later.ran), processes: [{ pid: 8 }] }],
  })

describe('a task of a host with a hole in its telemetry', () => {
  const holes = holesOf('sysmon')
  const sentence = `Sysmon shows no process creation on ws1 ${when}, while the host went on: processes of a run in that time cannot be seen.`

  test('says from when to when what could not be seen', () => {
    expect(holes.of(made(inHole))).toEqual([sentence])
    expect(holes.of(made(from - 10 * hour))).toEqual([sentence])
  })

  test('says so of its maker where nothing else names that', () => {
    const chain = madeChain({ at: at(inHole), change: { ...at(inHole), kind: 'deleted' } })
    expect(holes.of(chain)).toEqual([expect.stringMatching(/: the process that made the change cannot be seen\.$/)])
  })

  test('says nothing of a hole that came when it had run or was gone, or was over before it was made', () => {
    const early = from - 10 * hour
    expect(holes.of(made(early, { ran: early + minute }))).toEqual([])
    expect(holes.of(made(early, { deleted: early + minute }))).toEqual([])
    expect(holes.of(made(to + hour))).toEqual([])
  })

  test('says so of a run of which no process was seen', () => {
    const made = { at: at(inHole), change: null, taskPath: null }
    expect(holes.of(madeChain({ ...made, runs: [at(inHole)] }))).toEqual([sentence])
    expect(holes.of(madeChain({ ...made, runs: [{ ...at(inHole), processes: [{ pid: 8 }] }] }))).toEqual([])
  })

  test('says nothing where it was commanded on another host, or nothing is silent', () => {
    const elsewhere = madeChain({
      at: at(inHole),
      change: { ...at(inHole), kind: 'created', target: 'dc1', actor: { process: { pid: 7 } } },
    })
    expect(holes.of(elsewhere)).toEqual([])
    expect(holesOf().of(made(inHole))).toEqual([])
  })
})

describe('whether a task can have run unseen', () => {
  const gone = made(inHole, { deleted: inHole + hour })

  test('it can where all that shows runs was silent for as long as it was there', () => {
    expect(holesOf('sysmon', 'scheduler').hideAllRunsOf(gone)).toBe(true)
  })

  test('what one of two logs would have shown is not unseen', () => {
    expect(holesOf('sysmon').hideAllRunsOf(gone)).toBe(false)
    expect(holesOf('scheduler').hideAllRunsOf(gone)).toBe(false)
  })

  test('a task that outlived the hole, or was there before, did not run while somebody looked', () => {
    const both = holesOf('sysmon', 'scheduler')
    expect(both.hideAllRunsOf(made(inHole))).toBe(false)
    expect(both.hideAllRunsOf(made(from - hour, { deleted: inHole }))).toBe(false)
  })
})
