import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../access/index.ts'
import { errorBody } from '../server.ts'
import type { Changes } from './changes.ts'
import { Listener } from './listener.ts'
import type { ApiParts } from './parts.ts'
import { type Described, read } from './route.ts'
import { eventsQuery, nothing } from './schemas.ts'

/** Whoever missed more changes is told to ask for everything again. */
const mostMissed = 100_000
/** A line without a meaning, so that nobody in between takes the connection for dead, in milliseconds. */
const usualHeartbeat = 15_000
/** Whoever reads nothing for so many of them is let go, and comes back with the last event that it has. */
const mostStuck = 4
const mostListeners = 500

export interface EventSettings {
  readonly heartbeat?: number
}

export const describedEvents: Described = {
  path: '/api/v1/events',
  summary: 'Server-sent events of what changes: findings by the number of their change, notices',
  query: eventsQuery,
  params: nothing,
  answer: 'text/event-stream',
  others: { 503: 'Too many listen already' },
}

/** `GET /api/v1/events`: server-sent events of findings and notices, resumed after `Last-Event-ID`. */
export function serveEvents(
  app: FastifyInstance,
  changes: Changes,
  { stillCounts }: ApiParts,
  { heartbeat = usualHeartbeat }: EventSettings,
): void {
  const listeners = new Set<Listener>()
  const beat = setInterval(() => {
    for (const listener of listeners) {
      if (!stillCounts(listener.principal)) listener.end('event: expired\ndata: {}\n\n')
      else if (listener.beat() >= mostStuck) listener.letGo()
    }
  }, heartbeat)
  beat.unref()
  const stop = changes.listen((events) => {
    for (const listener of listeners) listener.tell(events)
  })
  app.addHook('preClose', async () => {
    clearInterval(beat)
    stop()
    for (const listener of listeners) listener.end('event: ending\ndata: {}\n\n')
  })

  app.get('/api/v1/events', { config: { role: 'read' } }, (request, reply) => {
    const { principal } = request
    if (principal === null) throw new Refusal('no-token', 'a token is needed')
    const { all, after } = wishOf(request)
    if (listeners.size >= mostListeners)
      return reply.code(503).send(errorBody('unavailable', 'too many listen to events already'))
    reply.hijack()
    const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream; charset=utf-8' }
    reply.raw.writeHead(200, headers as Record<string, string>)
    const { last } = changes
    const isLost = after !== null && (after > last || last - after > mostMissed)
    const from = isLost || after === null ? last : after
    const listener = new Listener(reply.raw, principal, changes, { all, after: from })
    listener.write(`retry: 2000\nid: ${from}\nevent: ${isLost ? 'reset' : 'hello'}\ndata: {"change":${last}}\n\n`)
    listeners.add(listener)
    reply.raw.once('close', () => listeners.delete(listener))
    listener.follow()
    return reply
  })
}

/** `after`: the last change that the listener has; null: nothing was said. */
function wishOf({ query, headers }: FastifyRequest): { all: boolean; after: number | null } {
  const last = headers['last-event-id']
  const { all, after = null } = read(eventsQuery, {
    ...(query as object),
    // A browser that comes back asks at the same address as before.
    ...(last === undefined || last === '' ? {} : { after: last }),
  })
  return { all, after }
}
