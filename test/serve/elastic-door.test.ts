import { Client } from '@elastic/elasticsearch'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { winlogbeat8Writer } from '../../src/lab/carriers/ecs.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { type DoorServer, doorServer } from './door-server.ts'

const documents = demoIncident()
  .files.flatMap((file) => file.events)
  .slice(0, 120)
  .map((event) => JSON.parse(winlogbeat8Writer.line(event)) as Record<string, unknown>)

let server: DoorServer
beforeAll(async () => {
  server = await doorServer()
})
afterAll(() => server.app.close())

const factsIn = (met: ReturnType<DoorServer['met']>) =>
  met.reduce((sum, { read }) => sum + read.shards.reduce((own, { facts }) => own + facts.count, 0), 0)

const ask = (path: string, { method = 'GET', headers = {}, body }: RequestInit = {}) =>
  fetch(`${server.url}/elastic${path}`, {
    method,
    headers: { authorization: `ApiKey ${apiKey()}`, ...headers },
    ...(body === undefined ? {} : { body }),
  })

function apiKey(hosts?: readonly string[]): string {
  const { id, text } = server.token('send', hosts)
  return Buffer.from(`${id}:${text}`).toString('base64')
}

const ndjson = { 'content-type': 'application/x-ndjson' }
const bulk = (lines: readonly (string | object)[], path = '/_bulk', headers: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    headers: { ...ndjson, ...headers },
    body: lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  })
const create = { create: { _index: 'winlogbeat-8.17.0' } }

test("Elasticsearch's own client sends documents by its bulk helper, packed, and is told of each", async () => {
  const client = new Client({ node: `${server.url}/elastic`, auth: { apiKey: apiKey() }, compression: true })
  const info = await client.info()
  expect(info.version.number).toMatch(/^9\./)
  const sent = [
    ...documents,
    { ...documents.find(({ event }) => (event as { code: string }).code === '4698'), '@timestamp': null },
  ]
  const dropped: unknown[] = []
  const told = await client.helpers.bulk({
    datasource: sent,
    flushBytes: 100_000,
    onDocument: () => ({ create: { _index: 'logs-windows' } }),
    onDrop: ({ status, error }) => dropped.push([status, error?.type]),
  })
  await client.close()
  expect(told).toMatchObject({ total: sent.length, failed: 1, successful: documents.length })
  expect(dropped).toEqual([[400, 'document_parsing_exception']])
  const met = server.met()
  expect(met.length).toBeGreaterThan(1)
  expect(met[0]?.post).toMatchObject({ source: 'elastic:relay', kind: 'json-lines' })
  expect(met.reduce((sum, { read }) => sum + read.records, 0)).toBe(sent.length)
  expect(factsIn(met)).toBeGreaterThan(50)
})

describe('before they send', () => {
  const paths = [
    '',
    '/',
    '/_license?human=false',
    '/_xpack',
    '/_cluster/health',
    '/_nodes/http',
    '/_nodes/ingest',
    '/_index_template/winlogbeat-8.17.0',
    '/_template/logstash',
    '/_component_template/logs@mappings',
    '/_ilm/policy/winlogbeat',
    '/_ingest/pipeline/winlogbeat-8.17.0-routing',
    '/_data_stream/winlogbeat-8.17.0',
    '/_alias/winlogbeat',
    '/winlogbeat-8.17.0',
  ]

  test('shippers find a product that they know, a licence, and all that they would install', async () => {
    for (const path of paths)
      for (const method of ['GET', 'HEAD']) {
        const answer = await ask(path, { method })
        expect([path, answer.status]).toEqual([path, 200])
        expect(answer.headers.get('x-elastic-product')).toBe('Elasticsearch')
        if (method === 'GET') expect(answer.headers.get('content-type')).toBe('application/json')
        await answer.text()
      }
    const installed = await ask('/_index_template/own', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"index_patterns":["own*"]}',
    })
    expect(await installed.json()).toEqual({ acknowledged: true })
  })

  test('the version is that which a client asks for', async () => {
    for (const version of [8, 9]) {
      const type = `application/vnd.elasticsearch+json; compatible-with=${version}`
      const answer = await ask('/', { headers: { accept: type } })
      expect(answer.headers.get('content-type')).toBe(type.replace(' ', ''))
      expect(((await answer.json()) as { version: { number: string } }).version.number).toMatch(`${version}.`)
    }
    const answer = await ask('/', { headers: { accept: 'application/vnd.elasticsearch+json; compatible-with=7' } })
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { error: { type: 'media_type_header_exception' } },
    ])
  })

  test('nothing can be read, and without a token nothing asked', async () => {
    const search = await ask('/_search')
    expect([search.status, search.headers.get('x-elastic-product')]).toEqual([400, 'Elasticsearch'])
    const nobody = await fetch(`${server.url}/elastic/`)
    expect([nobody.status, nobody.headers.get('x-elastic-product')]).toEqual([401, 'Elasticsearch'])
    expect(await nobody.json()).toMatchObject({ status: 401, error: { type: 'security_exception' } })
    const reader = await fetch(`${server.url}/elastic/_bulk`, {
      method: 'POST',
      headers: { ...ndjson, authorization: `Bearer ${server.token('read').text}` },
      body: '\n',
    })
    expect(reader.status).toBe(403)
  })
})

describe('a bulk request', () => {
  test('has an answer for each line that says what is to be done, in order', async () => {
    server.met()
    const [one, two, three] = documents
    const answer = await bulk([
      { index: { _index: 'a', _id: '7' } },
      one as object,
      { delete: { _index: 'a', _id: '8' } },
      create,
      '{"winlog":{"event_id":4698',
      '',
      { update: { _index: 'a', _id: '9' } },
      { doc: two },
      { create: { _index: 'b', _type: '_doc', pipeline: 'x' } },
      three as object,
      create,
      '',
    ])
    const { errors, items } = (await answer.json()) as { errors: boolean; items: Record<string, { status: number }>[] }
    expect(errors).toBe(true)
    expect(items.map((item) => Object.entries(item).map(([action, { status }]) => [action, status])[0])).toEqual([
      ['index', 201],
      ['delete', 404],
      ['create', 400],
      ['update', 200],
      ['create', 201],
      ['create', 400],
    ])
    expect(items[0]).toMatchObject({ index: { _index: 'a', _id: '7', result: 'created' } })
    expect(server.met()[0]?.read.records).toBe(4)
  })

  test('of hosts for which the sender may not speak is refused for these', async () => {
    const lines = documents.flatMap((document) => [create, document])
    const answer = await bulk(lines, '/_bulk', { authorization: `ApiKey ${apiKey(['dc01'])}` })
    const { items } = (await answer.json()) as { items: { create: { status: number; error?: { type: string } } }[] }
    const types = new Set(items.map(({ create: { status, error } }) => `${status} ${error?.type ?? ''}`))
    expect(types).toEqual(new Set(['201 ', '403 security_exception']))
    expect(server.met()[0]?.read.shards.map(({ shard }) => shard)).not.toContain('ws5')
  })

  test('is answered with no more than is asked for', async () => {
    const asked = '/x/_bulk?filter_path=errors,items.*.error,items.*.status'
    expect(await (await bulk([{ create: {} }, documents[0] as object], asked)).json()).toEqual({
      errors: false,
      items: [{ create: { status: 201 } }],
    })
    const left = await bulk(
      [{ create: {} }, documents[0] as object],
      '/x/_bulk?filter_path=-took,-**._shards,-items.*._id',
    )
    expect(await left.json()).toEqual({
      errors: false,
      items: [{ create: { _index: 'x', _version: 1, result: 'created', _seq_no: 0, _primary_term: 1, status: 201 } }],
    })
    server.met()
  })

  test('that is malformed is refused whole, in the words of Elasticsearch', async () => {
    const refused: [string, string, string][] = [
      ['', 'parse_exception', 'request body is required'],
      ['{"create":{"_index":"a"}}\n{}', 'illegal_argument_exception', 'must be terminated by a newline'],
      ['\n\n', 'action_request_validation_exception', 'no requests added'],
      ['{"create":{}}\n{}\n', 'action_request_validation_exception', 'index is missing'],
      ['{"create":{"_index":"a"}}\n{}\n{"make":{}}\n{}\n', 'illegal_argument_exception', 'line [3]'],
      ['{"create":[]}\n{}\n', 'illegal_argument_exception', 'line [1]'],
      ['create\n{}\n', 'illegal_argument_exception', 'line [1]'],
      [`{"create":{"_id":"${'x'.repeat(9_000)}"}}\n{}\n`, 'illegal_argument_exception', 'line [1]'],
    ]
    for (const [body, type, words] of refused) {
      const answer = await ask('/_bulk', { method: 'POST', headers: ndjson, body })
      expect(answer.status).toBe(400)
      const { error } = (await answer.json()) as { error: { type: string; reason: string } }
      expect(error.type).toBe(type)
      expect(error.reason).toContain(words)
    }
    const text = await ask('/_bulk', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' })
    expect(text.status).toBe(406)
    expect(server.met()).toEqual([])
  })

  test('is to be sent again when too much waits, and when the service ends', async () => {
    server.hasRoom(false)
    const full = await bulk([create, {}])
    server.hasRoom(true)
    expect([full.status, full.headers.get('retry-after')]).toEqual([429, '5'])
    expect(await full.json()).toMatchObject({ error: { type: 'es_rejected_execution_exception' } })
    server.answerNext({ kind: 'full', retryAfter: 2 })
    const later = await bulk([create, {}])
    expect([later.status, later.headers.get('retry-after')]).toEqual([429, '2'])
    server.answerNext({ kind: 'unavailable', reason: 'the disk is full' })
    expect((await bulk([create, {}])).status).toBe(503)
  })

  test('of a single document', async () => {
    const document = JSON.stringify(documents[0], null, 2)
    const headers = { 'content-type': 'application/json' }
    const answer = await ask('/logs/_doc', { method: 'POST', headers, body: document })
    expect([answer.status, await answer.json()]).toMatchObject([201, { _index: 'logs', result: 'created' }])
    const broken = await ask('/logs/_create/1', { method: 'PUT', headers, body: '{"winlog"' })
    expect([broken.status, await broken.json()]).toMatchObject([400, { error: { type: 'document_parsing_exception' } }])
    expect(server.met()[0]?.read.records).toBe(1)
  })
})
