import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtobufExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

test('messages in each other to any depth are refused, however long the stack is', async () => {
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
  for (let level = 0; level < 50_000; level++) for (const tag of [0x2a, 0x0a]) wrap(tag)
  for (const tag of [0x2a, 0x12, 0x12, 0x0a]) wrap(tag)
  const answer = await send(Buffer.concat(heads.reverse()), 'application/x-protobuf')
  expect(answer.status).toBe(400)
})
