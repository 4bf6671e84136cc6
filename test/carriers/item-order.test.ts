import { expect, test } from 'vitest'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { formatInstant, type Instant } from '../../src/model/time.ts'
import { itemOrder } from '../../src/sources/json/item-order.ts'
import { factsOf, lines } from './facts-of.ts'

const events = demoIncident().files.flatMap((file) => file.events)

/** Of events whose order is known, also to versions that are not those of the lab. */
const isKnown = (provider: string, eventId: number) =>
  Array.from({ length: 40 }, (_, count) => itemOrder(provider, eventId, count)).some(Boolean)

test('items of the lab’s events stand in the order that is known of them', () => {
  let held = 0
  for (const { provider, eventId, body } of events) {
    if (body.kind !== 'event-data' || !isKnown(provider, eventId)) continue
    const own = body.fields.map(([name]) => name)
    expect(itemOrder(provider, eventId, own.length), `${provider} ${eventId}`).toEqual(own)
    held++
  }
  expect(held).toBeGreaterThan(50)
})

const values = [
  'S-1-5-21-7-8-9-1201',
  'b.jansen',
  'EXAMPLE',
  '0xf3ddd',
  '\\Nightly Sync',
  '<Task/>',
  '5066549580802483',
  4242,
  800,
  0,
  'ws7',
]
const expected = {
  kind: 'task-registered',
  task: '\\Nightly Sync',
  user: 'EXAMPLE\\b.jansen',
  userSid: 'S-1-5-21-7-8-9-1201',
  logonId: '0xf3ddd',
  clientPid: 4242,
  clientParentPid: 800,
}
const head = {
  ProviderName: 'Microsoft-Windows-Security-Auditing',
  EventID: 4698,
  Version: 1,
  EventRecordID: 9,
  ProcessID: 820,
  Channel: 'Security',
  Computer: 'ws7.example.test',
  Message: 'Eine geplante Aufgabe wurde erstellt.',
}
const happened = (fact: Record<string, unknown> | undefined) => fact && formatInstant(fact as unknown as Instant)

test('Fluent Bit: values by their order, and an offset behind a blank', async () => {
  const event = { ...head, TimeCreated: '2025-09-01 11:00:00 +0200', StringInserts: values }
  const { facts, problems } = await factsOf(lines(event))
  expect(problems).toEqual([])
  expect(facts).toMatchObject([expected])
  expect(happened(facts[0])).toBe('2025-09-01T09:00:00.000Z')
})

test('fluentd: the same values as EventData', async () => {
  const event = {
    ...head,
    EventID: '4698',
    TimeCreated: '2025/09/01 09:00:00.123456789',
    EventData: values.map(String),
  }
  const { facts, problems } = await factsOf(lines(event))
  expect(problems).toEqual([])
  expect(facts).toMatchObject([expected])
  expect(happened(facts[0])).toBe('2025-09-01T09:00:00.1234567Z')
})

test('the older version of an event has fewer values; a number of values that no version has is named', async () => {
  const event = { ...head, TimeCreated: '2025-09-01T09:00:00Z' }
  const older = await factsOf(lines({ ...event, Version: 0, StringInserts: values.slice(0, 6) }))
  expect(older).toMatchObject({ facts: [{ task: '\\Nightly Sync', clientPid: null }], problems: [] })
  const unknown = await factsOf(lines({ ...event, StringInserts: values.slice(0, 7) }))
  expect(unknown).toMatchObject({ facts: [], problems: ['no-data'] })
})

test('Get-WinEvent: values of Properties, of which a SID is an object', async () => {
  const event = {
    Id: 4698,
    Version: 1,
    RecordId: 9,
    ProviderName: head.ProviderName,
    LogName: 'Security',
    MachineName: 'ws7.example.test',
    TimeCreated: '/Date(1756717200123)/',
    Properties: values.map((value, index) => ({
      Value: index === 0 ? { BinaryLength: 28, AccountDomainSid: { Value: 'S-1-5-21-7-8-9' }, Value: value } : value,
    })),
  }
  const { facts, problems } = await factsOf(JSON.stringify([event], null, 2))
  expect(problems).toEqual([])
  expect(facts).toMatchObject([expected])
  const lost = await factsOf(
    JSON.stringify([{ ...event, Properties: ['System.Diagnostics.Eventing.Reader.EventProperty'] }]),
  )
  expect(lost).toMatchObject({ facts: [], problems: ['no-data'] })
})
