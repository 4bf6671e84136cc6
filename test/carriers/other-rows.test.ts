import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { laid, scanned } from '../scan-in-process.ts'

// Rows of other tables and services beside those that are read, as exports of lakes have them. All names are invented.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-other-rows-'))
afterAll(() => rmSync(folder, { recursive: true }))

const time = '2025-09-01T09:00:00Z'
const ours = {
  ...{ Timestamp: time, DeviceName: 'ws7', ActionType: 'ScheduledTaskCreated', ReportId: 7 },
  AdditionalFields: { TaskName: '\\Nightly' },
}
const read = async (name: string, row: unknown) => {
  const text = [ours, row].map((each) => `${JSON.stringify(each)}\n`).join('')
  const { result, code, problems } = await scanned(laid(join(folder, name), { 'rows.json': text }))
  return { code, problems, notes: result.notes.map((note) => note.code), tasks: result.chains.length }
}

test.each<[string, object]>([
  ['mails', { Timestamp: time, NetworkMessageId: 'a', SenderFromAddress: 'b@example.test', Subject: 'c' }],
  ['alerts', { Timestamp: time, AlertId: 'a', EntityType: 'Process', ProcessCommandLine: 'x', DeviceName: 'ws7' }],
  ['identities', { Timestamp: time, AccountName: 'b.jansen', AccountUpn: 'b@example.test', IsAccountEnabled: true }],
  ['sign-ins', { TimeGenerated: time, OperationName: 'Sign-in activity', UserPrincipalName: 'b@example.test' }],
  ['a table by its word', { TimeGenerated: time, Type: 'CommonSecurityLog', DeviceVendor: 'x', ProcessName: 'y' }],
  ['streamed', { time, category: 'AdvancedHunting-EmailEvents', properties: { Subject: 'c' } }],
  ['measurements', { data_stream: { type: 'metrics', dataset: 'system.process' }, process: { name: 'x', pid: 1 } }],
  ['a metricset', { metricset: { name: 'process' }, process: { command_line: 'schtasks /run' } }],
  ['Linux', { host: { os: { type: 'linux' } }, process: { name: 'cron', command_line: 'cron -f' } }],
  ['probes', { agent: { type: 'heartbeat' }, process: { name: 'x' } }],
  ['detections', { metadata: { eventType: 'IncidentSummaryEvent', offset: 1 }, event: { HostID: 'a' } }],
])('%s are left alone and noted', async (name, row) => {
  expect(await read(name.replaceAll(' ', '-'), row)).toEqual({ code: 0, problems: [], notes: ['other-rows'], tasks: 1 })
})

test.each<[string, unknown]>([
  ['an event of Windows', { id: 4698, provider: 'Microsoft-Windows-Security-Auditing', data: ['x'] }],
  ['a process', { host: 'ws7', cmd_line: 'schtasks /create', pid: 4 }],
  ['no object', 17],
])('%s in a form that is not known is lost, and named', async (name, row) => {
  expect(await read(name.replaceAll(' ', '-'), row)).toMatchObject({ code: 3, problems: ['unknown-event rows.json'] })
})
