import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventXmlWriter } from '../../src/lab/carriers/event-xml.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { type DoorServer, doorServer } from './door-server.ts'

const events = demoIncident()
  .files.flatMap((file) => file.events)
  .slice(0, 60)

/** As a universal forwarder with XmlWinEventLog, or the Collector's exporter, sends it. */
const objects = events.map((event) => ({
  time: event.time.time / 1000,
  host: event.computer,
  source: `XmlWinEventLog:${event.channel}`,
  sourcetype: 'XmlWinEventLog',
  event: eventXmlWriter.line(event),
}))

let server: DoorServer
let token: string
beforeAll(async () => {
  server = await doorServer()
  token = server.token().text
})
afterAll(() => server.app.close())

async function send(path: string, body: string, headers: Record<string, string> = {}, method = 'POST') {
  const answer = await fetch(`${server.url}/services/collector${path}`, {
    method,
    headers: { authorization: `Splunk ${token}`, 'content-type': 'application/json', ...headers },
    ...(method === 'POST' ? { body } : {}),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const recordsMet = () => server.met().reduce((sum, { read }) => sum + read.records, 0)
const success = { status: 200, body: { text: 'Success', code: 0 } }

describe('events', () => {
  test('come one after the other, with nothing, a line, or a comma of blanks between them', async () => {
    for (const between of ['', '\n', '\r\n \n']) {
      const body = objects.map((object) => JSON.stringify(object)).join(between)
      expect(await send('/event', body)).toEqual(success)
      const [met] = server.met()
      expect(met?.read.records).toBe(objects.length)
      expect(met?.read.problems).toEqual([])
      expect(met?.read.shards.reduce((sum, { facts }) => sum + facts.count, 0)).toBeGreaterThan(20)
      expect(met?.post.source).toBe('splunk:relay')
    }
  })

  test('may go over many lines, and have anything in their texts', async () => {
    const body = objects
      .map((object) => JSON.stringify({ fields: { event: '', a: '"}{\\' }, ...object }, null, 2))
      .join('')
    expect(await send('/event/1.0', body)).toEqual(success)
    expect(recordsMet()).toBe(objects.length)
  })

  test('of which one is none are taken up to it, and its number is told', async () => {
    const [one, two] = objects.map((object) => JSON.stringify(object))
    const wrong: [string, number, number][] = [
      [`${one}${two}{"event"`, 6, 2],
      [`${one}[]`, 6, 1],
      [`${one}{"host":"a"}${two}`, 12, 1],
      [`${one}{"event" : null}`, 12, 1],
      [`${one}{"event" : ""}`, 13, 1],
      [`${one}{"event": tru}${two}`, 6, 1],
    ]
    for (const [body, code, number] of wrong) {
      const answer = await send('', body)
      expect(answer).toMatchObject({ status: 400, body: { code, 'invalid-event-number': number } })
      expect(recordsMet()).toBeGreaterThan(0)
    }
  })

  test('that are none at all', async () => {
    expect(await send('', ' \n ')).toMatchObject({ status: 400, body: { code: 5 } })
    expect(server.met()).toEqual([])
  })
})

test('raw texts are read as what they are', async () => {
  const body = events.map((event) => eventXmlWriter.line(event)).join('\n')
  expect(await send('/raw?channel=0aeeac95-ac74-4aa9-b30d-6c4c0ac581ba', body)).toMatchObject({ status: 200 })
  expect(recordsMet()).toBe(events.length)
  expect(await send('/raw', 'hello')).toMatchObject({ status: 400, body: { code: 6 } })
})

test('a sender that names a channel gets a number, by which it learns later that its events are safe', async () => {
  const channel = { 'x-splunk-request-channel': '0aeeac95-ac74-4aa9-b30d-6c4c0ac581ba' }
  const first = (await send('/event', JSON.stringify(objects[0]), channel)).body.ackId as number
  const second = (await send('/event', JSON.stringify(objects[1]), channel)).body.ackId as number
  expect(second).toBe(first + 1)
  const asked = await send('/ack', JSON.stringify({ acks: [first, second, second + 1] }), channel)
  expect(asked.body).toEqual({ acks: { [first]: true, [second]: true, [second + 1]: false } })
  expect(await send('/ack', '{"acks":[]}')).toMatchObject({ status: 400, body: { code: 10 } })
  expect(await send('/ack', '{"acks":["1"]}', channel)).toMatchObject({ status: 400, body: { code: 6 } })
  expect(await send('', JSON.stringify(objects[1]), { 'x-splunk-request-channel': '<script>' })).toMatchObject({
    body: { code: 11 },
  })
  server.met()
})

test('what is refused is refused in the words of the collector', async () => {
  const body = JSON.stringify(objects[0])
  const nobody = async (query: string) => {
    const answer = await fetch(`${server.url}/services/collector${query}`, { method: 'POST', body })
    return [answer.status, ((await answer.json()) as { code: number }).code]
  }
  expect(await nobody('')).toEqual([401, 2])
  expect(await nobody(`?token=${token}`)).toEqual([400, 16])
  expect(await send('', body, { authorization: 'Splunk 00000000' })).toMatchObject({ status: 403, body: { code: 4 } })
  const reader = `Splunk ${server.token('read').text}`
  expect(await send('', body, { authorization: reader })).toMatchObject({ status: 403, body: { code: 4 } })
  expect(await send('/health', '', {}, 'GET')).toMatchObject({ status: 200, body: { code: 17 } })
  server.hasRoom(false)
  expect(await send('', body)).toMatchObject({ status: 503, body: { code: 9 } })
  expect(await send('/health/1.0', '', {}, 'GET')).toMatchObject({ status: 503, body: { code: 18 } })
  server.hasRoom(true)
  server.answerNext({ kind: 'unavailable', reason: 'the service ends' })
  expect(await send('', body)).toMatchObject({ status: 503, body: { code: 9 } })
})
