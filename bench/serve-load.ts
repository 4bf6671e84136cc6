/**
 * Sends a fleet's telemetry to a running service as Winlogbeat does, at a steady rate, and tells how it bears it: what was taken and put off,
 * how long answers took, the service's memory, and how long after the last record of a story its finding was there.
 * The records are a lab workstation's day, told under many names with today's times, among records that nobody reads.
 *
 *     node bench/serve-load.ts --url http://127.0.0.1:8931 --token-file FILE [--rate 15000] [--seconds 60] [--hosts 200]
 *         [--batch 1000] [--clients 4] [--facts 8] [--story-every 20]
 *
 * `--rate 0`: as fast as it is taken.
 */
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { parseArgs } from 'node:util'
import { winlogbeat8Writer } from '../src/lab/carriers/ecs.ts'
import { demoIncident } from '../src/lab/demo-incident.ts'
import type { LabEvent } from '../src/lab/evtx-writer/lab-event.ts'
import { makeFleet } from '../src/lab/fleet/make-fleet.ts'

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8931' },
    'token-file': { type: 'string' },
    rate: { type: 'string', default: '15000' },
    seconds: { type: 'string', default: '60' },
    hosts: { type: 'string', default: '200' },
    batch: { type: 'string', default: '1000' },
    clients: { type: 'string', default: '4' },
    facts: { type: 'string', default: '8' },
    'story-every': { type: 'string', default: '20' },
  },
})
const [rate, seconds, hosts, batchSize, clients, share, storyEvery] = [
  Number(options.rate),
  Number(options.seconds),
  Number(options.hosts),
  Number(options.batch),
  Number(options.clients),
  Number(options.facts),
  Number(options['story-every']),
]
if (options['token-file'] === undefined) throw new Error('say --token-file FILE')
const authorization = `Bearer ${readFileSync(options['token-file'], 'utf8').trim()}`
const base = new URL(options.url)
const agent = new Agent({ keepAlive: true, maxSockets: clients + 2 })

/** Texts of one width, so that a document's time, number and host can be written over. */
const hostForm = 'lw0000.example.test'
const idForm = 1_000_000_000
const timeForm = '2026-01-01T00:00:00.000Z'

/** One line for a request, with the places of what changes. */
interface Template {
  readonly bytes: Buffer
  readonly times: readonly number[]
  readonly ids: readonly number[]
  readonly hosts: readonly number[]
}

function placesOf(text: string, part: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length))
    places.push(Buffer.byteLength(text.slice(0, at)))
  return places
}

function templateOf(document: Record<string, unknown>): Template {
  const text = `{"create":{"_index":"winlogbeat"}}\n${JSON.stringify(document)}\n`
  const [times, ids, hosts] = [timeForm, String(idForm), hostForm].map((part) => placesOf(text, part))
  return { bytes: Buffer.from(text), times: times ?? [], ids: ids ?? [], hosts: (hosts ?? []).map((at) => at + 2) }
}

function documentOf(event: LabEvent): ReturnType<typeof JSON.parse> {
  const document = JSON.parse(winlogbeat8Writer.line(event).replaceAll(event.computer, hostForm))
  document['@timestamp'] = timeForm
  document.winlog.record_id = idForm
  return document
}

/** A workstation's day without Sysmon, in the order in which it happened. */
function ordinaryDay(): LabEvent[] {
  const events: LabEvent[] = []
  const spec = { hosts: 1, days: 1, seed: 3, profile: 'workstation', noise: 'normal', format: 'evtx' } as const
  const channels = ['Security', 'Microsoft-Windows-TaskScheduler/Operational']
  makeFleet(
    { ...spec, channels, recordsCommandLines: true, securityDays: 1, attacks: [] },
    {
      cleared() {},
      events(_host, _channel, more) {
        for (const event of more) events.push(event)
      },
      end() {},
    },
  )
  return events.sort((a, b) => a.time.time - b.time.time || a.time.ticks - b.time.ticks)
}

const message =
  'The Windows Filtering Platform has permitted a connection.\n\nApplication Information:\n\tProcess ID:\t\t4\n\tApplication Name:\tSystem\n\nNetwork Information:\n\tDirection:\t\tInbound\n\tSource Address:\t\t10.1.2.3\n\tSource Port:\t\t445\n\tDestination Address:\t10.1.2.4\n\tDestination Port:\t\t50123\n\tProtocol:\t\t6\n\nFilter Information:\n\tFilter Run-Time ID:\t66551\n\tLayer Name:\t\tReceive/Accept\n\tLayer Run-Time ID:\t44'

const day = ordinaryDay()
const telling = day.map((event) => templateOf(documentOf(event)))
const silent = day.slice(0, 64).map((event) => {
  const document = documentOf(event)
  document.winlog.event_id = '5156'
  document.event.code = '5156'
  document.winlog.provider_name = 'Microsoft-Windows-Security-Auditing'
  document.winlog.channel = 'Security'
  document.message = message
  return templateOf(document)
})

/**
 * A task of the demo that is made, run and deleted within a moment, with all that came before it on its host: told as if its last record were
 * of now, so that it is complete with that.
 */
const incident = demoIncident()
  .files.filter(({ path }) => path.startsWith('FS01'))
  .flatMap(({ events }) => events)
  .filter(({ time }) => time.time < Date.UTC(2026, 2, 10, 13, 21, 28))
  .sort((a, b) => a.time.time - b.time.time || a.time.ticks - b.time.ticks)
const logs = [...new Set(incident.map(({ channel }) => channel))]

let recordId = 0
let turn = 0
let tellingTurn = 0
/** Place in the day of each host. */
const places = Array.from({ length: hosts }, (_, host) => (host * 37) % telling.length)

function batch(now: number): Buffer {
  const parts: Buffer[] = []
  for (let n = 0; n < batchSize; n++) {
    const isTelling = (++turn * share) % 100 < share
    const host = (isTelling ? tellingTurn++ : turn) % hosts
    const place = places[host] ?? 0
    const template = (isTelling ? telling[place] : silent[turn % silent.length]) as Template
    if (isTelling) places[host] = (place + 1) % telling.length
    const bytes = Buffer.from(template.bytes)
    const time = new Date(now + Math.floor((n / batchSize) * 10)).toISOString()
    for (const at of template.times) bytes.write(time, at, 'latin1')
    const id = String(idForm + recordId++)
    for (const at of template.ids) bytes.write(id, at, 'latin1')
    const name = String(host).padStart(4, '0')
    for (const at of template.hosts) bytes.write(name, at, 'latin1')
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly retryAfter: number
}

function ask(method: string, path: string, body?: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization,
      ...(body ? { 'content-type': 'application/x-ndjson', 'content-length': body.length } : {}),
    }
    const sent = request(new URL(path, base), { method, agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString('utf8'),
          retryAfter: Number(response.headers['retry-after'] ?? 1),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const tally = { sent: 0, bytes: 0, putOff: 0, failed: 0, took: [] as number[] }

async function send(body: Buffer, records: number): Promise<void> {
  for (;;) {
    const begun = performance.now()
    const { status, retryAfter, text } = await ask('POST', '/elastic/_bulk', body)
    if (status === 429 || status === 503) {
      tally.putOff++
      await sleep(retryAfter * 1000)
      continue
    }
    if (status !== 200) {
      tally.failed++
      console.error(`${status} ${text.slice(0, 200)}`)
      return
    }
    tally.took.push(performance.now() - begun)
    tally.sent += records
    tally.bytes += body.length
    return
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const begun = performance.now()
const elapsed = () => (performance.now() - begun) / 1000

/** Batches are due at a rate; whoever is free sends the next. */
async function client(): Promise<void> {
  while (elapsed() < seconds) {
    const due = rate === 0 ? 0 : (recordId + batchSize) / rate - elapsed()
    if (due > 0.002) {
      await sleep(due * 1000)
      continue
    }
    await send(batch(Date.now()), batchSize)
  }
}

/** Seconds from the answer to a story's last record until its finding can be read. */
const waits: number[] = []
let stories = 0

const requestOf = (document: object): string => `{"create":{"_index":"winlogbeat"}}\n${JSON.stringify(document)}\n`

async function story(): Promise<void> {
  const name = `st${String(stories++).padStart(4, '0')}${Date.now().toString(36)}`
  const last = incident.at(-1)?.time.time ?? 0
  const now = Date.now()
  const renamed = (event: LabEvent) =>
    JSON.parse(winlogbeat8Writer.line(event).replaceAll(/fs01(?=\.example\.test)/gi, name))
  const lines = incident.map((event, n) => {
    const document = renamed(event)
    document['@timestamp'] = new Date(now + event.time.time - last).toISOString()
    document.winlog.record_id = n + 1
    return requestOf(document)
  })
  await send(Buffer.from(lines.join('')), lines.length)
  const sent = performance.now()
  const isTold = async () => {
    const { status, text } = await ask('GET', `/api/v1/findings?host=${name}&minSeverity=high&limit=1`)
    return status === 200 && JSON.parse(text).findings.length > 0
  }
  for (let beat = 1; !(await isTold()); beat++) {
    if (performance.now() - sent > 180_000) {
      waits.push(Number.POSITIVE_INFINITY)
      return
    }
    await sleep(200)
    if (beat % 5 === 0) await send(Buffer.from(heartbeat(renamed, beat).join('')), logs.length)
  }
  waits.push((performance.now() - sent) / 1000)
}

/** The host goes on: a record of now in each of its logs, which nobody reads. */
const heartbeat = (renamed: (event: LabEvent) => ReturnType<typeof documentOf>, beat: number): string[] =>
  logs.map((log) => {
    const document = renamed(incident.find(({ channel }) => channel === log) as LabEvent)
    document['@timestamp'] = new Date().toISOString()
    document.winlog.record_id = 1_000_000 + beat
    document.winlog.event_id = '9999'
    document.event.code = '9999'
    return requestOf(document)
  })

async function tellStories(): Promise<void> {
  if (storyEvery === 0) return
  const told: Promise<void>[] = []
  for (let next = 5; next < seconds - 60; next += storyEvery) {
    await sleep(Math.max(0, (next - elapsed()) * 1000))
    told.push(story())
  }
  await Promise.all(told)
}

const quantile = (values: readonly number[], q: number): string =>
  values.length === 0 ? '–' : ([...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0).toFixed(1)

async function tell(): Promise<void> {
  let [before, beforeBytes, from] = [0, 0, elapsed()]
  while (elapsed() < seconds) {
    await sleep(Math.min(60, Math.max(1, seconds / 10)) * 1000)
    const { text } = await ask('GET', '/metrics')
    const value = (name: string) =>
      Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1] ?? Number.NaN)
    const span = elapsed() - from
    console.log(
      [
        `${elapsed().toFixed(0)} s`,
        `${((tally.sent - before) / span / 1000).toFixed(1)} thousand records/s`,
        `${((tally.bytes - beforeBytes) / span / 1e6).toFixed(1)} MB/s`,
        `answers ${quantile(tally.took, 0.5)} / ${quantile(tally.took, 0.99)} ms`,
        `put off ${tally.putOff}, failed ${tally.failed}`,
        `resident ${(value('process_resident_memory_bytes') / 2 ** 20).toFixed(0)} MB`,
        `stories after ${quantile(waits, 0.5)} / ${quantile(waits, 1)} s (${waits.length} of ${stories})`,
      ].join(' · '),
    )
    ;[before, beforeBytes, from] = [tally.sent, tally.bytes, elapsed()]
    tally.took.length = 0
  }
}

await Promise.all([...Array.from({ length: clients }, client), tellStories(), tell()])
console.log(
  `in all ${tally.sent} records in ${elapsed().toFixed(0)} s, ${tally.putOff} put off, ${tally.failed} failed`,
)
agent.destroy()
