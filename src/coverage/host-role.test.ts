import { expect, test } from 'vitest'
import { hostRole } from './host-role.ts'
import type { LogSeries } from './log-counts.ts'

const log = (channel: string, ...ids: number[]): LogSeries => ({
  ...{ source: 0, host: 'h', channel, isWhole: true, cells: new Map(), delays: new Map() },
  events: new Map(ids.map((id) => [id, { count: 1, first: 0, recordId: 1, position: 0, last: 0 }])),
})
const windows = '\\Microsoft\\Windows\\'

test.each<[string, LogSeries[], string[], string]>([
  ['tickets and logons', [log('Security', 4624, 4768)], [], 'domain-controller'],
  [
    'the directory’s log, beside that of its DNS',
    [log('DNS Server'), log('Directory Service')],
    [],
    'domain-controller',
  ],
  ['a log of DHCP', [log('Security', 4624), log('Microsoft-Windows-Dhcp-Server/Operational')], [], 'server'],
  ['a log of wireless networks', [log('Microsoft-Windows-WLAN-AutoConfig/Operational')], [], 'workstation'],
  ['a task of Server Manager', [log('Security', 4624)], [`${windows}Server Manager\\ServerManager`], 'server'],
  ['restore points', [], [`${windows}SystemRestore\\SR`], 'workstation'],
  ['nothing of the kind', [log('Security', 4624, 4698)], ['\\Server Manager\\x', `${windows}Defrag\\y`], 'unknown'],
  [
    'a task’s name against a log',
    [log('Microsoft-Windows-WLAN-AutoConfig/Operational')],
    [`${windows}Server Manager\\Mine`],
    'workstation',
  ],
])('%s: %s', (_, series, tasks, role) => {
  expect(hostRole(series, tasks)).toBe(role)
})
