import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { madeChain } from '../../src/lab/made-chains.ts'
import type { KeptHost } from '../../src/serve/store/hosts.ts'
import { MadeService, scoredOf, serviceTime, someFindings, toKeep } from './made-service.ts'

const service = new MadeService()
let token: string

const host = (name: string, more: Partial<KeptHost> = {}): KeptHost => ({
  ...{ host: name, shard: name.split('.')[0] ?? name, role: 'workstation', state: 'hearing', records: 9 },
  ...{ first: serviceTime - 1_000, last: serviceTime, arrived: serviceTime, late: 0 },
  ...more,
})

beforeAll(async () => {
  await service.start()
  token = service.token()
  const evidence = [
    {
      time: serviceTime,
      ticks: 0,
      source: 0,
      channel: 'Security',
      eventId: 4698,
      recordId: 7,
      position: 0,
      alsoIn: [],
    },
    {
      time: serviceTime,
      ticks: 0,
      source: 0,
      channel: 'Security',
      eventId: 4688,
      recordId: 8,
      position: 9,
      alsoIn: [],
    },
  ]
  const proved = madeChain({
    id: 'feedfacefeedface',
    host: 'dc01.example.test',
    taskPath: '\\Proved',
    evidence,
  } as never)
  service.keep(...someFindings(40).map((one) => toKeep(one)), toKeep(scoredOf(proved, 'critical', 40)))
  const sent = Buffer.from('{"event_id":4698,"message":"a task"}')
  const { store } = service
  store.transaction(() => {
    store.findingRecords.put('feedfacefeedface', [
      { n: 0, key: 'a', bytes: sent },
      { n: 1, key: 'b', bytes: Buffer.from([0xff, 0xfe]) },
    ])
    store.hosts.put(host('dc01.example.test'))
    store.hosts.put(host('ws1.example.test', { state: 'stopped' }))
    store.notices.add({
      time: serviceTime,
      host: 'ws1.example.test',
      kind: 'host-silent',
      text: 'Nothing came for an hour.',
    })
    store.notices.add({ time: serviceTime, host: null, kind: 'baseline', text: 'Another baseline is in force.' })
    store.problems.add({
      source: 'folder/drop',
      code: 'not-a-record',
      count: 3,
      time: serviceTime,
      reason: 'no reader knows it',
    })
  })
})
afterAll(() => service.end())

async function got(url: string, as = token) {
  const answer = await service.ask(url, as)
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}
const idsOf = async (query: string): Promise<string[]> =>
  (await got(`/api/v1/findings?${query}`)).body.findings.map(({ id }: { id: string }) => id)

describe('findings', () => {
  test('are listed in the form of a scan, with how they stand here, ordinary ones when all are asked for', async () => {
    const { body } = await got('/api/v1/findings?order=worst&limit=1')
    expect(body.findings[0]).toMatchObject({
      ...{ schema: 'tasktrail.finding/1', id: 'feedfacefeedface', score: { severity: 'critical', bits: 40 } },
      revision: { facts: 3, newest: '2026-03-10T12:00:00.000Z' },
    })
    expect(await idsOf('limit=100')).toHaveLength(33)
    expect(await idsOf('limit=100&all=true')).toHaveLength(41)
  })

  test('are filtered by what is asked for', async () => {
    expect(await idsOf('host=dc01')).toEqual(['feedfacefeedface'])
    expect(await idsOf('minSeverity=critical&q=PROVED')).toEqual(['feedfacefeedface'])
    expect(await idsOf('severity=critical,high&task=task1')).toHaveLength(4)
    expect(await idsOf('severity=informational&limit=3')).toHaveLength(3)
    expect(await idsOf('since=2026-03-10T11:55:00Z&until=2026-03-10T12:00:01Z&host=ws1')).toHaveLength(1)
    expect(await idsOf('q=corp%5Cuser1%20task4')).toEqual(['0000000000000004'])
    expect(await idsOf('id=feedfacefeedface,nothing')).toEqual(['feedfacefeedface'])
  })

  test('are refused with the field and the reason where the question is wrong', async () => {
    const wrong = {
      'limit=0': 'limit: ',
      'severity=bad': 'severity.0: ',
      'since=soon': 'since: no time',
      'x=1': 'x: not known here',
    }
    for (const [query, says] of Object.entries({ ...wrong, 'cursor=AAAA': 'cursor: ' })) {
      const { status, body } = await got(`/api/v1/findings?${query}`)
      expect([query, status, body.error.code]).toEqual([query, 400, 'bad-request'])
      expect(body.error.message).toContain(says)
    }
  })

  test('come each once over the pages of any size, in any order', async () => {
    const whole = new Map<string, string[]>()
    for (const order of ['newest', 'ended', 'worst', 'changed'])
      whole.set(order, await idsOf(`all=true&limit=1000&order=${order}`))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3, max: 50 }), fc.constantFrom(...whole.keys()), async (limit, order) => {
        const ids: string[] = []
        let next = ''
        do {
          const { body } = await got(`/api/v1/findings?all=true&limit=${limit}&order=${order}${next}`)
          for (const { id } of body.findings) ids.push(id)
          next = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`
        } while (next !== '')
        expect(ids).toEqual(whole.get(order))
        expect(new Set(ids).size).toBe(41)
      }),
      { numRuns: 12 },
    )
  })

  test('one is told by its id, also by one that it had before, and when it does not stand any more', async () => {
    expect((await got('/api/v1/findings/feedfacefeedface')).body).toMatchObject({ task: { path: '\\Proved' } })
    expect((await got('/api/v1/findings/nothing')).status).toBe(404)
    const better = madeChain({ id: 'b'.repeat(16), formerIds: ['a'.repeat(16)], host: 'other.example.test' })
    service.keep(toKeep(scoredOf(better)))
    const moved = await got(`/api/v1/findings/${'a'.repeat(16)}`)
    expect([moved.status, moved.headers.location]).toEqual([308, `/api/v1/findings/${'b'.repeat(16)}`])
    expect((await got(`/api/v1/findings/${'a'.repeat(16)}/records`)).headers.location).toMatch(/b\/records$/)
    service.withdraw('b'.repeat(16), 'A later record says otherwise.')
    const { status, body } = await got(`/api/v1/findings/${'b'.repeat(16)}`)
    expect([status, body.withdrawn]).toEqual([200, 'A later record says otherwise.'])
    expect(await idsOf('host=other')).toEqual([])
    expect(await idsOf('host=other&withdrawn=only')).toEqual(['b'.repeat(16)])
  })

  test('are proved by records as they were sent', async () => {
    const { body } = await got('/api/v1/findings/feedfacefeedface/records')
    expect(body).toMatchObject({
      records: [
        { evidence: { recordId: '7' }, text: '{"event_id":4698,"message":"a task"}', decoded: { event_id: 4698 } },
        { evidence: { recordId: '8' }, text: null, base64: '//4=', decoded: null },
      ],
      next: null,
    })
    const part = await got('/api/v1/findings/feedfacefeedface/records?limit=1')
    expect([part.body.records.length, part.body.next]).toEqual([1, 1])
  })
})

test('hosts, notices and sources are told', async () => {
  expect((await got('/api/v1/hosts?state=stopped')).body.hosts).toMatchObject([
    { host: 'ws1.example.test', records: 9 },
  ])
  expect((await got('/api/v1/hosts/ws1.example.test')).body).toMatchObject({
    notices: [{ kind: 'host-silent' }],
    findings: { low: 2, informational: 1 },
  })
  expect((await got('/api/v1/hosts/nobody')).status).toBe(404)
  expect((await got('/api/v1/notices?limit=1')).body).toMatchObject({ notices: [{ kind: 'baseline' }], next: 2 })
  expect((await got('/api/v1/sources')).body.sources).toMatchObject([{ name: 'folder/drop', problems: [{ count: 3 }] }])
})

test('a reader of some hosts sees these alone', async () => {
  const some = service.token('read', ['dc01'])
  const { body } = await got('/api/v1/findings?all=true&limit=100', some)
  expect(body.findings.map(({ id }: { id: string }) => id)).toEqual(['feedfacefeedface'])
  expect((await got('/api/v1/findings/0000000000000004', some)).status).toBe(404)
  expect((await got('/api/v1/hosts', some)).body.hosts).toHaveLength(1)
  expect((await got('/api/v1/hosts/ws1.example.test', some)).status).toBe(404)
  expect((await got('/api/v1/notices', some)).body.notices).toEqual([])
  const question = encodeURIComponent('{"ask":"total"}')
  expect((await got(`/api/v1/page/answer?question=${question}`, some)).body).toEqual({ answer: 1 })
})

test('metrics are told, of no more sources than a hundred', async () => {
  const source = (name: string, records: number) => ({
    name,
    records,
    facts: 1,
    bytes: 1,
    problems: 0,
    arrived: 9,
    newest: null,
  })
  service.state = { ...service.state, sources: Array.from({ length: 300 }, (_, n) => source(`s${n}`, n)) }
  const { body } = await service.ask('/metrics', token)
  expect(body).toContain('tasktrail_records_total 5')
  expect(body).toContain('tasktrail_findings{severity="critical"} ')
  expect(body.match(/^tasktrail_source_records_total\{/gm)).toHaveLength(100)
  expect(body).toContain('tasktrail_source_records_total{source="s299"} 299')
  expect(body).toMatch(/tasktrail_source_records_total\{source="others"\} \d+/)
})

test('it is ready when it is, and a sender cannot read', async () => {
  expect((await got('/readyz')).status).toBe(200)
  service.state = { ...service.state, phase: 'refusing', refusal: 'the disk is full' }
  expect((await got('/readyz')).status).toBe(503)
  expect((await got('/api/v1/findings', service.token('send'))).status).toBe(403)
})

describe('the OpenAPI document', () => {
  test('is of what is served, and its schemas hold for what is answered', async () => {
    const { body: document } = await got('/api/v1/openapi.json')
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    expect(Object.keys(document.paths)).toEqual([
      ...['/api/v1/findings', '/api/v1/findings/{id}', '/api/v1/findings/{id}/records', '/api/v1/hosts'],
      ...[
        '/api/v1/hosts/{host}',
        '/api/v1/coverage',
        '/api/v1/notices',
        '/api/v1/health',
        '/api/v1/sources',
        '/metrics',
        '/api/v1/events',
      ],
    ])
    const refs = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)
    for (const [, name = ''] of refs) expect(Object.keys(document.components.schemas)).toContain(name)
    const ids = new Set<string>()
    for (const [path, { get }] of Object.entries(document.paths) as [string, { get: Operation }][]) {
      expect(ids.has(get.operationId)).toBe(false)
      ids.add(get.operationId)
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(get.parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named)
      if (path === '/metrics' || path === '/api/v1/events') continue
      const url = path.replace('{id}', 'feedfacefeedface').replace('{host}', 'ws1.example.test')
      const { status, body } = await got(url)
      const { schema } = get.responses[200].content['application/json']
      // References are of the document.
      const isValid = ajv.validate({ ...schema, components: document.components }, body)
      expect([path, status, isValid, ajv.errors]).toEqual([path, 200, true, null])
    }
  })
})

interface Operation {
  readonly operationId: string
  readonly responses: Readonly<
    Record<200, { readonly content: Readonly<Record<'application/json', { readonly schema: object }>> }>
  >
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
}
