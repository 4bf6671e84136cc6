import { describe, expect, test } from 'vitest'
import { type HostContext, hostInventory } from '../inventory/index.ts'
import { madeChain, madeDefinition, madeRun } from '../lab/made-chains.ts'
import type { CachedTask, FiledTask, ListedTask } from '../model/artifact.ts'
import { nothingCollected } from '../model/artifact.ts'
import { keptChains, withKeptDefinitions } from './kept-definitions.ts'

const filed = (command: string, path = '\\Task', more: Partial<FiledTask> = {}): FiledTask => ({
  source: 7,
  path,
  definition: madeDefinition({ actions: [{ kind: 'exec', command }] }),
  problem: null,
  sha256: '',
  ...more,
})
const cached = (command: string, more: Partial<CachedTask> = {}): CachedTask => ({
  source: 8,
  id: null,
  path: '\\Task',
  author: null,
  uri: null,
  hash: null,
  actions: [{ kind: 'exec', id: null, command, arguments: '/x', workingDirectory: null, hideAppWindow: false }],
  definition: null,
  runsAs: 'S-1-5-18',
  isEnabled: true,
  isHidden: false,
  registered: { time: 1_000, ticks: 5 },
  lastRun: null,
  lastResult: null,
  inTree: true,
  inTasks: true,
  hasSecurityDescriptor: true,
  isHiddenFromEveryone: false,
  index: 3,
  doubts: [],
  oddities: [],
  lastWritten: null,
  ...more,
})
const listed: ListedTask = {
  ...{ source: 9, path: '\\A', definition: null, problem: null, actions: null, author: null, runsAs: null },
  ...{ isEnabled: null, isHidden: null, lastRun: null, lastRunLocal: null, lastResult: null },
}
const keptOf = (files: FiledTask[], cache: CachedTask[] = []) => {
  const artifacts: HostContext['artifacts'] = { ...nothingCollected, files, cache }
  return hostInventory('ws1', { logged: [], audited: null, artifacts }).kept
}
const programs = ({ definition, statedAction }: ReturnType<typeof madeChain>) => [
  definition?.actions.map((each) => (each.kind === 'exec' ? each.command : each.kind)) ?? null,
  statedAction,
]

const ran = madeChain({ change: null, runs: [madeRun()] })

describe('a chain without a definition', () => {
  test('has that of the task’s file, with the file as evidence and with what that cannot tell', () => {
    const [chain] = withKeptDefinitions([ran], keptOf([filed('a.exe', '\\TASK')]))
    expect(chain && programs(chain)).toEqual([['a.exe'], null])
    expect(chain?.evidence).toMatchObject([{ artifact: 'task-file', source: 7, time: 0 }])
    expect(chain?.blindSpots).toHaveLength(1)
  })

  test('has what the registry runs, also beside a file that says otherwise', () => {
    const alone = withKeptDefinitions([ran], keptOf([], [cached('b.exe')]))[0]
    expect(alone && programs(alone)).toEqual([null, 'b.exe /x'])
    expect(alone?.statedRunAs).toBe('S-1-5-18')
    const both = withKeptDefinitions([ran], keptOf([filed('a.exe')], [cached('b.exe')]))[0]
    expect(both && programs(both)).toEqual([['a.exe'], 'b.exe /x'])
    expect(both?.evidence.map((one) => one.artifact)).toEqual(['task-file', 'registry'])
  })

  test('says why where the file could not be read', () => {
    const broken = filed('', '\\Task', { definition: null, problem: 'it is cut' })
    expect(withKeptDefinitions([ran], keptOf([broken]))[0]).toMatchObject({
      definition: null,
      definitionProblem: 'it is cut',
      evidence: [],
    })
  })

  test('that was read in part has the whole one', () => {
    const part = madeChain({ change: {}, definition: {}, definitionProblem: 'it is cut' })
    expect(withKeptDefinitions([part], keptOf([filed('a.exe')]))[0]).toMatchObject({ definitionProblem: null })
  })
})

describe('a definition at hand says nothing', () => {
  const kept = keptOf([filed('a.exe')])
  const isUntouched = (...chains: ReturnType<typeof madeChain>[]) =>
    withKeptDefinitions(chains, kept).map((chain, place) => chain === chains[place])

  test('of a chain that has its own', () => {
    expect(isUntouched(madeChain({ change: {}, definition: {} }))).toEqual([true])
  })
  test('of what came before the last change', () => {
    expect(isUntouched(ran, madeChain({ change: { kind: 'modified' } }))).toEqual([true, false])
  })
  test('of a task that was deleted, by a change of its own or by a later one', () => {
    expect(isUntouched(ran, madeChain({ change: { kind: 'deleted' } }))).toEqual([true, true])
    expect(isUntouched(madeChain({ change: { laterChanges: [{ kind: 'deleted' }] } }))).toEqual([true])
  })
  test('of a switch where a chain owns the runs, and of a task of another host', () => {
    expect(isUntouched(ran, madeChain({ change: { kind: 'disabled' } }))).toEqual([false, true])
    expect(isUntouched(madeChain({ change: { kind: 'disabled' } }))).toEqual([false])
    expect(isUntouched(madeChain({ change: { target: 'ws2' } }))).toEqual([true])
    expect(isUntouched(madeChain({ change: { kind: 'disabled' }, partOf: 'x' }))).toEqual([true])
  })
})

describe('tasks of which no log speaks', () => {
  test('are chains without a change and without a run, at the time that the registry has', () => {
    const kept = keptOf([filed('a.exe'), filed('c.exe', '\\Other')], [cached('a.exe')])
    const chains = keptChains(kept, new Set(['\\other']))
    expect(chains).toMatchObject([{ taskPath: '\\Task', change: null, runs: [], at: { time: 1_000, ticks: 5 } }])
    expect(keptChains(kept, new Set())).toHaveLength(2)
  })

  test('are left out where a list of tasks tells nothing but that they are there', () => {
    const other = { ...listed, path: '\\B', actions: cached('b.exe').actions }
    const artifacts = { ...nothingCollected, listed: [listed, other] }
    const { kept } = hostInventory('ws1', { logged: [], audited: null, artifacts })
    expect(keptChains(kept, new Set())).toMatchObject([{ taskPath: '\\B', statedAction: 'b.exe /x' }])
  })

  test('are left out where they are what Windows itself has there, and not where something else has taken its place', () => {
    const path = '\\Microsoft\\Windows\\Defrag\\ScheduledDefrag'
    const own = madeDefinition({
      actions: [{ kind: 'exec', command: '%windir%\\system32\\defrag.exe', arguments: '-c -h -o -$' }],
    })
    const told = (definition: FiledTask['definition']) =>
      keptChains(keptOf([filed('', path, { definition })]), new Set()).length
    expect(told(own)).toBe(0)
    expect(told(madeDefinition({ actions: [{ kind: 'exec', command: 'C:\\a.exe' }] }))).toBe(1)
  })
})
