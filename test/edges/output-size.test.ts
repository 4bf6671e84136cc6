import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { scanFormats } from '../../src/report/index.ts'
import { laid, scanned } from '../scan-in-process.ts'

// However a host's records are worded, what is told of them is some times as long as they are, not more.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-output-size-'))
afterAll(() => rmSync(folder, { recursive: true }))

const times = 300
const image = (name: string): string => `C:\\Windows\\System32\\${name}.exe`

const event = (i: number, eventId: number, data: Readonly<Record<string, string>>): string => {
  const items = Object.entries(data).map(([name, text]) => `<Data Name="${name}">${text}</Data>`)
  const time = new Date(Date.parse('2026-03-10T13:00:00Z') + i * 1000).toISOString()
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Security-Auditing"/><EventID>${eventId}</EventID><TimeCreated SystemTime="${time}"/><EventRecordID>${i + 1}</EventRecordID><Channel>Security</Channel><Computer>fs01</Computer></System><EventData>${items.join('')}</EventData></Event>`
}

const bob = { SubjectUserSid: 'S-1-5-21-1-2-3-1001', SubjectUserName: 'bob', SubjectLogonId: '0x1234' }

const started = (i: number, pid: number, parent: number, name: string, commandLine: string) =>
  event(i, 4688, {
    ...bob,
    ...{ NewProcessId: `0x${pid.toString(16)}`, NewProcessName: image(name), ProcessId: `0x${parent.toString(16)}` },
    CommandLine: commandLine,
  })

/** As long as those of Windows' own tools. */
const definition = `&lt;Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"&gt;&lt;RegistrationInfo&gt;&lt;Description&gt;${'d'.repeat(1_000)}&lt;/Description&gt;&lt;/RegistrationInfo&gt;&lt;Actions&gt;&lt;Exec&gt;&lt;Command&gt;a.exe&lt;/Command&gt;&lt;/Exec&gt;&lt;/Actions&gt;&lt;/Task&gt;`

const cases: Readonly<Record<string, string[]>> = {
  'a process with a command line of 300 kB that starts schtasks again and again': [
    started(0, 80, 64, 'cmd', `cmd /c ${'p'.repeat(300_000)}`),
    ...Array.from({ length: times }, (_, i) =>
      started(i + 1, 1000 + 4 * i, 80, 'schtasks', `schtasks /create /tn T${i} /tr a.exe /sc daily`),
    ),
  ],
  'a line of such processes': Array.from({ length: times }, (_, i) =>
    started(i, 1000 + 4 * i, 996 + 4 * i, 'schtasks', `schtasks /create /tn T${i} /tr a.exe ${'p'.repeat(5_000)}`),
  ),
  'one process with a long command line that changes one task again and again': [
    started(0, 80, 64, 'powershell', `powershell -enc ${'p'.repeat(32_000)}`),
    ...Array.from({ length: times }, (_, i) =>
      event(i + 1, [4698, 4700, 4701, 4699][i % 4] as number, {
        ...bob,
        ...{ TaskName: '\\T', TaskContent: definition, ClientProcessId: '80' },
      }),
    ),
  ],
}

describe.each(Object.entries(cases))('of %s', (_what, events) => {
  test('every report is at most 30 times the input', async () => {
    const input = `<Events>${events.join('')}</Events>`
    const { result } = await scanned(laid(mkdtempSync(join(folder, 'case-')), { 'Security.xml': input }))
    expect(result.chains.length).toBeGreaterThan(times / 4)
    for (const format of scanFormats) {
      let length = 0
      for (const piece of format.print(result, { all: true, color: false })) length += piece.length
      expect(length, format.name).toBeLessThan(30 * input.length)
    }
  })
})
