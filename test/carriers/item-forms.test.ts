import { expect, test } from 'vitest'
import { factsOf, lines } from './facts-of.ts'

// What converters of XML make of <Data Name="TaskName">…</Data>.

const items: readonly (readonly [string, string])[] = [
  ['SubjectUserSid', 'S-1-5-21-7-8-9-1201'],
  ['SubjectUserName', 'b.jansen'],
  ['SubjectDomainName', 'EXAMPLE'],
  ['SubjectLogonId', '0x51a2'],
  ['TaskName', '\\Nightly Sync'],
]

const event = (data: unknown) => ({
  Event: {
    System: {
      Provider: { Name: 'Microsoft-Windows-Security-Auditing' },
      ...{ EventID: 4699, Version: 0, EventRecordID: 7, Channel: 'Security', Computer: 'ws7.example.test' },
      TimeCreated: { SystemTime: '2025-09-01T09:00:00.25Z' },
    },
    EventData: { Data: data },
  },
})

test.each<[string, unknown]>([
  ['a map', Object.fromEntries(items)],
  ['@Name and #text', items.map(([name, text]) => ({ '@Name': name, '#text': text }))],
  ['@_Name and #text (fast-xml-parser)', items.map(([name, text]) => ({ '@_Name': name, '#text': text }))],
  ['$ and _ (xml2js)', items.map(([name, text]) => ({ $: { Name: name }, _: text }))],
  ['_attributes and _text (xml-js)', items.map(([name, text]) => ({ _attributes: { Name: name }, _text: text }))],
  [
    '#attributes and #text (evtx_dump)',
    items.map(([name, text]) => ({ '#attributes': { Name: name }, '#text': text })),
  ],
  ['@Name and $ (BadgerFish)', items.map(([name, text]) => ({ '@Name': name, $: text }))],
  ['Name and content (org.json)', items.map(([name, text]) => ({ Name: name, content: text }))],
  ['Name and Value', items.map(([name, text]) => ({ Name: name, Value: text }))],
])('items as %s', async (_, data) => {
  expect(await factsOf(lines(event(data)))).toMatchObject({
    facts: [{ kind: 'task-deleted', task: '\\Nightly Sync', user: 'EXAMPLE\\b.jansen', logonId: '0x51a2' }],
    problems: [],
  })
})
