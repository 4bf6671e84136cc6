import { expect, test } from 'vitest'
import { madeDefinition } from '../../lab/made-chains.ts'
import { factMaker, underScheduler } from '../../lab/made-facts.ts'
import type { TaskCommand } from '../../model/command.ts'
import type { Fact } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'

const { started, ended, registered } = factMaker()

const asking = (more: Partial<TaskCommand>): TaskCommand => ({
  ...{ tool: 'schtasks', verb: 'create', task: '\\T', target: null, action: 'C:\\a.exe', runAs: null, schedule: null },
  ...{ xmlFile: null, highest: false, connectAs: null, definition: null },
  ...more,
})
const tool = (ms: number, more: Partial<TaskCommand> = {}, image = 'C:\\Windows\\System32\\schtasks.exe') =>
  started(ms, { pid: 80, image, commandLine: 'schtasks …', command: asking(more), logonId: '0x5000' })
const child = (ms: number, image = 'C:\\a.exe') => started(ms, { pid: 90, parentPid: 900, image, ...underScheduler })

function chainsOf(...facts: Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  return machine.chains()
}

test('a command that ended with an error is told as one, with the record that says so', () => {
  const [chain] = chainsOf(tool(0), ended(200, 80, null, 1))
  expect(chain?.change).toMatchObject({ outcome: 'attempted' })
  expect(chain?.change?.because).toContain('ended with the error 0x1')
  expect(chain?.evidence.map(({ eventId }) => eventId)).toEqual([4688, 4689])
})

test('what it asked for is no task: what the scheduler starts is not its run', () => {
  const tied = (...more: Fact[]) =>
    chainsOf(tool(0), ...more, child(9_000)).flatMap(({ taskPath, runs }) => runs.map(() => taskPath))
  expect(tied(ended(200, 80, null, 0))).toEqual(['\\T'])
  expect(tied(ended(200, 80, null, 1))).toEqual([null])
})

test('a run that was asked for in vain is not the next thing that the scheduler starts', () => {
  const asked = (code: number) =>
    chainsOf(tool(0, { verb: 'run', action: null }), ended(200, 80, null, code), child(900, 'C:\\b.exe'))
      .flatMap(({ runs }) => runs)
      .map(({ requestedBy }) => requestedBy?.process?.pid ?? null)
  expect([asked(0), asked(1)]).toEqual([[80], [null]])
})

test('a change that others show was not made by a command that failed', () => {
  const definition = madeDefinition({ actions: [{ kind: 'exec', command: 'C:\\a.exe' }] })
  const madeBy = (code: number) =>
    chainsOf(tool(0), registered(100, '\\T', { definition, logonId: null }), ended(200, 80, null, code)).map(
      ({ change }) => [change?.outcome, change?.actor.process?.pid ?? null],
    )
  expect(madeBy(0)).toEqual([['confirmed', 80]])
  expect(madeBy(1)).toEqual([['confirmed', null]])
})

test('a line that asks for several tasks makes each, with its own action, and the tool’s own lines add nothing', () => {
  const [first, second] = [asking({ task: '\\A' }), asking({ task: '\\B', action: 'C:\\b.exe' })]
  const run = asking({ verb: 'run', task: '\\B', action: null })
  const cmd = { image: 'C:\\Windows\\System32\\cmd.exe', commandLine: 'cmd /c schtasks … & schtasks …' }
  const wrapped = started(0, { pid: 80, ...cmd, command: first, moreCommands: [second, run] })
  const tasks = (...facts: Fact[]) =>
    chainsOf(...facts).map(({ taskPath, change }) => [taskPath, change?.command?.action, change?.actor.process?.pid])
  expect(tasks(wrapped)).toEqual([
    ['\\A', 'C:\\a.exe', 80],
    ['\\B', 'C:\\b.exe', 80],
  ])
  const own = (ms: number, pid: number, command: TaskCommand) =>
    started(ms, {
      pid,
      parentPid: 80,
      image: 'C:\\Windows\\System32\\schtasks.exe',
      commandLine: 'schtasks …',
      command,
    })
  expect(tasks(wrapped, own(50, 84, first), own(90, 88, second))).toEqual([
    ['\\A', 'C:\\a.exe', 84],
    ['\\B', 'C:\\b.exe', 88],
  ])
})

test('what a second log alone shows a process to ask for is heard', () => {
  const without = started(0, { pid: 80, image: 'C:\\Windows\\System32\\schtasks.exe' })
  expect(chainsOf(without)).toEqual([])
  const [chain] = chainsOf(without, { ...tool(3), by: 'sysmon-1', channel: 'Microsoft-Windows-Sysmon/Operational' })
  expect(chain?.taskPath).toBe('\\T')
})

test('a shell that was told to ask may have failed at something else', () => {
  const [chain] = chainsOf(tool(0, {}, 'C:\\Windows\\System32\\cmd.exe'), ended(200, 80, null, 1))
  expect(chain?.change?.because).toContain('no other record shows')
})
