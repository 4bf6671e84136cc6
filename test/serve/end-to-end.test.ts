import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@elastic/elasticsearch'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { winlogbeat8Writer } from '../../src/lab/carriers/ecs.ts'
import { eventXmlWriter } from '../../src/lab/carriers/event-xml.ts'
import { openTelemetryWriter } from '../../src/lab/carriers/opentelemetry.ts'
import type { CarrierWriter } from '../../src/lab/carriers/writer.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import type { LabEvent } from '../../src/lab/evtx-writer/lab-event.ts'
import { tasktrail } from '../run-cli.ts'
import { type RunningProgram, startProgram } from './program.ts'
import { canonical } from './service-at-work.ts'

// The whole of it, as a user has it: the program is started, three hosts send their logs by another client each, it is killed in the
// middle and started again, and tells what a scan of the same records tells.

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-end-to-end-'))
const data = join(root, 'data')
const tokenFile = join(root, 'token')

/** Gives what a client sends of these events to the service at this address. */
type Send = (url: string, token: string, events: readonly LabEvent[]) => Promise<void>

const byElasticsearch: Send = async (url, token, events) => {
  const apiKey = Buffer.from(`key:${token}`).toString('base64')
  const client = new Client({ node: `${url}/elastic`, auth: { apiKey }, compression: true, maxRetries: 0 })
  const { failed } = await client.helpers.bulk({
    datasource: events.map((event) => JSON.parse(winlogbeat8Writer.line(event))),
    flushBytes: 50_000,
    onDocument: () => ({ create: { _index: 'winlogbeat' } }),
  })
  await client.close()
  expect(failed).toBe(0)
}

const byOpenTelemetry: Send = async (url, token, events) => {
  const exporter = new OTLPLogExporter({
    url: `${url}/v1/logs`,
    timeoutMillis: 5_000,
    headers: { authorization: `Bearer ${token}` },
  })
  const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor({ exporter })] as never })
  const logger = provider.getLogger('windowseventlog')
  for (const event of events) logger.emit({ body: JSON.parse(openTelemetryWriter.line(event)).body })
  await provider.forceFlush()
  await provider.shutdown()
}

const hasCurl = spawnSync('curl', ['--version']).status === 0

/** Where there is no curl, as it would. */
const byCurl: Send = async (url, token, events) => {
  if (!hasCurl) return byFetch(url, token, events)
  const file = join(root, 'events.xml')
  writeFileSync(file, xmlOf(events))
  const headers = ['-H', `Authorization: Splunk ${token}`]
  const child = spawn('curl', ['-sf', ...headers, '--data-binary', `@${file}`, `${url}/api/v1/events`])
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
}

const byFetch: Send = async (url, token, events) => {
  const headers = { authorization: `Splunk ${token}` }
  const { status } = await fetch(`${url}/api/v1/events`, { method: 'POST', headers, body: xmlOf(events) })
  expect(status).toBe(200)
}

const xmlOf = (events: readonly LabEvent[]) => events.map((event) => eventXmlWriter.line(event)).join('\n')

const senders: Record<string, { readonly send: Send; readonly writer: CarrierWriter }> = {
  DC01: { send: byCurl, writer: eventXmlWriter },
  FS01: { send: byOpenTelemetry, writer: openTelemetryWriter },
  WS5: { send: byElasticsearch, writer: winlogbeat8Writer },
}

const eventsOf = Map.groupBy(
  demoIncident().files.flatMap(({ path, events }) => events.map((event) => ({ path, event }))),
  ({ path }) => path.split('.')[0] as string,
)
const logs = Object.entries(senders).map(([host, { send, writer }]) => {
  const events = (eventsOf.get(host) ?? []).map(({ event }) => event).sort((a, b) => a.time.time - b.time.time)
  return { host, send, writer, events }
})

/** A receiver of alerts, as somebody's own program is. */
const received: { alert: string; sequence: number; severity: string; host: string }[] = []
const receiver: Server = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  received.push(JSON.parse(body))
  response.writeHead(204).end()
})

let running: RunningProgram
let administrator = ''
const tokens = new Map<string, string>()

const start = (listen: string) => {
  const { port } = receiver.address() as AddressInfo
  const alerts = ['--alert-webhook', `http://127.0.0.1:${port}/`]
  return startProgram(
    '--listen',
    listen,
    '--data',
    data,
    '--admin-token-file',
    tokenFile,
    '--silent-after',
    '1',
    ...alerts,
  )
}

/** Each host's logs from here to there, by all clients at once; false: one was not answered. */
async function sendAll(from: number, to: number): Promise<boolean> {
  const sending = logs.map(({ host, send, events }) => {
    const part = events.slice(Math.floor(events.length * from), Math.floor(events.length * to))
    return send(running.url, tokens.get(host) ?? '', part)
  })
  return (await Promise.allSettled(sending)).every(({ status }) => status === 'fulfilled')
}

async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(`${running.url}${path}`, { headers: { authorization: `Bearer ${administrator}` } })
  expect(answer.status).toBe(200)
  return (await answer.json()) as T
}

async function findings(): Promise<string[]> {
  const { findings: told } = await ask<{ findings: unknown[] }>('/api/v1/findings?all=true&limit=1000')
  return told.map((finding) => canonical(JSON.stringify(finding))).sort()
}

/** What a scan finds in the same records, each host's as its client sends them. */
function scanned(): string[] {
  const folder = join(root, 'logs')
  mkdirSync(folder)
  for (const { host, writer, events } of logs)
    writeFileSync(join(folder, `${host}.log`), events.map((event) => `${writer.line(event)}\n`).join(''))
  const { stdout } = tasktrail('scan', '--all', '--baseline', 'none', '--format', 'jsonl', '--quiet', folder)
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map(canonical).sort()
}

beforeAll(async () => {
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
})
afterAll(async () => {
  await running?.end('SIGKILL')
  receiver.close()
  rmSync(root, { recursive: true })
})

test('it starts with one command, and makes a token for whoever administers it', async () => {
  running = await start('127.0.0.1:0')
  expect(statSync(tokenFile).mode & 0o777).toBe(0o600)
  administrator = readFileSync(tokenFile, 'utf8').trim()
  expect(running.said()).not.toContain(administrator)
})

test('tokens are made while it runs, each bound to its host', () => {
  for (const { host } of logs) {
    const { stdout, code } = tasktrail('token', 'add', host, '--role', 'send', '--host', host, '--data', data)
    expect(code).toBe(0)
    tokens.set(host, stdout.trim())
  }
  const { stdout } = tasktrail('token', 'list', '--data', data, '--format', 'json')
  expect(JSON.parse(stdout).tokens).toMatchObject([
    ...logs.map(({ host }) => ({ name: host, role: 'send', hosts: [host.toLowerCase()] })),
    { name: 'administrator', role: 'administer' },
  ])
})

test('what three clients send at once, and again after a kill, is told as a scan tells it', async () => {
  expect(await sendAll(0, 0.6)).toBe(true)
  const more = sendAll(0.6, 1) // some of which is answered, some sent again by its client, and some lost
  await running.end('SIGKILL')
  running = await start(new URL(running.url).host)
  await more
  expect(await sendAll(0.5, 1)).toBe(true)
  const expected = scanned()
  expect(expected.length).toBeGreaterThan(10)
  await expect.poll(findings, { timeout: 60_000, interval: 200 }).toEqual(expected)
})

test('who is to be told was told', async () => {
  const told = () => {
    const inOrder = received.toSorted((a, b) => a.sequence - b.sequence)
    const last = new Map(inOrder.map(({ alert, severity, host }) => [alert, `${severity} ${host}`]))
    return [...last.values()].sort()
  }
  await expect
    .poll(told, { timeout: 60_000, interval: 100 })
    .toEqual(['critical fs01.example.test', 'high ws5.example.test'])
})

/** Debian's browser. */
const browserPath = '/usr/bin/chromium'

test.skipIf(!existsSync(browserPath))(`the page shows it (skipped where there is no ${browserPath})`, async () => {
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    await page.goto(running.url)
    await page.getByLabel('Token').fill(administrator)
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('heading', { name: '2 findings cannot wait' }).waitFor()
    await page.getByText('SpoolerSync').first().waitFor()
    expect(faults).toEqual([])
  } finally {
    await browser.close()
  }
})

test('a copy that is taken while it runs is whole', () => {
  const copy = join(root, 'copy')
  mkdirSync(copy)
  expect(tasktrail('backup', data, '--out', join(copy, 'tasktrail.db'), '--quiet').code).toBe(0)
  const { stdout } = tasktrail('token', 'list', '--data', copy)
  expect(stdout).toMatch(/DC01.*\n.*FS01.*\n.*WS5.*\n.*administrator/)
})

test('a signal ends it when all is kept', async () => {
  expect(await running.end('SIGTERM')).toBe(0)
  expect(running.said()).toMatch(/ended; what was taken is kept\n$/)
})
