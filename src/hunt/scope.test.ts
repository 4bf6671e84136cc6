import { describe, expect, test } from 'vitest'
import { madeActor, madeChain, madeClearedLog, type Part } from '../lab/made-chains.ts'
import type { TaskChain } from '../model/chain.ts'
import type { ScoredChain, Severity } from '../model/finding.ts'
import type { Scope } from '../model/scope.ts'
import { scopeOf } from './scope.ts'
import { tracedChain, tracesOf } from './traces.ts'

const person = { user: 'CORP\\jdoe', sid: 'S-1-5-21-1-2-3-1001' }
const implant = { actions: [{ command: 'C:\\Users\\jdoe\\AppData\\Roaming\\upd.exe', arguments: '-k go' }] }
const finding: Part<TaskChain> = {
  host: 'ws1',
  id: 'aaaaaaaaaaaaaaaa',
  taskPath: '\\Updater Core',
  definition: implant,
  definitionHash: 'd1',
  change: { kind: 'created', actor: { ...person, remote: { address: '10.0.0.9' } } },
}

const weighed = (part: Part<TaskChain>, severity: Severity = 'informational'): ScoredChain => ({
  chain: madeChain({ id: `${part.host} ${part.taskPath}`, ...part }),
  verdict: 'not-run',
  score: { bits: 0, severity, factors: [] },
  baseline: null,
  settings: null,
})

/** What the finding's scope is beside these chains. */
function scoped(others: readonly ScoredChain[], subject = finding): Scope {
  const chain = madeChain(subject)
  const chains = [weighed(subject, 'high'), ...others]
  const hosts = [...new Set(chains.map(({ chain: { host } }) => host))]
  return scopeOf(
    { ids: [chain.id], host: chain.host, traced: tracedChain(chain, null) },
    { inputs: [], hosts, chains },
    () => null,
  )
}

const hitsOf = ({ hits }: Scope) => hits.map(({ host, same }) => `${host}: ${same.join(' ')}`)
const many = (part: Part<TaskChain>) => ['ws2', 'ws3', 'ws4', 'ws5', 'ws6'].map((host) => weighed({ ...part, host }))
const kindsOf = (part: Part<TaskChain>) => [
  ...new Set(tracesOf(tracedChain(madeChain(part), null)).map(({ kind }) => kind)),
]

describe('what of a finding is looked for', () => {
  test('its definition, its command, the file that it starts, its path, who made it and from where', () => {
    expect(kindsOf(finding)).toEqual(['definition', 'command', 'file', 'task', 'actor', 'address'])
  })
  test('nothing of a task that is one of Windows’ own', () => {
    const defrag = {
      taskPath: '\\Microsoft\\Windows\\Defrag\\ScheduledDefrag',
      definition: { actions: [{ command: '%windir%\\system32\\defrag.exe', arguments: '-c -h -o -$' }] },
    }
    expect(kindsOf({ ...finding, ...defrag })).toEqual(['actor', 'address'])
  })
  test('not SYSTEM, not a computer’s account and not the address of the host itself', () => {
    const actor = { user: 'NT AUTHORITY\\SYSTEM', sid: 'S-1-5-18', remote: { address: '127.0.0.1' } }
    expect(kindsOf({ change: { actor } })).toEqual(['task'])
    expect(kindsOf({ change: { actor: { user: 'CORP\\WS1$' } } })).toEqual(['task'])
  })
  test('of a modification only what it brought: the task and what else it runs were there before', () => {
    const before = { actions: [{ command: 'D:\\Apps\\agent.exe', arguments: '/sync' }] }
    const definition = { actions: [...before.actions, { command: 'D:\\Temp\\x.exe', arguments: '' }] }
    const traces = tracesOf(
      tracedChain(madeChain({ ...finding, definition, change: { kind: 'modified', before } }), null),
    )
    expect(traces.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'definition d1',
      'command D:\\Temp\\x.exe',
      'file D:\\Temp\\x.exe',
    ])
  })
  test('a shell alone and a name that only a machine would give are on every host', () => {
    const definition = { actions: [{ command: 'cmd.exe' }] }
    expect(kindsOf({ taskPath: '\\{01234567-89AB-4DEF-8123-456789ABCDEF}', definition })).toEqual([])
  })
  test('a command that names its output after the task is one, whatever the task is called', () => {
    const of = (name: string) =>
      tracesOf(
        tracedChain(
          madeChain({
            taskPath: `\\${name}`,
            definition: { actions: [{ command: 'cmd.exe', arguments: `/C ver > %windir%\\Temp\\${name}.tmp` }] },
          }),
          null,
        ),
      ).find(({ kind }) => kind === 'command')?.key
    expect(of('kQzWvTyb')).toBe(of('PlxMbnAe'))
  })
})

test('what was done to a task without changing it is looked for without the user’s own part', () => {
  const set = (sid: string) => ({
    kind: 'handler-changed' as const,
    what: `HKU\\${sid}_Classes\\CLSID\\{X} = C:\\Users\\Public\\c.dll`,
  })
  const keyOf = (sid: string) => tracesOf(tracedChain(madeChain({ taskPath: null, circumstances: [set(sid)] }), null))
  expect(keyOf('S-1-5-21-1-2-3-1001').map(({ key }) => key)).toEqual(keyOf('S-1-5-21-9-8-7-500').map(({ key }) => key))
  expect(kindsOf({ taskPath: null, circumstances: [{ kind: 'log-cleared', what: 'Security' }] })).toEqual([])
})

test('a command is looked for itself where nothing else shows what it asked for', () => {
  const change = { actor: { process: { commandLine: 'at 13:20 /interactive cmd' } } }
  expect(kindsOf({ taskPath: null, statedAction: 'cmd', change })).toEqual(['request'])
})

describe('where else it is met', () => {
  test('on a host that shows the definition, also where nothing else is known of it', () => {
    const scope = scoped([weighed({ host: 'ws2', taskPath: '\\Other', definition: implant, definitionHash: 'd1' })])
    expect(hitsOf(scope)).toEqual(['ws2: definition command file'])
    expect(scope.hits[0]?.chains[0]?.task).toBe('\\Other')
  })
  test('the same path of a user’s own folder under another user’s name is the same', () => {
    const definition = { actions: [{ command: 'c:\\users\\bob\\appdata\\roaming\\UPD.exe' }] }
    expect(hitsOf(scoped([weighed({ host: 'ws2', taskPath: '\\Other', definition })]))).toEqual(['ws2: file'])
  })
  test('what the same person does elsewhere counts where it is a finding itself', () => {
    const change = { actor: person }
    const admin = weighed({ host: 'ws2', taskPath: '\\Backup', change })
    const worse = weighed({ host: 'ws3', taskPath: '\\Loader', change }, 'medium')
    expect(hitsOf(scoped([admin]))).toEqual([])
    expect(hitsOf(scoped([admin, worse]))).toEqual(['ws3: actor'])
  })
  test('a log that the same person cleared elsewhere is one of them', () => {
    const chain = madeClearedLog({ host: 'ws2', by: madeActor({ ...person, remote: { address: '10.0.0.9' } }) })
    const log: ScoredChain = { ...weighed({ host: 'ws2' }, 'medium'), chain }
    expect(scoped([log]).hits[0]).toMatchObject({
      host: 'ws2',
      same: ['actor', 'address'],
      chains: [{ task: null, change: 'log-cleared' }],
    })
  })
  test('a path of a task that many hosts have without anything being wrong is ordinary', () => {
    const scope = scoped(many({ taskPath: '\\Updater Core' }))
    expect(hitsOf(scope)).toEqual([])
    expect(scope.traces.find(({ trace }) => trace.kind === 'task')).toMatchObject({ answer: 'ordinary', hosts: 5 })
  })
  test('an implant that is on every host is no ordinary thing where it is a finding there', () => {
    const all = many({ taskPath: '\\Updater Core', definition: implant }).map((one) => ({
      ...one,
      score: { ...one.score, severity: 'high' as const },
    }))
    expect(scoped(all).hits).toHaveLength(5)
  })
  test('the finding itself is no hit; another task of its host with the same command stands apart', () => {
    const scope = scoped([weighed({ host: 'WS1.corp.example', taskPath: '\\Second', definition: implant })])
    expect(scope.hits).toEqual([])
    expect(scope.own?.chains.map(({ task }) => task)).toEqual(['\\Second'])
  })
  test('a host shows it since its first chain, and not since 1970 where nothing says when', () => {
    const later = { time: 5_000, ticks: 0 }
    const chains = [
      weighed({ host: 'ws2', definition: implant, at: later }),
      weighed({ host: 'ws3', definition: implant, at: { time: 0, ticks: 0 } }),
    ]
    expect(scoped(chains).hits.map(({ since }) => since)).toEqual([later, null])
  })
})
