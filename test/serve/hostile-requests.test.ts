import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { winlogbeat8Writer } from '../../src/lab/carriers/ecs.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import type { LabEvent } from '../../src/lab/evtx-writer/lab-event.ts'
import { newToken, type Role } from '../../src/serve/access/index.ts'
import { type Serving, startServing } from '../../src/serve/serving.ts'
import { Store } from '../../src/serve/store/store.ts'
import { type Answer, requestText, sendRaw, sendSlowly, type Target } from './raw-http.ts'

// Each request that nobody should send, and what it gets. After each the service goes on. docs/security.md has the same list.

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-hostile-'))
const data = join(root, 'data')
const faults: string[] = []
let serving: Serving
let at: Target
let store: Store
const tokens = {} as Record<Role | 'expired' | 'removed' | 'bound', string>
let cookie = ''
let csrf = ''

const start = (folder: string, limits = {}) =>
  startServing({
    ...{ host: '127.0.0.1', port: 0, data: folder, adminTokenFile: null, certificate: null, isBehindProxy: false },
    ...{ weighing: { choice: 'none', baselineId: 'none', settings: null }, retentionDays: 1, readers: 0 },
    ...{
      bodies: { packed: 1 << 20, unpacked: 4 << 20 },
      publicNames: [],
      version: '0.0.0',
      limits,
      say: (line) => faults.push(line),
    },
  })

const targetOf = ({ url }: Serving): Target => ({ host: '127.0.0.1', port: Number(new URL(url).port) })

function tokenOf(role: Role, { expires = null as number | null, hosts = null as string[] | null } = {}) {
  const { id, text, hash } = newToken()
  store.tokens.add({ id, name: role, role, hash, hosts, created: 0, expires, lastUsed: null })
  return { id, text }
}

beforeAll(async () => {
  serving = await start(data)
  at = targetOf(serving)
  store = Store.open(join(data, 'tasktrail.db'))
  for (const role of ['send', 'read', 'administer'] as const) tokens[role] = tokenOf(role).text
  tokens.expired = tokenOf('read', { expires: 1 }).text
  tokens.bound = tokenOf('send', { hosts: ['ws1'] }).text
  const removed = tokenOf('read')
  store.tokens.remove(removed.id)
  tokens.removed = removed.text
  const login = await fetch(`${serving.url}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: tokens.read }),
  })
  cookie = String(login.headers.get('set-cookie')).split(';')[0] as string
  csrf = ((await login.json()) as { csrf: string }).csrf
})
afterAll(async () => {
  store.close()
  await serving.stop()
  rmSync(root, { recursive: true })
})

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
const json = { 'Content-Type': 'application/json' }
const get = (path: string, headers: Readonly<Record<string, string | number>> = {}) =>
  sendRaw(at, requestText(`GET ${path}`, headers))
const login = (body: string, headers: Readonly<Record<string, string | number>> = json) =>
  sendRaw(at, requestText('POST /login', headers, body))
const logout = (headers: Readonly<Record<string, string>>) =>
  sendRaw(at, requestText('POST /logout', { Cookie: cookie, ...headers }, ''))

/** Goes on sending for as long as it is taken. */
const sendEndless = (path: string, token = tokens.send) => {
  const headers = { ...bearer(token), 'Transfer-Encoding': 'chunked' }
  const size = 1 << 18
  return sendSlowly(at, requestText(`POST ${path}`, headers), `${size.toString(16)}\r\n${' '.repeat(size)}\r\n`)
}

type Row = readonly [request: string, answer: Answer, send: () => Promise<Answer>]

const malformed: Row[] = [
  ['bytes that are no HTTP', 400, () => sendRaw(at, Buffer.from('deadbeef00ff0a0d0a0d0a', 'hex'))],
  ['a TLS greeting on a plain port', 400, () => sendRaw(at, Buffer.from('16030100c8010000c40303', 'hex'))],
  ['the preface of HTTP/2', 400, () => sendRaw(at, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
  ['a method that nobody knows', 400, () => sendRaw(at, requestText('STEAL /healthz'))],
  ['CONNECT to another host', 'closed', () => sendRaw(at, requestText('CONNECT evil.example:443'))],
  ['TRACE, to have headers told back', 401, () => sendRaw(at, requestText('TRACE /healthz'))],
  ['a wish to speak WebSocket', 401, () => get('/session', { Connection: 'Upgrade', Upgrade: 'websocket' })],
  ['an expectation that nobody meets', 417, () => get('/healthz', { Expect: 'the-unexpected' })],
  ['no Host', 400, () => sendRaw(at, 'GET /healthz HTTP/1.1\r\n\r\n')],
  [
    'two lengths of one body',
    400,
    () => sendRaw(at, requestText('POST /login', { 'Content-Length': 3, 'content-length': 4 })),
  ],
  [
    'a length and a body in chunks, to hide a second request',
    400,
    () => sendRaw(at, requestText('POST /login', { 'Content-Length': 3, 'Transfer-Encoding': 'chunked' }), '0\r\n\r\n'),
  ],
  [
    'a chunk of no size',
    400,
    () => sendRaw(at, requestText('POST /login', { ...json, 'Transfer-Encoding': 'chunked' }), 'zz\r\n\r\n'),
  ],
  ['NUL in a header', 400, () => get('/healthz', { 'X-Nul': 'a\0b' })],
  ['a line break in a header', 400, () => sendRaw(at, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\r b\r\n\r\n')],
  ['headers of a megabyte', 431, () => get('/healthz', { 'X-Long': 'a'.repeat(1 << 20) })],
  ['more than a hundred headers', 431, () => get('/session', { ...many(100) })],
  ['a path of 60 KB', 431, () => get(`/${'a'.repeat(60_000)}`)],
  ['a path that is not percent-encoded right', 400, () => get('/%zz')],
]

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`X-${n}`, 'a']))

const paths: Row[] = [
  ['a path out of the service, without a token', 401, () => get('/../../etc/passwd')],
  ['the same with a token', 404, () => get('/../../etc/passwd', bearer(tokens.read))],
  ['the same, percent-encoded', 404, () => get('/%2e%2e/%2e%2e/etc/passwd', bearer(tokens.read))],
  ['NUL in a path', 404, () => get('/healthz%00.html', bearer(tokens.read))],
  ['what is not there, without a token', 401, () => get('/nothing')],
]

const rights: Row[] = [
  ['no token', 401, () => get('/session')],
  ['a token that nobody made', 401, () => get('/session', bearer(newToken().text))],
  ['a token with one sign changed', 401, () => get('/session', bearer(`${tokens.read.slice(0, -1)}!`))],
  ['a token in the address', 401, () => get(`/session?token=${tokens.read}&access_token=${tokens.read}`)],
  ['a token of a megabyte', 431, () => get('/session', bearer('a'.repeat(1 << 20)))],
  ['an expired token', 401, () => get('/session', bearer(tokens.expired))],
  ['a token that was taken away', 401, () => get('/session', bearer(tokens.removed))],
  ["a sender's token, to read", 403, () => get('/session', bearer(tokens.send))],
  ["a sender's token, to open the page", 403, () => login(JSON.stringify({ token: tokens.send }))],
  ['a cookie that nobody gave', 401, () => get('/session', { Cookie: 'tasktrail=AAAA' })],
  ['a wrong token and a right cookie', 401, () => get('/session', { Cookie: cookie, ...bearer('no') })],
]

const sites: Row[] = [
  [
    'a name that leads here but is not ours (DNS rebinding)',
    421,
    () => get('/session', { Host: 'evil.example', Cookie: cookie }),
  ],
  ['the same for a health check', 421, () => get('/healthz', { Host: 'evil.example' })],
  [
    'a whole address of another host in the request line',
    421,
    () => get('http://evil.example/healthz', { Host: 'evil.example' }),
  ],
  ['the cookie without what only the page knows', 403, () => logout({})],
  ['the cookie with a guess at it', 403, () => logout({ 'x-csrf-token': 'guess' })],
  ['another site with the cookie and all', 403, () => logout({ 'x-csrf-token': csrf, Origin: 'http://evil.example' })],
  [
    'another port of this machine with the same',
    403,
    () => logout({ 'x-csrf-token': csrf, Origin: 'http://localhost:3000' }),
  ],
  [
    'a frame of another site with the same',
    403,
    () => logout({ 'x-csrf-token': csrf, 'Sec-Fetch-Site': 'cross-site' }),
  ],
  [
    'another site that reads with the cookie',
    403,
    () => get('/session', { Cookie: cookie, 'Sec-Fetch-Site': 'cross-site' }),
  ],
  [
    'a form of another site that logs in',
    415,
    () => login('token=x', { 'Content-Type': 'application/x-www-form-urlencoded' }),
  ],
  [
    'a script of another site that logs in',
    403,
    () => login(JSON.stringify({ token: tokens.read }), { ...json, Origin: 'null' }),
  ],
]

const bodies: Row[] = [
  ['JSON that breaks off', 400, () => login('{"token":')],
  ['JSON in a hundred thousand levels', 400, () => login('['.repeat(100_000))],
  ['JSON that names a prototype', 400, () => login('{"__proto__":{"role":"administer"}}')],
  ['no JSON but a list of tokens', 400, () => login(`{"token":[${JSON.stringify(tokens.read)}]}`)],
  ['a body of two megabytes where one may be sent', 413, () => login(`"${'a'.repeat(2 << 20)}"`)],
  ['no body where one is needed', 400, () => login('')],
]

const post = (path: string, body: string | Buffer, headers: Readonly<Record<string, string | number>> = {}) =>
  sendRaw(
    at,
    requestText(`POST ${path}`, { 'Content-Length': Buffer.byteLength(body), ...bearer(tokens.send), ...headers }),
    body,
  )
const events = (body: string | Buffer, headers: Readonly<Record<string, string | number>> = {}) =>
  post('/api/v1/events', body, headers)
const packed = (encoding: string) => ({ 'Content-Encoding': encoding })

const lab = demoIncident().files.flatMap((file) => file.events)
const record = lab.find(({ eventId }) => eventId === 4698) as LabEvent
const line = (change: Partial<LabEvent> = {}) => winlogbeat8Writer.line({ ...record, ...change })
/** Marks that turn text, controls, half a character, markup. */
const evil = '"><script>\u0000\u001b[2J\u202e\ud800\\'
const hostileLine = JSON.stringify(
  JSON.parse(line(), (key, value) =>
    typeof value === 'string' && !/time|code|provider|channel|computer/i.test(key) ? evil : value,
  ),
)

const records: Row[] = [
  [
    'a body that unpacks to a hundred times its size',
    413,
    () => events(gzipSync(Buffer.alloc(20 << 20)), packed('gzip')),
  ],
  ['the same in zstd', 413, () => events(zstdCompressSync(Buffer.alloc(20 << 20)), packed('zstd'))],
  ['a body that is not packed as it says', 400, () => events(line(), packed('gzip'))],
  ['a packed body that breaks off', 400, () => events(gzipSync(line()).subarray(0, 100), packed('gzip'))],
  ['a packing that nobody knows', 415, () => events(line(), packed('br'))],
  ['a body that is packed three times', 415, () => events(line(), packed('gzip, gzip, gzip'))],
  ['a body that says it has a gigabyte', 413, () => events('', { 'Content-Length': 1 << 30 })],
  ['a body in chunks without end', 413, () => sendEndless('/api/v1/events')],
  ['the same without a token that counts', 401, () => sendEndless('/api/v1/events', tokens.removed)],
  ['text that is no record', 400, () => events('hello')],
  ['random bytes', 400, () => events(Buffer.from(newToken().text.repeat(50), 'base64'))],
  ['a record in a hundred thousand levels', 400, () => events(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
  ['a record with markup, NUL and marks that turn text in every field', 200, () => events(hostileLine)],
  ['a record of the year 2099', 200, () => events(line({ time: { time: Date.UTC(2099, 0, 1), ticks: 0 } }))],
  ['a record that was sent before', 200, () => events(line()).then(() => events(line()))],
  ["a record of another's host", 403, () => events(line(), bearer(tokens.bound))],
  ["records with a reader's token", 403, () => events(line(), bearer(tokens.read))],
  ['the same to Elasticsearch', 403, () => post('/elastic/_bulk', `{"create":{}}\n${line()}\n`, bearer(tokens.read))],
  ["the same to Splunk's collector", 403, () => post('/services/collector/event', '{"event":1}', bearer(tokens.read))],
  ['the same by OpenTelemetry', 403, () => post('/v1/logs', '{}', { ...json, ...bearer(tokens.read) })],
  [
    'an action without its document',
    400,
    () => post('/elastic/_bulk', '{"create":{}}\n', { 'Content-Type': 'application/x-ndjson' }),
  ],
  [
    'a wish to delete documents',
    400,
    () => post('/elastic/_bulk', '{"delete":{"_id":"1"}}\n', { 'Content-Type': 'application/x-ndjson' }),
  ],
  [
    'Protocol Buffers that are none',
    400,
    () => post('/v1/logs', Buffer.alloc(100, 0xff), { 'Content-Type': 'application/x-protobuf' }),
  ],
]

const ask = (path: string) => get(`/api/v1/${path}`, bearer(tokens.read))

const questions: Row[] = [
  ['findings without a token', 401, () => get('/api/v1/findings')],
  ["findings with a sender's token", 403, () => get('/api/v1/findings', bearer(tokens.send))],
  ["the counts for Prometheus with a sender's token", 403, () => get('/metrics', bearer(tokens.send))],
  ["the stream of what happens with a sender's token", 403, () => get('/api/v1/events', bearer(tokens.send))],
  [
    "alerts sent again with a reader's token",
    403,
    () => sendRaw(at, requestText('POST /api/v1/alerts/resend', bearer(tokens.read), '')),
  ],
  ['HEAD instead of GET, without a token', 401, () => sendRaw(at, requestText('HEAD /api/v1/findings'))],
  ['a list of 1e99 findings', 400, () => ask('findings?limit=1e99')],
  ['a list of fewer than none', 400, () => ask('findings?limit=-1')],
  ['two limits', 400, () => ask('findings?limit=1&limit=2')],
  ['a place in a list that was never given', 400, () => ask('findings?cursor=WyJ4IiwxZTQwMCwiIl0')],
  ['a severity called __proto__', 400, () => ask('findings?severity=__proto__')],
  ['a filter called constructor', 400, () => ask('findings?constructor=1')],
  ['a host with NUL in its name', 200, () => ask('findings?host=%00')],
  ['a host with a name of 9 KB', 400, () => ask(`findings?host=${'a'.repeat(9000)}`)],
  ['a finding that is a path out of the service', 404, () => ask('findings/..%2f..%2fetc%2fpasswd')],
  ['a finding whose id has a thousand signs', 414, () => ask(`findings/${'a'.repeat(1000)}`)],
  ['a host whose name is no UTF-8', 400, () => ask('hosts/%ff')],
]

/** Those that must be the last, for they use up what an address may do. */
const floods: Row[] = [
  [
    'the fortieth wrong token in a row',
    429,
    async () => {
      for (let n = 0; n < 40; n++) await get('/session', bearer(newToken().text))
      return get('/session', bearer(newToken().text))
    },
  ],
  ['a right token of the same address', 200, () => get('/session', bearer(tokens.read))],
]

const groups = { malformed, paths, rights, sites, bodies, records, questions, floods }

describe.each(Object.entries(groups))('%s', (_name, rows) => {
  test.each(rows)('%s: %s', async (_request, answer, send) => {
    expect(await send()).toBe(answer)
    expect(await get('/healthz')).toBe(200)
    expect(faults).toEqual([])
  })
})

const slowly: readonly (readonly [request: string, answer: Answer])[] = [
  ['headers that never end', 408],
  ['a body that never ends', 408],
  ['more connections than an address may hold', 'closed'],
]

test('docs/security.md has the same list', () => {
  const document = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')
  const [, list = ''] = document.split('\n## Hostile requests\n')
  const told = [...list.matchAll(/^\| (.+) \| (\d{3}|closed) \|$/gm)].map(
    ([, request, answer]) => `${request}: ${answer}`,
  )
  const tested = [...Object.values(groups).flat(), ...slowly].map(([request, answer]) => `${request}: ${answer}`)
  expect(told).toEqual(tested)
})

describe('slow and many', () => {
  const limits = { headersTimeout: 200, requestTimeout: 400, checkEvery: 50, connectionsOfAddress: 20 }
  let slow: Serving
  beforeAll(async () => {
    slow = await start(join(root, 'slow'), limits)
  })
  afterAll(() => slow.stop())

  test(slowly[0]?.[0] ?? '', async () => {
    expect(await sendSlowly(targetOf(slow), 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n', 'X-More: a\r\n')).toBe(408)
  })

  test(slowly[1]?.[0] ?? '', async () => {
    const headers = { ...json, 'Content-Length': 1 << 19 }
    expect(await sendSlowly(targetOf(slow), requestText('POST /login', headers), 'a')).toBe(408)
  })

  test(slowly[2]?.[0] ?? '', async () => {
    const sockets = Array.from({ length: 30 }, () => connect(targetOf(slow)))
    const ends = sockets.map((socket) => new Promise((resolve) => socket.on('error', () => {}).on('close', resolve)))
    await Promise.all(ends.slice(20)) // those that were there first go on
    for (const socket of sockets) socket.destroy()
    await Promise.all(ends)
    await expect.poll(() => sendRaw(targetOf(slow), requestText('GET /healthz'))).toBe(200)
  })
})
