import { expect, test } from 'vitest'
import { factMaker, underScheduler } from '../../lab/made-facts.ts'
import type { Fact, FileCreated, ModuleLoaded } from '../../model/fact.ts'
import { fileIdentity } from '../../model/file-identity.ts'
import { HostMachine } from '../host-machine.ts'

const sysmon = 'Microsoft-Windows-Sysmon/Operational'
const queueReporting = '\\Microsoft\\Windows\\Windows Error Reporting\\QueueReporting'
const library = 'C:\\Windows\\System32\\phoneinfo.dll'
const { head, started, launched } = factMaker()

const copied = (ms: number, path = library): FileCreated => ({
  ...head(ms, sysmon, 11),
  kind: 'file-created',
  pid: 70,
  guid: null,
  image: 'C:\\Windows\\System32\\cmd.exe',
  path,
  file: null,
  task: null,
})
const loaded = (ms: number, pid: number, module = library): ModuleLoaded => ({
  ...head(ms, sysmon, 7),
  kind: 'module-loaded',
  pid,
  guid: null,
  image: null,
  module,
  file: fileIdentity({ signature: 'unsigned' }),
  user: null,
})
const shell = started(0, { pid: 70, image: 'C:\\Windows\\System32\\cmd.exe' })
const run = (ms: number, task = queueReporting): Fact[] => [
  launched(ms, task, 90, 'wermgr.exe'),
  started(ms + 5, {
    ...underScheduler,
    pid: 90,
    parentPid: 900,
    image: 'C:\\Windows\\System32\\wermgr.exe',
    commandLine: 'C:\\Windows\\system32\\wermgr.exe -upload',
  }),
]

function told(...facts: Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  return machine.chains().flatMap(({ circumstances, evidence }) =>
    circumstances.map(({ what, actor }) => ({
      what,
      by: actor.process?.pid ?? null,
      evidence: evidence.map(({ eventId }) => eventId),
    })),
  )
}

const what = `${library}, which nobody has signed, loaded by wermgr.exe (90)`

test('a library that was put beside a program of Windows and loaded by its run is told with both records, and who wrote it', () => {
  expect(told(shell, copied(1000), ...run(5000), loaded(5100, 90))).toEqual([
    { what, by: 70, evidence: [4688, 11, 129, 4688, 7] },
  ])
})

test('one of which nothing shows who wrote it is told by the load alone', () => {
  expect(told(...run(5000), loaded(5100, 90))).toEqual([{ what, by: null, evidence: [129, 4688, 7] }])
  expect(told(...run(5000), loaded(5100, 90), copied(6000))).toMatchObject([{ by: null }])
})

test('a process that the run started counts as well, and a library is told once', () => {
  const child = started(5050, { pid: 91, parentPid: 90, image: 'C:\\Windows\\Temp\\x\\dismhost.exe' })
  const facts = [...run(5000), child, loaded(5100, 91), loaded(5110, 91), loaded(5120, 91, library.toUpperCase())]
  expect(told(...facts)).toMatchObject([{ what: what.replace('wermgr.exe (90)', 'dismhost.exe (91)') }])
})

test('what others load, or a task that is not Windows’ own, is left alone', () => {
  expect(told(shell, copied(1000), ...run(5000), loaded(5100, 70))).toEqual([])
  expect(told(shell, copied(1000), ...run(5000, '\\Vendor\\Update'), loaded(5100, 90))).toEqual([])
})
