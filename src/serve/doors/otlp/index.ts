import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../access/refusal.ts'
import { depthOf } from '../../json-body.ts'
import type { Taken } from '../../ports.ts'
import { BodyRefused } from '../bodies.ts'
import { type Door, DoorIntake, leaveBodies } from '../door.ts'
import { bufferOver } from '../lines.ts'
import { encodedAs } from './otlp-answers.ts'
import { joinedLines, linesOfJson } from './otlp-lines.ts'
import { linesOfProtobuf } from './otlp-protobuf.ts'

/** Values of a body are in a dozen levels at most, each of which takes three of JSON. */
const mostDepth = 100
/** Of a request, unpacked: collectors send some thousand records, a few megabytes. Its JSON is parsed as a whole, and so are no more values. */
const mostBytes = 32 << 20
const mostValues = 4_000_000

const json = 'application/json'
const protobuf = 'application/x-protobuf'

/** Logs by OTLP/HTTP, as JSON and as Protocol Buffers. */
export const otlpDoor: Door = (parts) => async (app) => {
  await app.register(async (own) => {
    const intake = new DoorIntake('otlp', parts)
    leaveBodies(own)
    own.setErrorHandler(tellError)
    own.post('/v1/logs', { config: { role: 'send' } }, (request, reply) => takeLogs(request, reply, intake))
  })
}

async function takeLogs(request: FastifyRequest, reply: FastifyReply, intake: DoorIntake) {
  const type = bodyType(request)
  if (type === null) return reply.code(415).send({ message: `${json} and ${protobuf} are known` })
  const body = await intake.receive(request, mostBytes)
  const lines = type === json ? ofJson(bufferOver(body)) : ofProtobuf(bufferOver(body))
  if (lines === null) return status(reply, type, 400, `the body is no ${type} of a request with logs`)
  const { bytes, places } = joinedLines(lines)
  if (places.length === 0) return answer(reply, type, {})
  const taken = await intake.take(request, { bytes, kind: 'json-lines', items: places })
  if (taken.kind === 'unavailable') return status(reply, type, 503, taken.reason)
  if (taken.kind === 'full')
    return status(reply.header('retry-after', taken.retryAfter), type, 429, 'too much waits to be read')
  return answer(reply, type, partialSuccess(taken, places.length))
}

function bodyType({ headers }: FastifyRequest): typeof json | typeof protobuf | null {
  const type = /^[^;\s]{0,100}/.exec(headers['content-type'] ?? '')?.[0].toLowerCase()
  return type === json || type === protobuf ? type : null
}

function ofJson(body: Buffer): string[] | null {
  if (depthOf(body) > mostDepth) return null
  if (mayHaveMoreValues(body, mostValues)) throw new BodyRefused('too-large', `more than ${mostValues} values`)
  const value = unlessMalformed((): unknown => JSON.parse(body.toString('utf8')))
  return typeof value === 'object' && value !== null ? linesOfJson(value) : null
}

const ofProtobuf = (body: Buffer): string[] | null => unlessMalformed(() => linesOfProtobuf(body))

function unlessMalformed<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof BodyRefused) throw error
    return null
  }
}

/** Each value but the first stands behind a bracket or a comma. */
function mayHaveMoreValues(json: Buffer, most: number): boolean {
  let left = most
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]
    if ((byte === 0x7b || byte === 0x5b || byte === 0x2c) && --left < 0) return true
  }
  return false
}

/** How many log records were not taken, and why the first was not. */
function partialSuccess({ records, problems, unlisted }: Extract<Taken, { readonly kind: 'kept' }>, sent: number) {
  const [first] = problems
  if (!first) return {}
  const ofItems = new Set(problems.map(({ item }) => item).filter((item) => item !== null))
  const rejected = ofItems.size === 0 && records === 0 ? sent : Math.min(sent, ofItems.size + unlisted)
  return { partialSuccess: { rejectedLogRecords: String(rejected), errorMessage: first.reason } }
}

const answer = (reply: FastifyReply, type: string, value: Readonly<Record<string, unknown>>) =>
  send(reply.code(200), type, 'ExportLogsServiceResponse', value)

/** Codes of gRPC, as far as they are said. */
const grpcCodes: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 413: 8, 415: 3, 429: 8, 503: 14 }

const status = (reply: FastifyReply, type: string, code: number, message: string) =>
  send(reply.code(code), type, 'Status', { code: grpcCodes[code] ?? 2, message })

function send(
  reply: FastifyReply,
  type: string,
  name: Parameters<typeof encodedAs>[0],
  value: Readonly<Record<string, unknown>>,
): FastifyReply {
  const bytes = type === protobuf ? encodedAs(name, value) : Buffer.from(JSON.stringify(value))
  return reply.header('content-type', type).send(bytes)
}

/** Any other is the server's to tell. */
function tellError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  if (!(error instanceof BodyRefused || error instanceof Refusal)) throw error
  if (error.retryAfter !== null) reply.header('retry-after', error.retryAfter)
  if (error.statusCode === 401) reply.header('www-authenticate', 'Bearer realm="tasktrail"')
  return status(reply, bodyType(request) ?? json, error.statusCode, error.message)
}
