import { expect, test } from 'vitest'
import { UnknownFiles } from './unknown-files.ts'

const noteOn = (content: string | Buffer): string | undefined => {
  const unknown = new UnknownFiles()
  return unknown.add('x', Buffer.from(content as string)) ?? unknown.notes[0]?.text
}

test.each<[string, string | Buffer, string]>([
  ['JSON', '{"x":{"EventRecordID":5}}', 'JSON of events'],
  ['XML', '<a><b>Microsoft-Windows-Sysmon</b></a>', 'XML of events'],
  ['a table', 'when;EventID;who\n', 'a table of events'],
  ['a text', 'On Monday Microsoft-Windows-Sysmon said\n', 'a text of events'],
  ['UTF-16', Buffer.from('\ufeff{"EventCode":1}', 'utf16le'), 'of events'],
  ['bytes', Buffer.from('\x01\x02EventRecordID'), 'a binary file of events'],
  ['a policy’s tasks', '<ScheduledTasks clsid="{1}"><TaskV2 name="a"/></ScheduledTasks>', 'XML of tasks'],
  ['the short list of schtasks', 'Folder: \\\nTaskName        Next Run Time          Status\n', 'a text of tasks'],
])('%s is named with what it looks like and what can be read instead', (_, content, looks) => {
  expect(noteOn(content)).toContain(looks)
  expect(noteOn(content)).toMatch(/: .* can be read$/)
})

test.each<[string, string | Buffer, boolean]>([
  ['JSON of events', '{"x":{"EventRecordID":5}}', true],
  ['a table of events', 'when;EventID;who\n', true],
  ['a text that names a log', 'On Monday Microsoft-Windows-Sysmon/Operational said\n', true],
  ['a chunk of an event log', Buffer.from('\x01\x02junk ElfChnk\0'), true],
  ['what Windows says of its components', 'CBS: Microsoft-Windows-TaskScheduler-Service~31bf3856\n', false],
  ['a manifest', '<assembly xmlns="urn:schemas-microsoft-com:asm.v3" name="Microsoft-Windows-Sysmon"/>', false],
  ['a program', Buffer.from('MZ\x90 EventRecordID'), false],
  ['a list of tasks', 'TaskName: a\n', false],
  ['what is true of the lab', '{ "set": "lab-1", "EventID": 5 }', false],
])('%s: whether it is evidence that was not read', (_, content, isUnread) => {
  const unknown = new UnknownFiles()
  expect(unknown.add('x', Buffer.from(content as string)) !== null).toBe(isUnread)
  expect(unknown.notes).toHaveLength(isUnread ? 0 : 1)
})

test('what looks like nothing of ours is only counted', () => {
  expect(noteOn('nothing here, at all\n')).toBeUndefined()
})
