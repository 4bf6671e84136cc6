import { expect, test } from 'vitest'
import { madeDefinition } from '../../lab/made-chains.ts'
import { factMaker, underScheduler } from '../../lab/made-facts.ts'
import type { Fact } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'

const { started, began, registered, launched } = factMaker()
const { actions } = madeDefinition({
  actions: [{ kind: 'exec', command: '%windir%\\system32\\a.exe', arguments: '/night' }],
})

function told(...facts: Fact[]) {
  const machine = new HostMachine('ws1', undefined, [{ path: '\\Nightly', actions }])
  for (const fact of facts) machine.add(fact)
  return machine.chains().map(({ taskPath, runs }) => ({
    taskPath,
    processes: runs.flatMap(({ processes }) => processes.map(({ pid, tiedBy }) => `${pid} ${tiedBy}`)),
  }))
}
const child = (commandLine: string | null, fields = {}) =>
  started(100, {
    pid: 90,
    image: 'C:\\Windows\\System32\\a.exe',
    commandLine,
    ...underScheduler,
    ...fields,
  })
const line = 'C:\\Windows\\system32\\a.exe /night'

test('what the scheduler starts is the run of the task whose file has this action, where no log shows its registration', () => {
  expect(told(child(line))).toEqual([{ taskPath: '\\Nightly', processes: ['90 command-line'] }])
  expect(told(child(null))).toEqual([{ taskPath: '\\Nightly', processes: ['90 lineage'] }])
  expect(told(child('C:\\Windows\\system32\\a.exe /day'))).toEqual([{ taskPath: null, processes: ['90 lineage'] }])
})

test('a run that the log tells without its program is known by the program of the file', () => {
  const parent = { parentImage: 'C:\\Windows\\System32\\svchost.exe', parentCommandLine: null }
  const shared = { parentPid: 900, ...parent }
  expect(told(began(0, '\\Nightly'), child(null, shared))).toEqual([
    { taskPath: '\\Nightly', processes: ['90 run-log'] },
  ])
})

test('what a log says that the task runs comes before its file', () => {
  const definition = madeDefinition({ actions: [{ kind: 'exec', command: 'C:\\b.exe' }] })
  expect(told(registered(0, '\\Nightly', { definition }), child(line))).toMatchObject([
    { taskPath: '\\Nightly', processes: [] },
    { taskPath: null },
  ])
  expect(told(launched(0, '\\Other', 90, 'a.exe'), child(line))).toEqual([
    { taskPath: '\\Other', processes: ['90 pid'] },
  ])
})
