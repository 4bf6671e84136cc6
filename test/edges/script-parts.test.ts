import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { carrierFiles, everyWriter } from '../../src/lab/carriers/index.ts'
import { scriptBlock } from '../../src/lab/event-catalogue/powershell.ts'
import { EvtxWriter, fileSink } from '../../src/lab/evtx-writer/evtx-writer.ts'
import type { LabEvent } from '../../src/lab/evtx-writer/lab-event.ts'
import { moment } from '../../src/lab/host/clock.ts'
import { chainsIn } from '../scan-in-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-script-parts-'))
afterAll(() => rmSync(folder, { recursive: true }))

// The cmdlet's name and the task's are cut in two, and the last part says nothing of tasks at all.
const script =
  "$a = New-ScheduledTaskAction -Execute 'C:\\Users\\Public\\up.exe'\nRegister-ScheduledTask -TaskName 'Updater' -Action $a\nGet-Date"
const cuts = [script.indexOf('Task -TaskName'), script.indexOf("ater'"), script.indexOf('Get-Date')]
const texts = [0, ...cuts].map((from, i) => script.slice(from, cuts[i] ?? script.length))

const events = texts.map((text, i): LabEvent => {
  const block = {
    userSid: 'S-1-5-21-1-2-3-1104',
    script: text,
    id: '47d610ec-6c20-426f-b008-8fc296c88aa2',
    path: '',
    suspicious: false,
    part: { number: i + 1, total: texts.length },
  }
  const written = { time: moment(`2026-03-10T10:14:05.00${i}Z`), processId: 5904, threadId: 600 }
  return { ...scriptBlock(written, block), recordId: 31 + i, computer: 'WS5.example.test' }
})

const updater = [
  {
    task: { path: '\\Updater', definition: null },
    change: { kind: 'created', outcome: 'attempted', route: 'powershell' },
  },
]

test('a script that PowerShell logged in parts is read as a whole: EVTX', async () => {
  const file = join(folder, 'script.evtx')
  const descriptor = openSync(file, 'w')
  const writer = new EvtxWriter(fileSink(descriptor))
  for (const event of events) writer.write(event)
  writer.end()
  closeSync(descriptor)
  const found = await chainsIn(file)
  expect(found).toMatchObject(updater)
  expect(found[0]?.evidence.map((one) => one.recordId)).toEqual(['34'])
})

for (const writer of everyWriter) {
  test(`a script that PowerShell logged in parts is read as a whole: ${writer.name}`, async () => {
    const file = join(folder, `${writer.name}.json`)
    writeFileSync(file, Buffer.concat(carrierFiles(writer, events).map((part) => Buffer.from(part))))
    expect(await chainsIn(file)).toMatchObject(updater)
  })
}
