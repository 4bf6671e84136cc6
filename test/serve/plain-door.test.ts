import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { winlogbeat8Writer } from '../../src/lab/carriers/ecs.ts'
import { eventXmlWriter } from '../../src/lab/carriers/event-xml.ts'
import { evtxECmdCsvWriter } from '../../src/lab/carriers/tables.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { evtxBytes } from '../../src/lab/evtx-writer/evtx-writer.ts'
import { type DoorServer, doorServer } from './door-server.ts'

const events = demoIncident()
  .files.flatMap((file) => file.events)
  .slice(0, 80)
const lines = events.map((event) => winlogbeat8Writer.line(event))
const text = lines.join('\n')
const mostUnpacked = 4 << 20

let server: DoorServer
let token: string
beforeAll(async () => {
  server = await doorServer({ packed: 1 << 20, unpacked: mostUnpacked })
  token = server.token().text
})
afterAll(() => server.app.close())

async function send(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: Buffer.from(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers }
}

describe('whatever scan reads is taken, and told by its content', () => {
  const forms: [string, string | Buffer][] = [
    ['an event a line', text],
    ['a list', `[${lines.join(',\n')}]`],
    ['event XML', events.map((event) => eventXmlWriter.line(event)).join('\n')],
    ['an event log', evtxBytes(events)],
    ['a table', evtxECmdCsvWriter.files(events)[0] ?? ''],
    ['a packed file', gzipSync(text)],
  ]
  for (const [name, body] of forms)
    test(name, async () => {
      const { status, body: told } = await send(body)
      expect([status, told]).toMatchObject([200, { problems: [], unlisted: 0 }])
      expect(told.records).toBeGreaterThanOrEqual(events.length)
      expect(server.met()[0]?.post.source).toBe('http:relay')
    })

  test('and what is nothing of these is refused with its reason', async () => {
    const { status, body } = await send('hello')
    expect([status, body]).toMatchObject([400, { records: 0, problems: [{ item: null, code: 'not-a-record' }] }])
    expect((await send('')).body).toEqual({ records: 0, problems: [], unlisted: 0 })
    server.met()
  })

  test('of lines that are said to be events each has its number, empty ones not counted', async () => {
    const body = `${lines[0]}\n\n{"broken\n${lines[1]}`
    const { status, body: told } = await send(body, { 'content-type': 'application/x-ndjson' })
    expect([status, told]).toMatchObject([200, { records: 3, problems: [{ item: 1, code: 'not-a-record' }] }])
    server.met()
  })
})

describe('bodies', () => {
  const counted = async (body: Uint8Array, encoding: string) => {
    const { status, body: told } = await send(body, { 'content-encoding': encoding })
    server.met()
    return [status, told.records ?? (told.error as { code: string }).code]
  }

  test('are taken packed in each of the ways that senders have, also twice', async () => {
    expect(await counted(gzipSync(text), 'gzip')).toEqual([200, lines.length])
    expect(await counted(deflateSync(text), 'deflate')).toEqual([200, lines.length])
    expect(await counted(zstdCompressSync(text), 'zstd')).toEqual([200, lines.length])
    expect(await counted(gzipSync(zstdCompressSync(text)), 'zstd, gzip')).toEqual([200, lines.length])
    expect(await counted(Buffer.from(text), 'identity')).toEqual([200, lines.length])
    expect(await counted(Buffer.from(text), 'br')).toEqual([415, 'unknown-encoding'])
    expect(await counted(gzipSync(text), 'gzip, gzip, gzip')).toEqual([415, 'unknown-encoding'])
  })

  test('that are damaged are refused', async () => {
    for (const encoding of ['gzip', 'deflate', 'zstd'])
      expect(await counted(Buffer.from(text), encoding)).toEqual([400, 'damaged'])
    expect(await counted(gzipSync(text).subarray(0, 500), 'gzip')).toEqual([400, 'damaged'])
  })

  test('that are too large, packed or unpacked, are let go', async () => {
    const blanks = Buffer.alloc(mostUnpacked + 1, 0x20)
    for (const [encoding, packed] of [
      ['gzip', gzipSync(blanks)],
      ['zstd', zstdCompressSync(blanks)],
    ] as const)
      expect(await counted(packed, encoding)).toEqual([413, 'too-large'])
    expect(await counted(Buffer.alloc((1 << 20) + 1, 0x20), 'identity')).toEqual([413, 'too-large'])
  })

  test('that turn out to be too large are refused on a connection that then takes the next', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const sent = async (parts: number) => {
      const own = request(`${server.url}/api/v1/events`, {
        agent,
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'transfer-encoding': 'chunked' },
      })
      const port = new Promise((resolve) =>
        own.once(
          'socket',
          (socket) => socket.once('connect', () => resolve(socket.localPort)).connecting || resolve(socket.localPort),
        ),
      )
      for (let part = 0; part < parts; part++) own.write(Buffer.alloc(256 << 10, 0x20))
      own.end()
      const [answer] = await once(own, 'response')
      answer.resume()
      await once(answer, 'end')
      return [answer.statusCode, await port]
    }
    const [large, port] = await sent(8)
    expect(large).toBe(413)
    expect(await sent(1)).toEqual([400, port])
    agent.destroy()
    server.met()
  })

  test('are not read where there is no room for them', async () => {
    server.hasRoom(false)
    const { status, headers, body } = await send(text)
    server.hasRoom(true)
    expect([status, headers.get('retry-after'), body]).toMatchObject([429, '5', { error: { code: 'busy' } }])
  })

  test('may come in pieces, and one that ends too soon leaves nothing behind', async () => {
    const sent = (body: (to: ReturnType<typeof request>) => void) => {
      const own = request(`${server.url}/api/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'transfer-encoding': 'chunked' },
      })
      body(own)
      return own
    }
    const whole = sent((own) => {
      for (const line of lines) own.write(`${line}\n`)
      own.end()
    })
    const [answer] = await once(whole, 'response')
    expect(answer.statusCode).toBe(200)
    answer.resume()
    expect(server.met()[0]?.read.records).toBe(lines.length)
    const ended = new Promise((resolve) =>
      server.app.server.once('request', (incoming) => {
        incoming.once('close', resolve)
        cut.destroy()
      }),
    )
    const cut = sent((own) => own.on('error', () => {}).write(lines[0]))
    await ended
    await send(text)
    expect(server.met()).toHaveLength(1)
    expect(server.faults).toEqual([])
  })
})
