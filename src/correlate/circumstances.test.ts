import { expect, test } from 'vitest'
import type { Fact, FactHead, RegistryChanged, TaskRunStarted } from '../model/fact.ts'
import { HostMachine } from './host-machine.ts'

let record = 0
const head = (seconds: number, channel: string, eventId: number): FactHead => {
  record += 1
  return {
    time: Date.UTC(2026, 2, 10) + seconds * 1000,
    ticks: 0,
    source: 0,
    channel,
    eventId,
    recordId: record,
    position: record,
    host: 'ws1',
  }
}

const task = '\\Microsoft\\Windows\\Wininet\\CacheTask'
const ran = (seconds: number, path = task): TaskRunStarted => ({
  ...head(seconds, 'Microsoft-Windows-TaskScheduler/Operational', 100),
  kind: 'task-run-started',
  task: path,
  servicePid: 900,
  instance: `{${seconds}}`,
  user: null,
})
const registered = (seconds: number, classId = '{0358b920-0ac7-461f-98f4-58e32cd89148}'): RegistryChanged => ({
  ...head(seconds, 'Microsoft-Windows-Sysmon/Operational', 13),
  kind: 'registry-changed',
  pid: 4000,
  guid: null,
  image: 'C:\\Windows\\System32\\reg.exe',
  action: 'set-value',
  target: `HKU\\S-1-5-21-1_Classes\\CLSID\\${classId}\\InprocServer32\\(Default)`,
  area: 'class',
  task: null,
  value: classId,
  details: 'C:\\Users\\Public\\a.dll',
  user: null,
})

function circumstances(...facts: Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  return machine
    .chains()
    .flatMap((chain) => chain.circumstances.map(({ kind, what }) => `${kind} ${what.split(' = ')[1]}`))
}

test('a user’s own server for the class of one of Windows’ tasks stands beside the runs that follow it', () => {
  expect(circumstances(registered(10), ran(5000))).toEqual(['handler-changed C:\\Users\\Public\\a.dll'])
})

test('not beside runs before it, of another task, or for another class', () => {
  expect(circumstances(ran(5), registered(10))).toEqual([])
  expect(circumstances(registered(10), ran(20, '\\Other'))).toEqual([])
  expect(circumstances(registered(10, '{11111111-0ac7-461f-98f4-58e32cd89148}'), ran(20))).toEqual([])
})
