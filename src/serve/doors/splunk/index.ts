import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../access/refusal.ts'
import type { Post, Taken } from '../../ports.ts'
import { BodyRefused } from '../bodies.ts'
import { type Door, DoorIntake, leaveBodies } from '../door.ts'
import { bufferOver } from '../lines.ts'
import { type HecCode, hecAnswers } from './hec-answers.ts'
import { readHecEvents } from './hec-events.ts'

const forSenders = { config: { role: 'send' } } as const

/** Splunk's HTTP Event Collector: events, raw texts, its health, and acknowledgements for senders that name a channel. */
export const splunkDoor: Door = (parts) => async (app) => {
  await app.register(async (own) => {
    const intake = new DoorIntake('splunk', parts)
    const acknowledgements = new Acknowledgements()
    leaveBodies(own)
    own.setErrorHandler(tellError)
    for (const url of ['', '/event', '/event/1.0'])
      own.post(`/services/collector${url}`, forSenders, (request, reply) =>
        takeEvents(request, reply, intake, acknowledgements),
      )
    for (const url of ['/raw', '/raw/1.0'])
      own.post(`/services/collector${url}`, forSenders, (request, reply) =>
        takeRaw(request, reply, intake, acknowledgements),
      )
    for (const url of ['/health', '/health/1.0'])
      own.get(`/services/collector${url}`, forSenders, (_request, reply) => say(reply, intake.hasRoom() ? 17 : 18))
    for (const url of ['/ack', '/ack/1.0'])
      own.post(`/services/collector${url}`, forSenders, async (request, reply) => {
        if (channelOf(request) === null) return say(reply, 10)
        return acknowledgements.answer(reply, await intake.receive(request, mostAskedBytes))
      })
  })
}

async function takeEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  intake: DoorIntake,
  acknowledgements: Acknowledgements,
) {
  const body = await intake.receive(request)
  const { bytes, places, wrong } = readHecEvents(body)
  if (places.length === 0 && wrong === null) return say(reply, 5)
  if (places.length > 0) {
    const taken = await intake.take(request, { bytes, kind: 'json-lines', items: places })
    if (taken.kind !== 'kept') return notTaken(reply, taken)
    const unread = firstUnread(taken)
    if (unread !== null) return say(reply, 6, { 'invalid-event-number': unread })
  }
  // what comes before it is kept: Splunk does the same
  if (wrong !== null) return say(reply, wrong.code, { 'invalid-event-number': wrong.event })
  return success(request, reply, acknowledgements)
}

async function takeRaw(
  request: FastifyRequest,
  reply: FastifyReply,
  intake: DoorIntake,
  acknowledgements: Acknowledgements,
) {
  const bytes = await intake.receive(request)
  if (bytes.every((byte) => byte <= 0x20)) return say(reply, 5)
  const post: Pick<Post, 'bytes' | 'kind' | 'items'> = { bytes, kind: null, items: null }
  const taken = await intake.take(request, post)
  if (taken.kind !== 'kept') return notTaken(reply, taken)
  if (taken.records === 0 && taken.problems.length > 0) return say(reply, 6)
  return success(request, reply, acknowledgements)
}

/** The first event that could not be read, or all of them; null: all were. */
function firstUnread({ records, problems }: Extract<Taken, { readonly kind: 'kept' }>): number | null {
  if (records === 0 && problems.length > 0) return 0
  let first: number | null = null
  for (const { item } of problems) if (item !== null && (first === null || item < first)) first = item
  return first
}

function success(request: FastifyRequest, reply: FastifyReply, acknowledgements: Acknowledgements) {
  const channel = channelOf(request)
  if (channel === null) return say(reply, 0)
  if (!/^[\w-]{1,100}$/.test(channel)) return say(reply, 11)
  return say(reply, 0, { ackId: acknowledgements.next() })
}

function channelOf({ headers, query }: FastifyRequest): string | null {
  const { channel } = query as { readonly channel?: unknown }
  const header = headers['x-splunk-request-channel']
  return typeof header === 'string' ? header : typeof channel === 'string' ? channel : null
}

/**
 * Numbers by which a sender asks later whether its events are safe. A number is only given when they are, so that all that were given are; they
 * begin with the time, so that those of before a start of the service are known, too.
 */
class Acknowledgements {
  #next = Date.now()

  next(): number {
    return this.#next++
  }

  answer(reply: FastifyReply, body: Uint8Array<SharedArrayBuffer>) {
    const asked = asksFor(body)
    if (asked === null) return say(reply, 6)
    const acks = Object.fromEntries(asked.map((id) => [id, id < this.#next]))
    return reply.send({ acks })
  }
}

/** Numbers in one question. */
const mostAsked = 100_000
const mostAskedBytes = 4 << 20

function asksFor(body: Uint8Array<SharedArrayBuffer>): number[] | null {
  try {
    const { acks } = JSON.parse(bufferOver(body).toString('utf8')) as { readonly acks?: unknown }
    if (!Array.isArray(acks) || acks.length > mostAsked) return null
    return acks.every((id): id is number => Number.isSafeInteger(id) && id >= 0) ? acks : null
  } catch {
    return null
  }
}

function say(reply: FastifyReply, code: HecCode, more: Readonly<Record<string, number>> = {}): FastifyReply {
  const [status, text] = hecAnswers[code]
  return reply.code(status).send({ text, code, ...more })
}

function notTaken(reply: FastifyReply, taken: Exclude<Taken, { readonly kind: 'kept' }>) {
  if (taken.kind === 'full') reply.header('retry-after', taken.retryAfter)
  return say(reply, 9)
}

const codesOfRefusal: Readonly<Partial<Record<Refusal['code'], HecCode>>> = {
  'no-token': 2,
  'wrong-token': 4,
  'expired-token': 4,
  'no-right': 4,
  'too-many': 9,
}

/** Any other is the server's to tell. */
function tellError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof Refusal) {
    const code = codesOfRefusal[error.code]
    if (code === undefined) throw error
    if (error.retryAfter !== null) reply.header('retry-after', error.retryAfter)
    const { token } = request.query as { readonly token?: unknown }
    return say(reply, code === 2 && token !== undefined ? 16 : code)
  }
  if (!(error instanceof BodyRefused)) throw error
  if (error.why === 'busy') {
    reply.header('retry-after', error.retryAfter)
    return say(reply, 9)
  }
  if (error.why !== 'too-large') return say(reply, 6)
  return reply.code(413).send({ text: error.message, code: 6 })
}
