import { createHmac } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { madeChain } from '../../../lab/made-chains.ts'
import { alertStory } from '../../../report/index.ts'
import type { Clock } from '../../clock.ts'
import { alertConfigOf, usualAlerts } from '../config.ts'
import { AlertFile } from './alert-file.ts'
import { bulkUrl, Elasticsearch } from './elasticsearch.ts'
import type { Message, Outcome } from './target.ts'
import { Webhook } from './webhook.ts'

interface Got {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-alerts-'))
const got: Got[] = []
let server: Server
let base: string

/** What the receiver answers at each path. */
const answers: Record<string, readonly [status: number, headers: Record<string, string>, body: string]> = {
  '/ok': [204, {}, ''],
  '/busy': [429, { 'retry-after': '17' }, 'not \u001b[31mnow'],
  '/date': [503, { 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' }, ''],
  '/error': [500, {}, 'x'.repeat(100_000)],
  '/bad': [422, {}, '{"error":"no such field"}'],
  '/closed': [401, {}, ''],
  '/else': [307, { location: '/ok' }, ''],
  '/es/logs/_bulk': [
    200,
    {},
    JSON.stringify({
      errors: true,
      items: [
        { create: { _index: 'logs', _id: 'a.1', status: 201 } },
        { create: { status: 409, error: { type: 'version_conflict_engine_exception', reason: 'exists' } } },
        { create: { status: 400, error: { type: 'document_parsing_exception', reason: 'failed to parse' } } },
        { create: { status: 429, error: { type: 'es_rejected_execution_exception', reason: null } } },
      ],
    }),
  ],
  '/es/few/_bulk': [200, {}, '{"items":[]}'],
  '/es/page/_bulk': [200, {}, '<html>'],
  '/es/large/_bulk': [413, {}, ''],
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece) => pieces.push(piece))
    request.on('end', () => {
      const url = request.url ?? ''
      got.push({ url, headers: request.headers, body: Buffer.concat(pieces).toString() })
      // '/hangs' never gets an answer
      const answer = answers[url]
      if (answer) response.writeHead(answer[0], answer[1]).end(answer[2])
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

const clock: Clock = { now: () => 20_000, after: () => () => {}, random: () => 0 }
const running = new AbortController().signal

function message(id: string, attempt = 1): Message {
  const chain = madeChain({ id })
  const score = { bits: 15, severity: 'high' as const, factors: [] }
  const story = alertStory({ chain, verdict: 'outlier', score, baseline: null, settings: null }, [], {
    time: 0,
    ticks: 0,
  })
  const told = { title: '\\Task', host: 'ws1', severity: 'high' as const, verdict: 'outlier' as const }
  const head = { ...told, id: `${id}.1`, alert: id, sequence: 1, finding: id, before: null, withdrawn: null }
  return { head: { ...head, reason: 'new', time: 0 }, story, attempt }
}

describe('a webhook', () => {
  const secret = Buffer.from('a secret of enough length')
  const send = async (path: string, attempt = 1, timeout = 5_000): Promise<Outcome | undefined> => {
    const door = { url: new URL(path, base), ca: null, timeout, longestAnswer: 1_000 }
    const [outcome] = await new Webhook({ door, secret, version: '1.2.3' }, clock).send(
      [message('a', attempt)],
      running,
    )
    return outcome
  }

  test('gets signed JSON with the ids by which it knows it again', async () => {
    expect(await send('/ok', 2)).toEqual({ kind: 'delivered' })
    const { headers, body } = got.at(-1) as Got
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'tasktrail/1.2.3',
      'idempotency-key': 'a.1',
      'tasktrail-delivery': 'a.1',
      'tasktrail-attempt': '2',
      'tasktrail-redelivery': 'true',
    })
    const mac = createHmac('sha256', secret).update(`20.${body}`).digest('hex')
    expect(headers['tasktrail-signature']).toBe(`t=20,v1=${mac}`)
    expect(JSON.parse(body)).toMatchObject({ schema: 'tasktrail.alert/1', attempt: 2, finding: { id: 'a' } })
  })

  test('that is busy is asked again when it wants', async () => {
    expect(await send('/busy')).toMatchObject({ kind: 'failed', retryAfter: 17_000 })
    expect(await send('/date')).toMatchObject({ kind: 'failed', retryAfter: 40_000 })
  })

  test('that fails, hangs, is closed to us or sends elsewhere is asked again, and nothing is sent elsewhere', async () => {
    const { host } = new URL(base)
    expect(await send('/busy')).toMatchObject({ reason: `${host} answered 429: not \\u{1b}[31mnow` })
    expect(await send('/error')).toMatchObject({ kind: 'failed', reason: `${host} answered 500: ${'x'.repeat(200)}` })
    expect(await send('/closed')).toMatchObject({ kind: 'failed', reason: `${host} answered 401` })
    expect(await send('/hangs', 1, 20)).toMatchObject({ kind: 'failed', reason: `${host}: no answer within 20 ms` })
    const before = got.length
    expect(await send('/else')).toMatchObject({
      kind: 'failed',
      reason: `${host} answered 307: it sends elsewhere, where nothing is sent`,
    })
    expect(got.slice(before).map(({ url }) => url)).toEqual(['/else'])
  })

  test('that does not speak TLS where it should, or is not there, is asked again', async () => {
    const door = { url: new URL(base.replace('http:', 'https:')), ca: null, timeout: 5_000, longestAnswer: 1_000 }
    const webhook = new Webhook({ door, secret: null, version: '1' }, clock)
    expect(await webhook.send([message('a')], running)).toMatchObject([{ kind: 'failed' }])
    const nowhere = { ...door, url: new URL('http://127.0.0.1:1/secret/path') }
    const [outcome] = await new Webhook({ door: nowhere, secret: null, version: '1' }, clock).send(
      [message('a')],
      running,
    )
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/^127\.0\.0\.1:1: .*ECONNREFUSED/) })
    expect(JSON.stringify(outcome)).not.toContain('secret')
  })

  test('that does not understand an alert is not sent it again', async () => {
    expect(await send('/bad')).toMatchObject({ kind: 'refused', reason: expect.stringContaining('no such field') })
  })
})

describe('Elasticsearch', () => {
  const send = (index: string, ids: readonly string[]) => {
    const url = bulkUrl(new URL(`${base}/es/`), index)
    const door = { url, ca: null, timeout: 5_000, longestAnswer: 100_000 }
    const target = new Elasticsearch({ door, authorization: 'ApiKey abc', version: '1' }, clock)
    return target.send(
      ids.map((id) => message(id)),
      running,
    )
  }

  test('creates each alert under its own id, and says of each what became of it', async () => {
    const outcomes = await send('logs', ['a', 'b', 'c', 'd'])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['delivered', 'delivered', 'refused', 'failed'])
    expect(outcomes[2]).toMatchObject({
      reason: expect.stringContaining('document_parsing_exception: failed to parse'),
    })
    const { headers, body } = got.at(-1) as Got
    expect(headers).toMatchObject({ 'content-type': 'application/x-ndjson', authorization: 'ApiKey abc' })
    const lines = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toHaveLength(8)
    expect(lines[0]).toEqual({ create: { _id: 'a.1' } })
    expect(lines[1]).toMatchObject({ event: { kind: 'alert' }, tasktrail: { id: 'a', alert: { id: 'a.1' } } })
  })

  test('that answers something else is asked again; one alert that is too large is not', async () => {
    for (const index of ['few', 'page', 'none'])
      expect((await Promise.race([send(index, ['a']), none(index)])).map(({ kind }) => kind)).toEqual(['failed'])
    expect(await send('large', ['a', 'b'])).toMatchObject([{ kind: 'failed' }, { kind: 'failed' }])
    expect(await send('large', ['a'])).toMatchObject([{ kind: 'refused' }])
  })

  /** Of an index that the receiver hangs at nothing is awaited here. */
  const none = (index: string): Promise<readonly Outcome[]> =>
    index === 'none' ? Promise.resolve([{ kind: 'failed', reason: '', retryAfter: null }]) : new Promise(() => {})
})

describe('a file', () => {
  const path = join(folder, 'alerts.jsonl')
  const target = new AlertFile(path)
  const lines = (of = path) => readFileSync(of, 'utf8').trimEnd().split('\n')

  test('gets a line for each, is made anew when it was rotated, and is nobody else’s', async () => {
    expect(await target.send([message('a'), message('b')])).toEqual([{ kind: 'delivered' }, { kind: 'delivered' }])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    renameSync(path, `${path}.1`)
    await target.send([message('c')])
    expect(lines(`${path}.1`).map((line) => JSON.parse(line).id)).toEqual(['a.1', 'b.1'])
    expect(lines().map((line) => JSON.parse(line).id)).toEqual(['c.1'])
  })

  test('keeps a line that a kill has cut apart from what follows', async () => {
    appendFileSync(path, '{"schema":"tasktr')
    await target.send([message('d', 2)])
    expect(lines().slice(1)).toEqual(['{"schema":"tasktr', expect.stringContaining('"id":"d.1"')])
    expect(JSON.parse(lines()[2] as string)).toMatchObject({ attempt: 2, redelivery: true })
  })

  test('that cannot be written is tried again', async () => {
    expect(await new AlertFile(join(folder, 'none', 'x')).send([message('a')])).toMatchObject([
      { kind: 'failed', reason: expect.stringContaining('ENOENT') },
    ])
  })
})

describe('settings of alerts', () => {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const of = (options: Partial<typeof usualAlerts>) => alertConfigOf({ ...usualAlerts, ...options })
  const es = 'https://es.example.test:9200'

  test('say what is wrong with them, without saying an address again', async () => {
    await expect(of({ webhook: 'hooks/s3cret' })).rejects.toThrow(/^--alert-webhook: what was given is no address/)
    await expect(of({ webhook: 'file:///etc/x' })).rejects.toThrow('file: is not spoken')
    await expect(of({ webhook: 'https://u:p@h/' })).rejects.toThrow('has no place in an address')
    await expect(of({ secretFile: 'x' })).rejects.toThrow('--alert-secret-file means nothing without --alert-webhook')
    const webhook = 'https://hooks.example.test/s3cret'
    await expect(of({ webhook, secretFile: join(folder, 'nix') })).rejects.toThrow('cannot be read: no such file')
    await expect(of({ webhook, secretFile: file('short', 'abc\n') })).rejects.toThrow('holds 3 bytes')
    await expect(of({ elasticsearch: es, elasticsearchIndex: 'Logs' })).rejects.toThrow('no name that a data stream')
    await expect(of({ caFile: file('ca', 'x') })).rejects.toThrow('holds no certificate')
    await expect(of({ elasticsearch: es, elasticsearchAuthFile: file('auth', 'a b') })).rejects.toThrow('neither')
  })

  test('take an API key, a name with a password, or the header itself', async () => {
    const header = async (text: string) =>
      (await of({ elasticsearch: es, elasticsearchAuthFile: file('auth', text) })).elasticsearch?.authorization
    expect(await header('VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==\n')).toMatch(/^ApiKey VnVh/)
    expect(await header('elastic:pass word')).toBe(`Basic ${Buffer.from('elastic:pass word').toString('base64')}`)
    expect(await header('Bearer abc')).toBe('Bearer abc')
  })
})
