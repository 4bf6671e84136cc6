import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../access/refusal.ts'
import type { Taken } from '../../ports.ts'
import { BodyRefused } from '../bodies.ts'
import { type Door, DoorIntake, leaveBodies } from '../door.ts'
import { bufferOver } from '../lines.ts'
import { bulkAnswer } from './bulk-answer.ts'
import { type BulkBody, BulkRefused, readBulkBody } from './bulk-body.ts'
import { filteredBy } from './filter-path.ts'
import { type Answer, addHandshake } from './handshake.ts'
import { answerForm, isJsonType } from './media-types.ts'

/** Below which it lies: the root is the page's, and a shipper's URL may have a path. */
export const elasticPrefix = '/elastic'

/** Elasticsearch's bulk requests, as Winlogbeat, Elastic Agent, Logstash, Vector, Fluent Bit and rsyslog send them. */
export const elasticDoor: Door = (parts) => async (app) => {
  const intake = new DoorIntake('elastic', parts)
  await app.register(
    async (own) => {
      leaveBodies(own)
      own.addHook('onSend', async (_request, reply) => {
        reply.header('x-elastic-product', 'Elasticsearch')
      })
      own.setErrorHandler(tellError)
      own.setNotFoundHandler((request, reply) => {
        const reason = `no handler found for uri [${request.url.slice(0, 200)}] and method [${request.method}]`
        send(reply.code(400), request, { error: reason, status: 400 })
      })
      addHandshake(own, answer)
      addBulk(own, intake)
      addDocuments(own, intake)
    },
    { prefix: elasticPrefix },
  )
}

const forSenders = { config: { role: 'send' } } as const

function addBulk(app: FastifyInstance, intake: DoorIntake): void {
  app.route<{ Params: { index?: string }; Querystring: { filter_path?: string } }>({
    method: ['POST', 'PUT'],
    url: '/_bulk',
    ...forSenders,
    handler: bulk,
  })
  app.route<{ Params: { index?: string }; Querystring: { filter_path?: string } }>({
    method: ['POST', 'PUT'],
    url: '/:index/_bulk',
    ...forSenders,
    handler: bulk,
  })

  async function bulk(request: FastifyRequest, reply: FastifyReply) {
    const began = performance.now()
    if (!isJsonType(request.headers['content-type'])) return unknownType(request, reply)
    const bytes = await intake.receive(request)
    const body = readBulkBody(bytes, paramsOf(request).index ?? null)
    const post = { bytes, kind: 'json-lines', items: body.places } as const
    // of nothing but deletions there is nothing to be kept
    const taken = body.documents.length === 0 ? nothingSent : await intake.take(request, post)
    if (taken.kind !== 'kept') return notTaken(request, reply, taken)
    return send(reply, request, bulkAnswer(body, taken, Math.round(performance.now() - began)))
  }
}

const nothingSent = { kind: 'kept', records: 0, problems: [], unlisted: 0 } as const satisfies Taken

/** One document by itself, as rsyslog sends it without `bulkmode`. */
function addDocuments(app: FastifyInstance, intake: DoorIntake): void {
  for (const url of ['/:index/_doc', '/:index/_doc/:id', '/:index/_create/:id'])
    app.route({ method: ['POST', 'PUT'], url, ...forSenders, handler: document })

  async function document(request: FastifyRequest, reply: FastifyReply) {
    if (!isJsonType(request.headers['content-type'])) return unknownType(request, reply)
    const bytes = await intake.receive(request)
    if (bytes.length === 0) throw new BulkRefused('parse_exception', 'request body is required')
    // over several lines it is one all the same
    const text = bufferOver(bytes)
    for (let at = text.indexOf(0x0a); at !== -1; at = text.indexOf(0x0a, at + 1)) text[at] = 0x20
    const { index = '', id = null } = paramsOf(request)
    const item = { action: 'create', index, id, hasDocument: true } as const
    const body: BulkBody = { items: [item], documents: [0], places: Float64Array.of(0) }
    const taken = await intake.take(request, { bytes, kind: 'json-lines', items: body.places })
    if (taken.kind !== 'kept') return notTaken(request, reply, taken)
    const [{ create } = {}] = bulkAnswer(body, taken, 0).items
    if (create && 'error' in create)
      return sendReason(reply, request, create.status, create.error.type, create.error.reason)
    return send(reply.code(201), request, create)
  }
}

const paramsOf = ({ params }: FastifyRequest) => params as { readonly index?: string; readonly id?: string }

const unknownType = (request: FastifyRequest, reply: FastifyReply) =>
  send(reply.code(406), request, {
    error: `Content-Type header [${(request.headers['content-type'] ?? '').slice(0, 100)}] is not supported`,
    status: 406,
  })

const answer: Answer = (request, reply, made) =>
  send(reply, request, made(request, answerForm(request.headers.accept, undefined)?.version ?? 9))

/** As the client asks for it; in a version that is not spoken, it is told so. */
function send(reply: FastifyReply, request: FastifyRequest, value: unknown): FastifyReply {
  const { accept, 'content-type': contentType } = request.headers
  const form = answerForm(accept, contentType)
  if (form === undefined) {
    const header = `[Accept=${(accept ?? '').slice(0, 100)}]`
    const reason = `A compatible version is required on both Content-Type and Accept headers, 8 or 9: ${header}`
    return sendBytes(reply.code(400), 'application/json', errorOf(400, 'media_type_header_exception', reason))
  }
  const filter = (request.query as { readonly filter_path?: unknown }).filter_path
  return sendBytes(reply, form.type, filteredBy(typeof filter === 'string' ? filter : undefined, value))
}

/** As bytes: of a text Fastify would say what it is written in, which Elasticsearch does not. */
const sendBytes = (reply: FastifyReply, type: string, value: unknown): FastifyReply =>
  reply.header('content-type', type).send(Buffer.from(JSON.stringify(value)))

const errorOf = (status: number, type: string, reason: string) => ({
  error: { root_cause: [{ type, reason }], type, reason },
  status,
})

const sendReason = (reply: FastifyReply, request: FastifyRequest, status: number, type: string, reason: string) =>
  send(reply.code(status), request, errorOf(status, type, reason))

function notTaken(request: FastifyRequest, reply: FastifyReply, taken: Exclude<Taken, { readonly kind: 'kept' }>) {
  if (taken.kind === 'unavailable') return sendReason(reply, request, 503, 'unavailable_shards_exception', taken.reason)
  reply.header('retry-after', taken.retryAfter)
  return sendReason(reply, request, 429, 'es_rejected_execution_exception', 'too much waits to be read')
}

const typeOf = (error: FastifyError | Refusal | BodyRefused | BulkRefused): string | null => {
  if (error instanceof BulkRefused) return error.type
  if (error instanceof BodyRefused)
    return error.why === 'busy' ? 'es_rejected_execution_exception' : 'illegal_argument_exception'
  return error instanceof Refusal ? 'security_exception' : null
}

/** Any other is the server's to tell. */
function tellError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const type = typeOf(error)
  if (type === null) throw error
  const { statusCode = 400, message } = error
  const { retryAfter = null } = error as { readonly retryAfter?: number | null }
  if (retryAfter !== null) reply.header('retry-after', retryAfter)
  if (statusCode === 401) reply.header('www-authenticate', 'ApiKey, Bearer realm="tasktrail"')
  return sendReason(reply, request, statusCode, type, message)
}
