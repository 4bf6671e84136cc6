import { expect, test } from 'vitest'
import type { Carrier } from './carrier.ts'
import { ecs } from './carriers/ecs.ts'
import { sentinelSecurityEvent } from './carriers/sentinel.ts'
import { splunkResult } from './carriers/splunk-result.ts'
import { winlogbeat6 } from './carriers/winlogbeat-6.ts'
import { JsonRecord } from './json-record.ts'

const arrived = Date.UTC(2024, 4, 1, 12, 0, 5)

test.each<[string, Carrier, object, number | null]>([
  ['Elastic', ecs, { event: { ingested: '2024-05-01T12:00:05Z' } }, arrived],
  ['Elastic, without an ingest pipeline', ecs, { event: { created: '2024-05-01T12:00:05Z' } }, null],
  ['Splunk', splunkResult, { _indextime: '1714564805' }, arrived],
  ['Sentinel', sentinelSecurityEvent, { _TimeReceived: '2024-05-01T12:00:05Z' }, arrived],
  ['a store that says nothing of it', winlogbeat6, { '@timestamp': '2024-05-01T12:00:05Z' }, null],
  ['a time that is none', ecs, { event: { ingested: 'yesterday' } }, null],
])('when an event arrived is known where its store says so: %s', (_name, carrier, event, expected) => {
  expect(new JsonRecord(carrier, event as Record<string, never>).arrived).toBe(expected)
})
