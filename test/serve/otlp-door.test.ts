import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtobufExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import protobuf from 'protobufjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventXmlWriter } from '../../src/lab/carriers/event-xml.ts'
import { openTelemetryWriter, otlpWriter } from '../../src/lab/carriers/opentelemetry.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { type DoorServer, doorServer } from './door-server.ts'

const events = demoIncident()
  .files.flatMap((file) => file.events)
  .slice(0, 60)
const bodies = events.map((event) => JSON.parse(openTelemetryWriter.line(event)).body)

let server: DoorServer
beforeAll(async () => {
  server = await doorServer()
})
afterAll(() => server.app.close())

const send = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json', token = server.token().text) =>
  fetch(`${server.url}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body,
  })

for (const [name, Exporter] of [
  ['JSON', JsonExporter],
  ['Protocol Buffers', ProtobufExporter],
] as const)
  test(`the exporter of OpenTelemetry's SDK sends logs as ${name}`, async () => {
    const exporter = new Exporter({
      url: `${server.url}/v1/logs`,
      headers: { authorization: `Bearer ${server.token().text}` },
      compression: 'gzip' as never,
    })
    const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] as never })
    const logger = provider.getLogger('windowseventlog')
    for (const body of bodies) logger.emit({ body })
    await provider.forceFlush()
    await provider.shutdown()
    const met = server.met()
    expect(met.reduce((sum, { read }) => sum + read.records, 0)).toBe(bodies.length)
    expect(met.flatMap(({ read }) => read.problems)).toEqual([])
    const facts = met.flatMap(({ read }) => read.shards).reduce((sum, shard) => sum + shard.facts.count, 0)
    expect(facts).toBeGreaterThan(20)
    expect(met[0]?.post.source).toBe('otlp:relay')
  })

test('what could not be read is told with its number, in the form in which it was sent', async () => {
  const record = (body: unknown) => ({ body: { stringValue: JSON.stringify(body) } })
  const noTime = { ...bodies.find(({ event_id: { id } }) => id === 4698), system_time: '' }
  const request = { resourceLogs: [{ scopeLogs: [{ logRecords: [record(bodies[0]), record(noTime)] }] }] }
  const answer = await send(JSON.stringify(request))
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
  expect(await answer.json()).toEqual({
    partialSuccess: { rejectedLogRecords: '1', errorMessage: expect.stringContaining('no time') },
  })
  expect(server.met()[0]?.read.records).toBe(2)
})

test('what the Collector writes into a file may be sent as it is', async () => {
  const answer = await send(otlpWriter.line(events[0] as (typeof events)[number]))
  expect(await answer.json()).toEqual({})
  expect(server.met()[0]?.read.records).toBe(1)
})

test('what is no request is refused', async () => {
  expect((await send('{"resourceLogs":')).status).toBe(400)
  expect((await send(`${'['.repeat(200)}${']'.repeat(200)}`)).status).toBe(400)
  expect((await send('x', 'text/plain')).status).toBe(415)
  const wrong = await send(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]), 'application/x-protobuf')
  expect([wrong.status, wrong.headers.get('content-type')]).toEqual([400, 'application/x-protobuf'])
  const nobody = await send('{}', 'application/json', 'tt_nobody')
  expect([nobody.status, await nobody.json()]).toMatchObject([401, { code: 16 }])
  expect(await (await send('{}')).json()).toEqual({})
  expect(server.met()).toEqual([])
})

test('values in each other to any depth are left out where no event goes, and take no stack', async () => {
  // a value that is a list of one value, and so on
  const heads: Buffer[] = []
  let size = 0
  const wrap = (tag: number) => {
    const length: number[] = []
    for (let rest = size; length.length === 0 || rest > 0; rest >>>= 7)
      length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
    heads.push(Buffer.from([tag, ...length]))
    size += 1 + length.length
  }
  for (let level = 0; level < 50_000; level++) for (const tag of [0x0a, 0x2a]) wrap(tag)
  for (const tag of [0x2a, 0x12, 0x12, 0x0a]) wrap(tag)
  const answer = await send(Buffer.concat(heads.reverse()), 'application/x-protobuf')
  expect(answer.status).toBe(200)
  expect(server.met()[0]?.post.bytes.length).toBeLessThan(200)
})

test('both forms give the same, of 64 bits, lists and raw XML, too', async () => {
  const values = [...bodies.slice(0, 20), eventXmlWriter.line(events[0] as (typeof events)[number])]
  const lines = async (type: string, body: string | Uint8Array<ArrayBuffer>) => {
    expect((await send(body, type)).status).toBe(200)
    const met = server.met()
    expect(met.map(({ read }) => [read.records, read.problems])).toEqual([[values.length, []]])
    return met.flatMap(({ post }) => Buffer.from(post.bytes).toString('utf8').trimEnd().split('\n'))
  }
  const request = { resourceLogs: [{ scopeLogs: [{ logRecords: values.map((body) => ({ body: anyValue(body) })) }] }] }
  const asJson = await lines('application/json', JSON.stringify(request))
  const encoded = requests.encode(requests.fromObject(request)).finish()
  expect(await lines('application/x-protobuf', Uint8Array.from(encoded))).toEqual(asJson)
  expect(asJson).toHaveLength(values.length)
})

const requests = protobuf.Root.fromJSON({
  nested: {
    Request: { fields: { resourceLogs: { rule: 'repeated', type: 'ResourceLogs', id: 1 } } },
    ResourceLogs: { fields: { scopeLogs: { rule: 'repeated', type: 'ScopeLogs', id: 2 } } },
    ScopeLogs: { fields: { logRecords: { rule: 'repeated', type: 'LogRecord', id: 2 } } },
    LogRecord: { fields: { body: { type: 'AnyValue', id: 5 } } },
    AnyValue: {
      oneofs: {
        value: { oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue'] },
      },
      fields: {
        stringValue: { type: 'string', id: 1 },
        boolValue: { type: 'bool', id: 2 },
        intValue: { type: 'int64', id: 3 },
        doubleValue: { type: 'double', id: 4 },
        arrayValue: { type: 'ArrayValue', id: 5 },
        kvlistValue: { type: 'KeyValueList', id: 6 },
      },
    },
    ArrayValue: { fields: { values: { rule: 'repeated', type: 'AnyValue', id: 1 } } },
    KeyValueList: { fields: { values: { rule: 'repeated', type: 'KeyValue', id: 1 } } },
    KeyValue: { fields: { key: { type: 'string', id: 1 }, value: { type: 'AnyValue', id: 2 } } },
  },
}).lookupType('Request')

function anyValue(value: unknown): object {
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  if (typeof value !== 'object' || value === null) return { stringValue: String(value) }
  return { kvlistValue: { values: Object.entries(value).map(([key, inner]) => ({ key, value: anyValue(inner) })) } }
}
