import type { FastifyInstance, FastifyReply } from 'fastify'
import type { z } from 'zod'
import { safeJson } from '../../report/index.ts'
import { type Principal, Refusal } from '../access/index.ts'

/** What a handler is given, its query and its parameters read. */
export interface Asked<Query, Params> {
  readonly query: Query
  readonly params: Params
  readonly principal: Principal
  readonly reply: FastifyReply
}

/** What can be asked at one address, as the OpenAPI document describes it. */
export interface Described<Query extends z.ZodObject = z.ZodObject, Params extends z.ZodObject = z.ZodObject> {
  /** With parameters as `{id}`. */
  readonly path: string
  readonly summary: string
  readonly query: Query
  readonly params: Params
  /** Of what is answered as JSON; a text: the media type of what is answered otherwise. */
  readonly answer: z.ZodType | string
  /** Other answers, by status. */
  readonly others?: Readonly<Record<number, string>>
}

/** One thing that can be read: served and described from the same schemas. */
export interface Route<Query extends z.ZodObject = z.ZodObject, Params extends z.ZodObject = z.ZodObject>
  extends Described<Query, Params> {
  /** An object, JSON as text, or nothing when it has answered by itself. */
  handle(asked: Asked<z.output<Query>, z.output<Params>>): Answered | Promise<Answered>
}

export type Answered = object | string | undefined

/** Keeps the types of a route together. */
export const route = <Query extends z.ZodObject, Params extends z.ZodObject>(one: Route<Query, Params>): Route =>
  one as unknown as Route

export const jsonType = 'application/json; charset=utf-8'

export function serve(app: FastifyInstance, routes: readonly Route[]): void {
  for (const one of routes)
    app.get(one.path.replaceAll(/\{(\w+)\}/g, ':$1'), { config: { role: 'read' } }, async (request, reply) => {
      const query = read(one.query, request.query)
      const params = read(one.params, request.params)
      const { principal } = request
      if (principal === null) throw new Refusal('no-token', 'a token is needed')
      const answer = await one.handle({ query, params, principal, reply })
      if (answer === undefined) return reply
      if (typeof one.answer === 'string') return reply.type(one.answer).send(answer)
      const text = typeof answer === 'string' ? answer : safeJson(JSON.stringify(answer))
      return reply.type(jsonType).send(text)
    })
}

/** What was asked, or a refusal that names each field and what is wrong with it. */
export function read<S extends z.ZodObject>(schema: S, value: unknown): z.output<S> {
  const { success, data, error } = schema.safeParse(value ?? {})
  if (success) return data
  const faults = error.issues.slice(0, 8).map(({ path, message, code, ...issue }) => {
    if (code === 'unrecognized_keys')
      return `${(issue as unknown as { keys: string[] }).keys.join(', ')}: not known here`
    return `${path.join('.') || 'query'}: ${message}`
  })
  throw new Refusal('bad-request', faults.join('; '))
}
