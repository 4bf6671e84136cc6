import { type AddressInfo, connect, type Socket } from 'node:net'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Access, hostNames, type KeptToken, newToken, type Principal, type Role } from './access/index.ts'
import { buildServer } from './server.ts'

const faults: string[] = []
/** Those who asked for something that goes on. */
const held: Principal[] = []
let now = Date.UTC(2026, 2, 10)
let app: FastifyInstance
let access: Access
let tokens: Map<string, KeptToken>

function tokenOf(role: Role, { name = role as string, expires = null as number | null } = {}) {
  const { id, text, hash } = newToken()
  tokens.set(id, { id, name, role, hash, hosts: null, expires, created: now, lastUsed: null })
  return { id, text }
}

async function serverWith({ isSecure = false, isBehindProxy = false, limits = {} } = {}): Promise<FastifyInstance> {
  tokens = new Map()
  access = new Access({
    tokens: {
      one: (id) => tokens.get(id) ?? null,
      used(times) {
        for (const [id, lastUsed] of times) tokens.set(id, { ...(tokens.get(id) as KeptToken), lastUsed })
      },
    },
    now: () => now,
    failures: { burst: 3, perSecond: 1 },
    requests: {
      send: { burst: 5, perSecond: 1 },
      read: { burst: 50, perSecond: 1 },
      administer: { burst: 50, perSecond: 1 },
    },
  })
  return buildServer({
    access,
    names: hostNames('127.0.0.1', ['trail.example.test']),
    isSecure,
    isBehindProxy,
    certificate: null,
    limits,
    onFault: (text) => faults.push(text),
    plugins: [
      async (part) => {
        part.post('/send', { config: { role: 'send' } }, async ({ principal }) => principal?.name)
        part.get('/read', { config: { role: 'read' } }, async ({ principal }) => principal?.name)
        part.post('/change', { config: { role: 'read' } }, async () => 'changed')
        part.get('/held', { config: { role: 'read' } }, async ({ principal }) => {
          if (principal) held.push(principal)
        })
        part.get('/unsaid', async () => 'for administrators')
        part.get('/long', { config: { role: 'open' } }, async () => 'a'.repeat(20 << 20))
        part.get('/fault', { config: { role: 'read' } }, async () => {
          throw new Error('secret insides')
        })
      },
    ],
  })
}

const ask = (url: string, authorization?: string, more: InjectOptions = {}) =>
  app.inject({
    url,
    ...more,
    headers: { host: 'localhost:8931', ...(authorization && { authorization }), ...more.headers },
  })

const base64 = (text: string) => Buffer.from(text).toString('base64')

beforeAll(() => {
  faults.length = 0
})
beforeEach(async () => {
  app = await serverWith()
})

describe('who may do what', () => {
  test('without a token there is nothing but the health, also where there is nothing', async () => {
    expect((await ask('/healthz')).statusCode).toBe(200)
    for (const url of ['/read', '/unsaid', '/nothing']) expect((await ask(url)).statusCode).toBe(401)
  })

  test('a token is taken in each of the forms in which senders show one', async () => {
    const { id, text } = tokenOf('read')
    const forms = [`Bearer ${text}`, `bearer ${text}`, `Splunk ${text}`, `ApiKey ${base64(`${id}:${text}`)}`]
    for (const form of [...forms, `Basic ${base64(`elastic:${text}`)}`]) {
      expect((await ask('/read', form)).body, form).toBe('read')
    }
    for (const form of [text, `Digest ${text}`, `Basic ${base64(text)}`, 'Bearer', `Bearer ${text}x`]) {
      expect((await ask('/read', form)).statusCode, form).toBe(401)
      now += 1000
    }
  })

  test('a sender cannot read, a reader cannot send, and a route that names no role is for administrators', async () => {
    const may = async (role: Role) => {
      const { text } = tokenOf(role)
      const answers = [
        await ask('/send', `Bearer ${text}`, { method: 'POST' }),
        await ask('/read', `Bearer ${text}`),
        await ask('/unsaid', `Bearer ${text}`),
      ]
      return answers.map(({ statusCode }) => statusCode)
    }
    expect(await may('send')).toEqual([200, 403, 403])
    expect(await may('read')).toEqual([403, 200, 403])
    expect(await may('administer')).toEqual([200, 200, 200])
  })

  test('an expired token and one that was removed open nothing', async () => {
    const expired = tokenOf('read', { expires: now })
    expect((await ask('/read', `Bearer ${expired.text}`)).json().error.code).toBe('expired-token')
    const { id, text } = tokenOf('read')
    expect((await ask('/read', `Bearer ${text}`)).statusCode).toBe(200)
    access.keepUses()
    expect(tokens.get(id)?.lastUsed).toBe(now)
    tokens.delete(id)
    expect((await ask('/read', `Bearer ${text}`)).statusCode).toBe(401)
  })

  test('the store has no token, only its hash', () => {
    const { id, text } = tokenOf('send')
    expect(JSON.stringify([...tokens])).not.toContain(text.slice(16))
    expect(tokens.get(id)?.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('too many wrong tokens of an address are told so, and a right one of the same address still counts', async () => {
    const { text } = tokenOf('read')
    const wrong = async () => (await ask('/read', `Bearer ${newToken().text}`)).statusCode
    expect([await wrong(), await wrong(), await wrong(), await wrong()]).toEqual([401, 401, 401, 429])
    expect((await ask('/read', `Bearer ${text}`)).statusCode).toBe(200)
    now += 1000
    expect(await wrong()).toBe(401)
  })

  test('a token that asks too often is told when to come back', async () => {
    const { text } = tokenOf('send')
    const send = () => ask('/send', `Bearer ${text}`, { method: 'POST' })
    for (let n = 0; n < 5; n++) expect((await send()).statusCode).toBe(200)
    const refused = await send()
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1'])
  })
})

describe('the page', () => {
  const own = { origin: 'http://localhost:8931', 'sec-fetch-site': 'same-origin' }

  async function loggedIn(role: Role = 'read') {
    const { id, text } = tokenOf(role)
    const answer = await ask('/login', undefined, { method: 'POST', payload: { token: text }, headers: own })
    const cookie = String(answer.headers['set-cookie'])
    return { id, answer, cookie: cookie.split(';')[0] ?? '', attributes: cookie, csrf: answer.json().csrf as string }
  }

  test('a token begins a session, whose cookie no script reads and no other site sends', async () => {
    const { cookie, attributes } = await loggedIn()
    expect(attributes).toMatch(/; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/)
    expect((await ask('/read', undefined, { headers: { cookie } })).body).toBe('read')
    expect((await ask('/session', undefined, { headers: { cookie } })).json()).toMatchObject({ role: 'read' })
  })

  test('under TLS the cookie is bound to this host and to TLS', async () => {
    app = await serverWith({ isSecure: true })
    const { text } = tokenOf('read')
    const headers = { origin: 'https://localhost:8931' }
    const answer = await ask('/login', undefined, { method: 'POST', payload: { token: text }, headers })
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-tasktrail=.*; Path=\/;.*; Secure/)
    expect(String(answer.headers['set-cookie'])).not.toContain('Domain')
  })

  test('what changes something needs what only our own page knows, and comes from there', async () => {
    const { cookie, csrf } = await loggedIn()
    const change = async (headers: Record<string, string>) =>
      (await ask('/change', undefined, { method: 'POST', headers: { cookie, ...headers } })).statusCode
    expect(await change({ ...own, 'x-csrf-token': csrf })).toBe(200)
    expect(await change(own)).toBe(403)
    expect(await change({ ...own, 'x-csrf-token': `${csrf}x` })).toBe(403)
    for (const origin of ['http://localhost:3000', 'https://localhost:8931', 'http://evil.example', 'null'])
      expect(await change({ origin, 'x-csrf-token': csrf }), origin).toBe(403)
    for (const site of ['cross-site', 'same-site'])
      expect(await change({ 'sec-fetch-site': site, 'x-csrf-token': csrf })).toBe(403)
  })

  test('another site cannot log a browser in', async () => {
    const { text } = tokenOf('read')
    const login = async (headers: Record<string, string>, payload: unknown = { token: text }) =>
      (await ask('/login', undefined, { method: 'POST', payload: payload as object, headers })).statusCode
    expect(await login({ origin: 'http://evil.example' })).toBe(403)
    expect(await login({ 'content-type': 'text/plain' }, JSON.stringify({ token: text }))).toBe(415)
  })

  test('a session ends by logging out, after its time, and with its token', async () => {
    const read = async (cookie: string) => (await ask('/read', undefined, { headers: { cookie } })).statusCode
    const first = await loggedIn()
    await ask('/held', undefined, { headers: { cookie: first.cookie } })
    const stillCounts = () => access.stillCounts(held.at(-1) as Principal)
    expect(stillCounts()).toBe(true)
    const headers = { ...own, cookie: first.cookie, 'x-csrf-token': first.csrf }
    expect((await ask('/logout', undefined, { method: 'POST', headers })).statusCode).toBe(204)
    expect(await read(first.cookie)).toBe(401)
    expect(stillCounts()).toBe(false)
    const second = await loggedIn()
    tokens.delete(second.id)
    expect(await read(second.cookie)).toBe(401)
    const third = await loggedIn()
    now += 12 * 3_600_000
    expect(await read(third.cookie)).toBe(401)
  })

  test("a sender's token opens no page", async () => {
    expect((await loggedIn('send')).answer.statusCode).toBe(403)
  })
})

describe('every answer', () => {
  test('carries what keeps a browser from doing more with it than show it', async () => {
    for (const url of ['/healthz', '/read', '/nothing', '/%zz']) {
      const { headers } = await ask(url)
      expect(headers['content-security-policy'], url).toContain("default-src 'none'")
      expect(headers['x-content-type-options'], url).toBe('nosniff')
      expect(headers['cache-control'], url).toBe('no-store')
      expect(headers['x-powered-by'], url).toBeUndefined()
    }
  })

  test('tells nothing of the insides', async () => {
    const { text } = tokenOf('read')
    const answer = await ask('/fault', `Bearer ${text}`)
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret')
    expect(faults.join()).toContain('secret insides')
  })

  test('is refused under a name that is not ours', async () => {
    const asked = async (host: string) => (await app.inject({ url: '/healthz', headers: { host } })).statusCode
    for (const host of ['localhost', '127.0.0.1:8931', '[::1]:8931', 'TRAIL.example.test.:443'])
      expect(await asked(host), host).toBe(200)
    for (const host of ['evil.example', '192.0.2.7', 'localhost.evil.example', 'localhost@evil.example', '[::1'])
      expect(await asked(host), host).toBe(421)
  })
})

test('behind a proxy the address is the one that it saw, and the page may have its name', async () => {
  app = await serverWith({ isSecure: true, isBehindProxy: true })
  const wrong = async (address: string) =>
    (await ask('/read', `Bearer ${newToken().text}`, { headers: { 'x-forwarded-for': address } })).statusCode
  for (let n = 0; n < 3; n++) await wrong('192.0.2.1')
  expect(await wrong('198.51.100.9, 192.0.2.1')).toBe(429)
  expect(await wrong('192.0.2.2')).toBe(401)
  const { text } = tokenOf('read')
  const login = async (origin: string) =>
    (await ask('/login', undefined, { method: 'POST', payload: { token: text }, headers: { origin } })).statusCode
  expect(await login('https://trail.example.test')).toBe(200)
  expect(await login('https://evil.example')).toBe(403)
})

test('who asks for something long and does not read it is let go', async () => {
  app = await serverWith({ limits: { idleTimeout: 100 } })
  const gone = new Promise((resolve) => {
    app.server.once('connection', (socket: Socket) => socket.once('close', resolve))
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const client = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  client.pause()
  client.write('GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await gone
  client.destroy()
  await app.close()
})
