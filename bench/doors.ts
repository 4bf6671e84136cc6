/**
 * How fast bulk requests of Winlogbeat's documents are taken: received, unpacked, read in one thread, and answered item by item; nothing is kept.
 * The sender is a thread of the same process and its work counts for nothing: what a core of the server can do is told by its own time.
 *
 *     node bench/doors.ts [--documents 1600] [--requests 200] [--gzip]
 */
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { winlogbeat8Writer } from '../src/lab/carriers/ecs.ts'
import { demoIncident } from '../src/lab/demo-incident.ts'
import type { LabEvent } from '../src/lab/evtx-writer/lab-event.ts'
import { Access, hostNames, newToken } from '../src/serve/access/index.ts'
import { doors } from '../src/serve/doors/index.ts'
import { openReading } from '../src/serve/reading/index.ts'
import { buildServer } from '../src/serve/server.ts'
import { mixedLines } from './mixed-lines.ts'

interface Sending {
  readonly url: string
  readonly token: string
  readonly body: Uint8Array
  readonly encoding: string | null
  readonly requests: number
  readonly at: number
}

if (isMainThread) await measure()
else await send(workerData as Sending)

async function measure() {
  const { values: options } = parseArgs({
    options: {
      documents: { type: 'string', default: '1600' },
      requests: { type: 'string', default: '200' },
      gzip: { type: 'boolean', default: false },
    },
  })
  const [documents, requests] = [Number(options.documents), Number(options.requests)]
  const events = demoIncident().files.flatMap((file) => file.events)
  const lines = mixedLines(events as LabEvent[], winlogbeat8Writer, documents, 8)
  const action = '{"create":{"_index":"winlogbeat-8.17.0"}}'
  const text = Buffer.from(lines.map((line) => `${action}\n${line}\n`).join(''))
  const reading = openReading(1)
  let records = 0
  const token = newToken()
  const plenty = { burst: 1e9, perSecond: 1e9 }
  const app = await buildServer({
    access: new Access({
      tokens: {
        one: () => ({
          id: token.id,
          name: 'bench',
          role: 'send',
          hash: token.hash,
          hosts: null,
          expires: null,
          created: 0,
          lastUsed: 0,
        }),
        used: () => {},
      },
      now: () => 0,
      failures: plenty,
      requests: { send: plenty, read: plenty, administer: plenty },
    }),
    names: hostNames('127.0.0.1', []),
    isSecure: false,
    isBehindProxy: false,
    certificate: null,
    onFault: (fault) => console.error(fault),
    plugins: doors({
      intake: {
        async take(post) {
          const read = await reading.read(post)
          records += read.records
          return { kind: 'kept', records: read.records, problems: read.problems, unlisted: read.unlisted }
        },
        hasRoomFor: () => true,
      },
    }),
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const sending: Sending = {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/elastic/_bulk?filter_path=errors,items.*.error,items.*.status`,
    token: token.text,
    body: options.gzip ? gzipSync(text) : text,
    encoding: options.gzip ? 'gzip' : null,
    requests,
    at: 4,
  }
  const rounds: string[] = []
  for (const round of ['to warm up', '']) {
    records = 0
    const [start, own] = [performance.now(), process.threadCpuUsage()]
    const worker = new Worker(new URL(import.meta.url), { workerData: sending })
    await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
    const ms = performance.now() - start
    const { user, system } = process.threadCpuUsage(own)
    const busy = (user + system) / 1000
    if (round === '')
      rounds.push(
        `${records} records in ${Math.round(ms)} ms: ${(records / ms).toFixed(0)} thousand records/s, ${((requests * text.length) / ms / 1000).toFixed(0)} MB/s; the thread of the server alone ${(records / busy).toFixed(0)} thousand records/s`,
      )
  }
  console.log(rounds.join('\n'))
  await app.close()
  await reading.close()
}

async function send({ url, token, body, encoding, requests, at }: Sending) {
  let left = requests
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-ndjson',
        'content-length': body.length,
        ...(encoding && { 'content-encoding': encoding }),
      }
      const own = request(url, { method: 'POST', headers }, (answer) => {
        answer.resume()
        answer.on('end', resolve)
        if (answer.statusCode !== 200) reject(new Error(String(answer.statusCode)))
      })
      own.on('error', reject)
      own.end(body)
    })
  await Promise.all(
    Array.from({ length: at }, async () => {
      while (left-- > 0) await one()
    }),
  )
  parentPort?.postMessage('done')
}
