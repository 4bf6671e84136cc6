import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@elastic/elasticsearch'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import { expect, test } from 'vitest'
import { winlogbeat8Writer } from '../../src/lab/carriers/ecs.ts'
import { eventXmlWriter } from '../../src/lab/carriers/event-xml.ts'
import { openTelemetryWriter } from '../../src/lab/carriers/opentelemetry.ts'
import type { CarrierWriter } from '../../src/lab/carriers/writer.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { openReading } from '../../src/serve/reading/index.ts'
import { Service } from '../../src/serve/service.ts'
import { Store } from '../../src/serve/store/store.ts'
import { doorServer } from './door-server.ts'
import { ForgetfulFiles } from './forgetful-files.ts'
import { nobody, scannedTexts, standing } from './service-at-work.ts'

const events = demoIncident().files.flatMap((file) => file.events)
const linesOf = (host: string, writer: CarrierWriter): string[] =>
  events.filter(({ computer }) => computer.startsWith(host)).map((event) => writer.line(event))

test("an incident whose hosts' logs come through three doors at once is what a scan of the same logs finds", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-doors-'))
  const store = Store.open(join(folder, 'a'))
  const faults: string[] = []
  let now = Date.UTC(2026, 2, 12)
  const service = await Service.open({
    ...{ store, log: '/log', reading: openReading(0), files: new ForgetfulFiles(1), desk: nobody, tickEvery: 0 },
    weighing: { choice: 'none', baselineId: 'none', settings: null },
    fault: (text) => faults.push(text),
    now: () => now,
  })
  const server = await doorServer({}, service.intake)
  const { text: token } = server.token()
  const [ws5, fs01, dc01] = [
    linesOf('WS5', winlogbeat8Writer),
    linesOf('FS01', eventXmlWriter),
    linesOf('DC01', openTelemetryWriter),
  ]

  const elastic = new Client({ node: `${server.url}/elastic`, auth: { username: 'winlogbeat', password: token } })
  const headers = { authorization: `Bearer ${token}` }
  const exporter = new OTLPLogExporter({ url: `${server.url}/v1/logs`, headers })
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] as never })
  for (const line of dc01) provider.getLogger('collector').emit({ body: JSON.parse(line).body })
  const [told, hec] = await Promise.all([
    elastic.helpers.bulk({
      datasource: ws5.map((line) => JSON.parse(line)),
      flushBytes: 50_000,
      onDocument: () => ({ create: { _index: 'winlogbeat' } }),
    }),
    fetch(`${server.url}/services/collector/event`, {
      method: 'POST',
      headers: { authorization: `Splunk ${token}` },
      body: fs01.map((event) => JSON.stringify({ event })).join(''),
    }),
    provider.forceFlush(),
  ])
  expect([told.failed, told.successful, hec.status]).toEqual([0, ws5.length, 200])
  await Promise.all([elastic.close(), provider.shutdown()])

  await service.settle()
  now += 60_000
  await service.tick()
  await service.settle()
  const expected = await scannedTexts([ws5, fs01, dc01].map((lines) => lines.map((line) => `${line}\n`).join('')))
  expect(expected.size).toBeGreaterThan(15)
  expect(standing(store)).toEqual(expected)
  expect([faults, server.faults]).toEqual([[], []])
  await server.app.close()
  await service.stop()
  store.close()
  rmSync(folder, { recursive: true })
})
