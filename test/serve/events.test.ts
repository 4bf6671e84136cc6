import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowOf } from '../../src/report/page/row.ts'
import { MadeService, someFindings, toKeep } from './made-service.ts'

const service = new MadeService()
const [first, second, third, ordinary] = [1, 2, 3, 0].map((place) => toKeep(someFindings(5)[place] as never))
let server: Server
let url: string
let token: string

beforeAll(async () => {
  const app = await service.start()
  await app.listen({ host: '127.0.0.1', port: 0 })
  server = app.server as Server
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1/events`
  token = service.token()
})
afterAll(() => service.end())

/** Somebody who listens: what was told so far, and a promise of what is told until a text stands in it. */
async function listening(headers: Record<string, string> = {}, query = '') {
  const end = new AbortController()
  const {
    body,
    status,
    headers: answered,
  } = await fetch(url + query, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: end.signal,
  })
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let told = ''
  const until = async (text: string) => {
    for (let seen = 0; !told.includes(text, seen); ) {
      seen = Math.max(0, told.length - text.length)
      const { value, done } = (await reader?.read()) ?? { done: true }
      if (done) throw new Error(`ended after ${told}`)
      told += value
    }
    return told
  }
  return { until, status, type: answered.get('content-type'), end: () => end.abort() }
}
const idsIn = (told: string) => [...told.matchAll(/"is":"(\w+)","id":"\w+(\d)"/g)].map(([, is, id]) => `${is} ${id}`)

test('findings are told as they come, change and are withdrawn; ordinary ones to whoever asks for all', async () => {
  const [some, all] = [await listening(), await listening({}, '?all=true')]
  expect(some.type).toBe('text/event-stream; charset=utf-8')
  await some.until('event: hello')
  service.keep(first as never, ordinary as never)
  await some.until('"is":"new"')
  service.keep({ ...(first as typeof ordinary & object), severity: 'critical', json: '{"more":1}' } as never)
  await some.until('"is":"changed"')
  service.withdraw(first?.id ?? '', 'It is part of another.')
  expect(idsIn(await some.until('It is part of another.'))).toEqual(['new 1', 'changed 1', 'withdrawn 1'])
  expect(idsIn(await all.until('It is part of another.'))).toEqual(['new 1', 'new 0', 'changed 1', 'withdrawn 1'])
  some.end()
  all.end()
})

test('whoever comes back is told what was missed, as it is now', async () => {
  const before = service.store.findings.lastChange
  service.keep(second as never, third as never)
  service.keep({ ...(second as object), json: '{"more":2}' } as never)
  const back = await listening({ 'last-event-id': String(before) })
  service.store.transaction(() => service.store.notices.add({ time: 1, host: null, kind: 'fault', text: 'now' }))
  service.committed()
  const told = await back.until('event: notice')
  expect(idsIn(told)).toEqual(['new 3', 'changed 2'])
  const ids = [...told.matchAll(/^id: (\d+)/gm)].map(([, id]) => Number(id))
  expect(ids).toEqual([...ids].sort((a, b) => a - b))
  back.end()
  const lost = await listening({ 'last-event-id': '999999' })
  await lost.until('event: reset')
  lost.end()
  expect((await listening({ 'last-event-id': 'x' })).status).toBe(400)
})

test('a connection is kept alive, and ends with the token', async () => {
  const other = await listening()
  await other.until(': \n\n')
  for (const { id } of service.store.tokens.all()) service.store.tokens.remove(id)
  await other.until('event: expired')
  token = service.token()
})

test('whoever does not read is let go, and is told all of it on coming back', async () => {
  const before = service.store.findings.lastChange
  const letGo = once(server, 'connection').then(([socket]) => once(socket as Socket, 'close'))
  const deaf = connect(Number(new URL(url).port), '127.0.0.1')
  deaf.write(`GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`)
  await once(deaf, 'data')
  deaf.pause()
  const gist = 'It is long. '.repeat(700)
  const many = someFindings(1_500).map((one) => toKeep(one, { line: JSON.stringify({ ...rowOf(one), gist }) }))
  for (let at = 0; at < many.length; at += 300) service.keep(...many.slice(at, at + 300))
  await letGo
  deaf.destroy()
  const back = await listening({ 'last-event-id': String(before) })
  await back.until(many.at(-2)?.id ?? '')
  back.end()
})
