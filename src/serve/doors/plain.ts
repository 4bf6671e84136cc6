import type { FastifyError, FastifyRequest } from 'fastify'
import type { SourceKind } from '../../sources/kinds.ts'
import type { Taken } from '../ports.ts'
import { errorBody } from '../server.ts'
import { BodyRefused } from './bodies.ts'
import { type Door, DoorIntake, leaveBodies } from './door.ts'
import { bufferOver, isBlank, linesIn, Places } from './lines.ts'

const path = '/api/v1/events'

/** Whatever `scan` reads, as it is: an event a line, lists, event XML, event logs, tables; packed or not. */
export const plainDoor: Door = (parts) => async (app) => {
  await app.register(async (own) => {
    const intake = new DoorIntake('http', parts)
    leaveBodies(own)
    own.setErrorHandler((error: FastifyError, _request, reply) => {
      if (!(error instanceof BodyRefused)) throw error
      if (error.retryAfter !== null) reply.header('retry-after', error.retryAfter)
      return reply.code(error.statusCode).send(errorBody(error.why, error.message))
    })
    own.post(path, { config: { role: 'send' } }, async (request, reply) => {
      const bytes = await intake.receive(request)
      const isLines = isLinesType(request)
      const taken = await intake.take(request, {
        bytes,
        kind: isLines ? ('json-lines' satisfies SourceKind) : null,
        items: isLines ? placesOfLines(bytes) : null,
      })
      if (taken.kind === 'unavailable') return reply.code(503).send(errorBody('unavailable', taken.reason))
      if (taken.kind === 'full')
        return reply
          .code(429)
          .header('retry-after', taken.retryAfter)
          .send(errorBody('busy', 'too much waits to be read'))
      const { records, problems, unlisted } = taken
      return reply.code(statusOf(taken)).send({ records, problems, unlisted })
    })
  })
}

/** Whether anything of it was taken: who sends by hand looks at nothing else. */
function statusOf({ records, problems, unlisted }: Taken & { kind: 'kept' }): 200 | 400 | 403 {
  if (problems.length === 0 || problems.length + unlisted < records) return 200
  return problems.every(({ code }) => code === 'not-yours') ? 403 : 400
}

/** Only where it is said that each line is an event, a line is an item; else the content tells. */
const isLinesType = ({ headers }: FastifyRequest): boolean =>
  /^application\/(?:x-ndjson|jsonl|x-jsonlines|json-lines)\s*(?:;|$)/i.test(headers['content-type'] ?? '')

function placesOfLines(body: Uint8Array<SharedArrayBuffer>): Float64Array {
  const bytes = bufferOver(body)
  const places = new Places()
  for (const [from, to] of linesIn(bytes)) if (!isBlank(bytes, from, to)) places.add(from)
  return places.all()
}
