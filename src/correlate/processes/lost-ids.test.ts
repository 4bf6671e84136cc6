import { expect, test } from 'vitest'
import { factMaker } from '../../lab/made-facts.ts'
import type { Fact, ProcessStarted } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'

// A collector that flattens the header over the event loses Sysmon's process ids: 4688 and Sysmon 1 then have nothing in common but what
// they say of the process.

const { launched, started } = factMaker()
const program = 'C:\\Tools\\job.exe'
const shell = 'C:\\Windows\\System32\\cmd.exe'
const svchost = { parentImage: 'C:\\Windows\\System32\\svchost.exe', parentPid: 900 }

const audited = (ms: number, pid: number, more: Partial<ProcessStarted> = {}) =>
  started(ms, { pid, image: program, commandLine: `${program} /x`, ...svchost, ...more })
const seen = (ms: number, guid: string, more: Partial<ProcessStarted> = {}) =>
  started(ms, {
    pid: 0,
    guid,
    by: 'sysmon-1',
    image: program,
    commandLine: `${program} /x`,
    ...svchost,
    parentGuid: '{s}',
    ...more,
  })
const child = (ms: number, of = '{1}') =>
  started(ms, { pid: 0, guid: '{2}', by: 'sysmon-1', image: shell, parentImage: program, parentGuid: of, parentPid: 0 })
const named = (ms: number, pid: number) => launched(ms, '\\T', pid, program)

function runsOf(...facts: Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  return machine
    .chains()
    .map(({ taskPath, runs }) => [
      taskPath,
      runs.flatMap(({ processes }) => processes.map(({ pid, tiedBy, source }) => `${pid} ${tiedBy} ${source}`)),
    ])
}
const one = [['\\T', ['90 pid 4688+sysmon-1+129', '0 parent sysmon-1']]]

test.each<[string, Fact[]]>([
  ['4688 first', [audited(0, 90), seen(300, '{1}'), named(400, 90), child(900)]],
  ['Sysmon first', [seen(0, '{1}'), audited(300, 90), named(400, 90), child(900)]],
  ['the scheduler’s word before either', [named(0, 90), seen(100, '{1}'), audited(300, 90), child(900)]],
  ['a child before 4688', [seen(0, '{1}'), child(100), audited(300, 90), named(400, 90)]],
  ['the scheduler’s word between them', [audited(0, 90), named(100, 90), seen(300, '{1}'), child(900)]],
])('what two logs show of one process is one: %s', (_, facts) => {
  expect(runsOf(...facts)).toEqual(one)
})

test('of two that are alike each log has the first before the second', () => {
  expect(
    runsOf(audited(0, 90), audited(10, 94), seen(100, '{1}'), seen(110, '{3}'), named(400, 94), child(900, '{3}')).find(
      ([path]) => path === '\\T',
    ),
  ).toEqual(['\\T', ['94 pid 4688+sysmon-1+129', '0 parent sysmon-1']])
})

test.each<[string, Partial<ProcessStarted>]>([
  ['another command line', { commandLine: `${program} /y` }],
  ['another program', { image: 'C:\\Other\\job.exe' }],
  ['another parent', { parentPid: 901 }],
])('%s is another process', (_, more) => {
  const processes = runsOf(audited(0, 90), named(100, 90), seen(300, '{1}', more)).find(([path]) => path === '\\T')
  expect(processes).toEqual(['\\T', ['90 pid 4688+129']])
})

test('long after is another process, and so is one whose id no log has lost', () => {
  expect(runsOf(audited(0, 90), named(100, 90), seen(9_000, '{1}'))).toContainEqual(['\\T', ['90 pid 4688+129']])
  expect(runsOf(audited(0, 90), named(100, 90), seen(300, '{1}', { pid: 94 }))).toContainEqual([
    '\\T',
    ['90 pid 4688+129'],
  ])
})
