import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { winlogbeat8Writer } from '../../src/lab/carriers/ecs.ts'
import { eventXmlWriter } from '../../src/lab/carriers/event-xml.ts'
import { nxlogWriter } from '../../src/lab/carriers/nxlog.ts'
import { otlpWriter } from '../../src/lab/carriers/opentelemetry.ts'
import { evtxECmdCsvWriter } from '../../src/lab/carriers/tables.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { evtxBytes } from '../../src/lab/evtx-writer/evtx-writer.ts'
import { Random } from '../../src/lab/random.ts'
import { type DoorServer, doorServer } from './door-server.ts'

// Whatever bytes come, each door answers, and no answer is a fault of ours. More rounds: TASKTRAIL_HOSTILE_POSTS=20000; another seed: …_SEED=7.

const rounds = Number(process.env.TASKTRAIL_HOSTILE_POSTS ?? 240)
const random = new Random(Number(process.env.TASKTRAIL_HOSTILE_POSTS_SEED ?? 1))

const events = demoIncident()
  .files.flatMap((file) => file.events)
  .slice(0, 12)
const lines = (line: (event: (typeof events)[number]) => string, before = '') =>
  Buffer.from(events.map((event) => `${before}${line(event)}\n`).join(''))

/** What each door takes, with the type that it comes as. */
const whole: readonly (readonly [path: string, type: string, body: Buffer])[] = [
  ['/elastic/_bulk', 'application/x-ndjson', lines(winlogbeat8Writer.line, '{"create":{"_index":"a"}}\n')],
  ['/elastic/a/_bulk?filter_path=**.status', 'application/json', lines(nxlogWriter.line, '{"index":{}}\n')],
  ['/elastic/a/_doc', 'application/json', Buffer.from(winlogbeat8Writer.line(events[0] as (typeof events)[number]))],
  ['/services/collector', 'application/json', lines((event) => JSON.stringify({ event: eventXmlWriter.line(event) }))],
  ['/services/collector/raw', 'text/plain', lines(eventXmlWriter.line)],
  ['/services/collector/ack?channel=a', 'application/json', Buffer.from('{"acks":[1,2,3]}')],
  ['/v1/logs', 'application/json', Buffer.from(otlpWriter.line(events[0] as (typeof events)[number]))],
  ['/v1/logs', 'application/x-protobuf', Buffer.from('0a1512131211121a2a0f0a0d7b224576656e744944223a347d', 'hex')],
  ['/api/v1/events', 'application/x-ndjson', lines(winlogbeat8Writer.line)],
  ['/api/v1/events', '', evtxBytes(events)],
  ['/api/v1/events', 'text/csv', Buffer.from(evtxECmdCsvWriter.files(events)[0] ?? '')],
]

const drawn = <T>(list: readonly T[]): T => list[random.whole(0, list.length - 1)] as T

const pieces = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '\n',
  '\0',
  '\ufeff',
  '{"create":',
  '<Event ',
  '</Event>',
  '\x1f\x8b\x08',
  'PAR1',
  'ElfFile\0',
  'u0045',
]

function damaged(body: Buffer): Buffer {
  const at = random.whole(0, body.length)
  switch (random.whole(0, 5)) {
    case 0:
      return body.subarray(0, at)
    case 1:
      return body.subarray(at)
    case 2:
      return Buffer.concat([body.subarray(0, at), Buffer.from(drawn(pieces), 'latin1'), body.subarray(at)])
    case 3: {
      const own = Buffer.from(body)
      for (let i = random.whole(1, 8); i > 0; i--) own[random.whole(0, own.length)] = random.whole(0, 255)
      return own
    }
    case 4:
      return Buffer.concat([body, drawn(whole)[2]])
    default:
      return Buffer.concat([
        body.subarray(0, at),
        Buffer.from(drawn(pieces).repeat(random.whole(1, 3_000))),
        body.subarray(at),
      ])
  }
}

const encodings: readonly (readonly [string, (body: Buffer) => Buffer])[] = [
  ['identity', (body) => body],
  ['gzip', (body) => gzipSync(body)],
  ['zstd', (body) => zstdCompressSync(body)],
]

let server: DoorServer
beforeAll(async () => {
  server = await doorServer({ packed: 4 << 20, unpacked: 9 << 20 })
})
afterAll(() => server.app.close())

test('any bytes, packed or damaged after they were packed, get an answer that blames whoever sent them', async () => {
  const authorization = `Bearer ${server.token('send').text}`
  for (let round = 0; round < rounds; round++) {
    const [path, type, content] = drawn(whole)
    let body = content
    for (let i = random.whole(0, 3); i > 0; i--) body = damaged(body)
    const [encoding, pack] = drawn(encodings)
    body = pack(body)
    if (random.whole(0, 7) === 0) body = damaged(body)
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization, 'content-encoding': encoding, ...(type && { 'content-type': type }) },
      body: Uint8Array.from(body),
    })
    await answer.arrayBuffer()
    expect(answer.status, `round ${round}: ${path}`).toBeLessThan(500)
    const reasons = server.met().flatMap(({ read }) => read.problems.map(({ reason }) => reason))
    expect(reasons.filter((reason) => /\b(?:Type|Range|Reference)Error\b|of tasktrail's own/.test(reason))).toEqual([])
  }
  expect(server.faults).toEqual([])
})

test('of a body of nothing but the shortest items none is taken, and nothing is filled with them', async () => {
  const authorization = `Bearer ${server.token('send').text}`
  const many = 100_001
  const bodies: readonly (readonly [path: string, type: string, body: Buffer])[] = [
    ['/elastic/a/_bulk', 'application/x-ndjson', Buffer.from('{"delete":{}}\n'.repeat(many))],
    ['/elastic/a/_bulk', 'application/x-ndjson', Buffer.from('{"index":{}}\n1\n'.repeat(many))],
    ['/services/collector', 'application/json', Buffer.from('{"event":1}'.repeat(many))],
    ['/api/v1/events', 'application/x-ndjson', Buffer.from('1\n'.repeat(many))],
    ['/v1/logs', 'application/json', Buffer.from(`{"resourceLogs":[${'{},'.repeat(2_700_000)}{}]}`)],
    // field 1 of field 2 of …: log records without anything in them, and a length of three bytes before them
    ['/v1/logs', 'application/x-protobuf', ofMessages([0x0a, 0x12], Buffer.from('1200'.repeat(many), 'hex'))],
  ]
  for (const [path, type, body] of bodies) {
    const headers = { authorization, 'content-type': type, 'content-encoding': 'gzip' }
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers,
      body: Uint8Array.from(gzipSync(body)),
    })
    expect([path, answer.status]).toEqual([path, 413])
    await answer.arrayBuffer()
  }
  expect(server.met()).toEqual([])
})

/** A message within others, by their tags from the outside in. */
function ofMessages(tags: readonly number[], message: Buffer): Buffer {
  return tags.reduceRight((inner, tag) => {
    const { length } = inner
    return Buffer.concat([
      Buffer.from([tag, (length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14]),
      inner,
    ])
  }, message)
}
