import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { madeChain } from '../../lab/made-chains.ts'
import { Access, hostNames, newToken, type Role } from '../access/index.ts'
import { serve } from '../api/route.ts'
import { buildServer } from '../server.ts'
import { Store } from '../store/store.ts'
import { Alerts } from './alerts.ts'
import { alertsRoute, resendRoutes } from './routes.ts'
import { type AlertTarget, delivered, type Message } from './targets/target.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-alerts-'))
const store = Store.open(join(folder, 'store.db'))
afterAll(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** Refuses until it is told otherwise, and tells when it was asked. */
const got: string[] = []
let asked: () => void = () => {}
let refuses = true
const receiver: AlertTarget = {
  ...{ name: 'webhook', atOnce: 10, close: () => {} },
  async send(messages: readonly Message[]) {
    for (const { head, attempt } of messages) got.push(`${head.id} #${attempt}`)
    asked()
    return messages.map(() => (refuses ? { kind: 'refused', reason: 'no such field' } : delivered))
  },
}
const whenAsked = () =>
  new Promise<void>((resolve) => {
    asked = resolve
  })

function publish(alerts: Alerts, id: string, host: string) {
  const score = { bits: 15, severity: 'high' as const, factors: [] }
  const scored = { chain: madeChain({ id, host }), verdict: 'outlier' as const, score, baseline: null, settings: null }
  store.transaction(() => alerts.desk.published(scored, [], 1_000))
}

const fault = (error: unknown) => {
  throw error
}

test('what was given up is listed, for whoever may read of its host, and sent again by an administrator', async () => {
  const clock = { now: () => 5_000, after: () => () => {}, random: () => 0 }
  const alerts = new Alerts({ severity: 'medium' }, [receiver], {
    outbox: store.outbox,
    clock,
    findingOf: () => null,
    fault,
  })
  const tokens = (role: Role, hosts: readonly string[] | null = null) => {
    const { id, text, hash } = newToken()
    store.tokens.add({ id, name: role, role, hash, hosts, created: 0, expires: null, lastUsed: null })
    return text
  }
  const list = alertsRoute(alerts)
  const app = await buildServer({
    access: new Access({ tokens: store.tokens, now: clock.now }),
    ...{ names: hostNames('127.0.0.1', []), isSecure: false, isBehindProxy: false, certificate: null },
    onFault: (text) => {
      throw new Error(text)
    },
    plugins: [resendRoutes(alerts), async (part) => serve(part, [list])],
  })
  const ask = async (method: 'GET' | 'POST', url: string, token: string) => {
    const headers = { host: 'localhost', authorization: `Bearer ${token}` }
    const { statusCode, body } = await app.inject({ method, url, headers })
    return { statusCode, body: JSON.parse(body) }
  }
  const [reader, guest, administrator] = [tokens('read'), tokens('read', ['ws2']), tokens('administer')]

  alerts.start()
  // what was noted while nobody looked is found by a word
  const first = whenAsked()
  publish(alerts, 'a', 'ws1.example.test')
  publish(alerts, 'b', 'ws2.example.test')
  alerts.wake()
  await first
  await new Promise(setImmediate)
  const { body } = await ask('GET', '/api/v1/alerts?state=dead', reader)
  expect(body.alerts).toMatchObject([
    { id: 'b.1', finding: 'b', target: 'webhook', state: 'dead', tries: 1, error: 'no such field', nextTry: null },
    { id: 'a.1', time: '1970-01-01T00:00:01.000Z', reason: 'new', severity: 'high' },
  ])
  expect(body.targets).toMatchObject([
    { name: 'webhook', waiting: 0, dead: 2, lastFailure: { time: '1970-01-01T00:00:05.000Z' } },
  ])
  expect((list.answer as z.ZodObject).parse(body)).toEqual(body)
  const page = await ask('GET', '/api/v1/alerts?limit=1', reader)
  expect(page.body.alerts).toHaveLength(1)
  expect((await ask('GET', `/api/v1/alerts?limit=1&cursor=${page.body.next}`, reader)).body.alerts[0].id).toBe('a.1')
  expect((await ask('GET', '/api/v1/alerts', guest)).body.alerts.map(({ id }: { id: string }) => id)).toEqual(['b.1'])

  expect((await ask('POST', '/api/v1/alerts/a.1/resend', reader)).statusCode).toBe(403)
  expect((await ask('POST', '/api/v1/alerts/none/resend', administrator)).statusCode).toBe(404)
  refuses = false
  const second = whenAsked()
  expect((await ask('POST', '/api/v1/alerts/a.1/resend', administrator)).body).toEqual({ deliveries: 1 })
  await second
  const third = whenAsked()
  expect((await ask('POST', '/api/v1/alerts/resend?target=webhook', administrator)).body).toEqual({ deliveries: 1 })
  await third
  await alerts.stop()
  expect(got).toEqual(['a.1 #1', 'b.1 #1', 'a.1 #2', 'b.1 #2'])
  expect(alerts.status()[0]).toMatchObject({ waiting: 0, delivered: 2, dead: 0 })
  await app.close()
})
