import { describe, expect, test } from 'vitest'
import { definitionOf, factMaker, underScheduler } from '../../lab/made-facts.ts'
import { grouped } from '../../model/counted.ts'
import type { Fact, FileTimeChanged, LogCleared, LoggedOn, RegistryChanged } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'
import { limits } from '../settings.ts'

// What an attacker makes a host log so often that what he did has no place among it.

const { head, started, ended, registered, launched } = factMaker()

const cleared = (ms: number, log: string, user = 'EX\\ann'): LogCleared => ({
  ...head(ms, 'System', 104),
  ...{ kind: 'log-cleared', log, user, userSid: null, logonId: null },
})

function machineOf(facts: Iterable<Fact>): HostMachine {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  return machine
}

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

describe('a flood', () => {
  test.each(['before', 'after', 'around'])(
    'of cleared logs %s it does not hide that the audit log was cleared',
    (side) => {
      const flood = (from: number) => times(3000, (i) => cleared(from + i, `Made up ${from + i}`))
      const facts = [
        ...(side === 'after' ? [] : flood(0)),
        registered(5000, '\\Evil'),
        cleared(6000, 'Security', 'EX\\evil'),
        ...(side === 'before' ? [] : flood(7000)),
      ]
      const machine = machineOf(facts)
      const chains = machine.chains()
      const logs = machine.clearedLogs().map(({ log }) => log)
      expect(logs).toContain('Security')
      const evil = chains.find((c) => c.taskPath === '\\Evil')
      expect(evil?.circumstances.map((c) => c.what)).toContain('Security')
      expect(evil?.circumstances.length).toBeLessThanOrEqual(limits.circumstancesOfChain)
      expect(evil?.blindSpots).toEqual([
        expect.stringMatching(/^\d+ more changes of logs, files or the registry next to it/),
      ])
      const count = facts.length - 1 - logs.length
      expect(machine.givenUp()).toEqual([
        expect.stringMatching(new RegExp(`^${grouped(count)} cleared logs are not told apart`)),
      ])
    },
  )

  test('of one log that is cleared again and again is one finding that counts', () => {
    const [one, ...others] = machineOf(times(1100, (i) => cleared(i * 1000, 'System'))).clearedLogs()
    expect(others).toEqual([])
    expect(one?.blindSpots).toEqual([])
    const last = { time: Date.parse('2024-05-01T12:18:19Z'), ticks: 0 }
    expect(one).toMatchObject({ log: 'System', repeated: { count: 1100, last } })
    expect(one?.evidence).toHaveLength(limits.evidence)
  })

  test('of changed file times does not hide that of a task’s own file', () => {
    const touched = (ms: number, path: string, pid: number): FileTimeChanged => ({
      ...head(ms, 'Sysmon', 2),
      ...{ kind: 'file-time-changed', pid, guid: null, image: 'C:\\t.exe', path, created: '1', previouslyCreated: '2' },
    })
    const flood = (from: number) => times(2000, (i) => touched(from + i, `C:\\${from + i}`, 8 + 4 * i))
    const own = touched(3000, 'C:\\Windows\\System32\\Tasks\\Evil', 4000)
    const machine = machineOf([...flood(0), registered(2500, '\\Evil'), own, ...flood(4000)])
    expect(machine.chains()[0]?.circumstances.map((c) => c.kind)).toEqual(['timestamp-changed'])
    expect(machine.givenUp()).toEqual([
      expect.stringMatching(/^3,078 changes of files’ times are not held against tasks/),
    ])
  })

  test('of environments does not hide the one that a run carries', () => {
    const set = (ms: number, value: string, details: string): RegistryChanged => ({
      ...head(ms, 'Sysmon', 13),
      ...{ kind: 'registry-changed', pid: 4000, guid: null, image: 'C:\\r.exe', action: 'set-value', task: null },
      ...{ area: 'environment', target: `HKU\\S-1-5-21-1\\Environment\\${value}`, value, details, user: null },
    })
    const facts = [
      ...times(2000, (i) => set(i, 'path', `C:\\${i}`)),
      set(2500, 'windir', 'cmd /c evil &'),
      launched(3000, '\\Microsoft\\Windows\\DiskCleanup\\SilentCleanup', 5000, '%windir%\\cleanmgr.exe'),
      started(3001, { pid: 5000, image: 'C:\\cmd.exe', commandLine: 'cmd /c evil &\\cleanmgr.exe' }),
      ...times(2000, (i) => set(4000 + i, 'windir', `C:\\${i}`)),
    ]
    expect(
      machineOf(facts)
        .chains()[0]
        ?.circumstances.map((c) => c.kind),
    ).toEqual(['environment-changed'])
  })

  test('of runs that all differ leaves its place to one that starts another program, and is counted', () => {
    const run = (i: number, image: string, args: string) => {
      const [ms, pid] = [i * 60_000, 1000 + 4 * i]
      return [
        launched(ms, '\\Noise', pid, image),
        started(ms + 1, { pid, image, commandLine: `${image} ${args}` }),
        ended(ms + 500, pid),
      ]
    }
    const facts = times(500, (i) =>
      i === 400 ? run(i, 'C:\\evil.exe', '') : run(i, 'C:\\noise.exe', `/n ${i}`),
    ).flat()
    const [chain] = machineOf(facts).chains()
    expect(chain?.runs.flatMap((r) => r.processes.map((p) => p.image))).toContain('C:\\evil.exe')
    expect(chain?.blindSpots).toEqual([
      `${500 - limits.distinctRuns - 2} more runs, which may have started something else each, are not listed.`,
    ])
  })

  test('of one program under the scheduler leaves others their place', () => {
    const stray = (ms: number, image: string, args: string) =>
      started(ms, { pid: 1000 + ms, parentPid: 900, image, commandLine: `${image} ${args}`, ...underScheduler })
    const words = (i: number) => String.fromCharCode(97 + (i % 26), 97 + ((i / 26) % 26), 97 + i / 676)
    const facts = [...times(2000, (i) => stray(i * 20, 'C:\\noise.exe', words(i))), stray(50_000, 'C:\\evil.exe', '/x')]
    const machine = machineOf(facts)
    const chains = machine.chains()
    expect(chains).toHaveLength(limits.strayVariants + 2)
    expect(chains.some((c) => c.runs[0]?.processes[0]?.image === 'C:\\evil.exe')).toBe(true)
    expect(machine.givenUp()).toEqual([])
  })

  test('of network logons does not push out a session at the desk', () => {
    const logon = (ms: number, logonId: string, logonType: number): LoggedOn => ({
      ...head(ms, 'Security', 4624),
      ...{ kind: 'logged-on', logonType, logonId, linkedLogonId: null, user: 'EX\\ann', port: null, workstation: 'W' },
      ...{ userSid: 'S-1-5-21-1-2-3-1001', address: '10.1.2.3' },
    })
    const facts = [
      logon(0, '0x5000', 10),
      ...times(limits.sessions + 1, (i) => logon(1 + i, `0xf${i}`, 3)),
      started(40_000, { pid: 44, image: 'C:\\schtasks.exe', logonId: '0x5000' }),
      registered(41_000, '\\T', { clientPid: 44 }),
    ]
    const machine = machineOf(facts)
    expect(machine.chains()[0]?.change?.actor.remote?.address).toBe('10.1.2.3')
    expect(machine.givenUp()).toEqual([expect.stringMatching(/^5,000 logon sessions were given up/)])
  })

  test('of tasks with one command line costs each process no more than a few of them', () => {
    const definition = definitionOf('C:\\p.exe')
    const facts = [
      ...times(1000, (i) => registered(i, `\\T${i}`, { definition })),
      ...times(3000, (i) =>
        started(4000 + i, { pid: 1000 + 4 * i, parentPid: 900, image: 'C:\\p.exe', ...underScheduler }),
      ),
    ]
    const chains = machineOf(facts).chains()
    expect(chains.find((c) => c.taskPath === '\\T999')?.runSummary?.count).toBe(3000)
  })
})
