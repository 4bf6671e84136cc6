import { z } from 'zod'
import type { Described } from './route.ts'
import { problem } from './schemas.ts'

type Json = Readonly<Record<string, unknown>>

/** The document that describes the API: of the schemas by which it reads what is asked and says what it answers. */
export function openApi(routes: readonly Described[], version: string, findingSchema: Json): Json {
  const named = new Schemas(findingSchema)
  const paths = Object.fromEntries(routes.map((route) => [route.path, { get: operationOf(route, named) }]))
  return {
    openapi: '3.1.0',
    info: {
      title: 'tasktrail',
      version,
      description: 'What a running `tasktrail serve` has found, and what it could have seen.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { basic: [] }],
    paths,
    components: {
      schemas: named.all,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token of the role read or administer' },
        basic: { type: 'http', scheme: 'basic', description: 'A token as password' },
      },
    },
  }
}

function operationOf(route: Described, named: Schemas): Json {
  const { path, summary, query, params, answer, others = {} } = route
  const failures: Readonly<Record<number, string>> = {
    400: 'A parameter is wrong: which and why stands in the message',
    401: 'No token, or one that does not count',
    403: 'The token’s role may not read',
    ...others,
  }
  const content =
    typeof answer === 'string'
      ? { [answer.split(';')[0] as string]: { schema: { type: 'string' } } }
      : { 'application/json': { schema: named.of(answer) } }
  return {
    operationId: operationIdOf(path),
    summary,
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    responses: {
      200: { description: 'OK', content },
      ...Object.fromEntries(
        Object.entries(failures).map(([status, description]) => [
          status,
          status === '308'
            ? { description, headers: { location: { schema: { type: 'string' } } } }
            : { description, content: { 'application/json': { schema: named.of(problem) } } },
        ]),
      ),
    },
  }
}

/** `/api/v1/findings/{id}/records`: `findingsIdRecords`. */
const operationIdOf = (path: string): string =>
  path
    .replace('/api/v1/', '')
    .replaceAll(/[^a-z]+([a-z])/gi, (_, letter: string) => letter.toUpperCase())
    .replaceAll(/[^a-z]/gi, '')

function parametersOf(schema: z.ZodObject, where: 'path' | 'query'): Json[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Json>
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === 'path',
    ...(description === undefined ? {} : { description }),
    // What a number is read from is a text that is one.
    schema: rest,
  }))
}

/** Schemas by their names, each once. */
class Schemas {
  readonly all: Record<string, unknown> = {}
  readonly #finding: Json

  /** `finding`: its published schema, whose parts become named schemas of this document: few tools follow references within a part. */
  constructor({ $schema: _, $id: __, $defs = {}, ...finding }: Json) {
    const ours = (name: string) => `Finding${name[0]?.toUpperCase()}${name.slice(1)}`
    for (const [name, one] of Object.entries($defs as Json)) this.all[ours(name)] = referred(one, ours)
    this.#finding = referred(finding, ours)
  }

  of(schema: z.ZodType): Json {
    const {
      $schema: _,
      $defs = {},
      ...own
    } = z.toJSONSchema(schema, { unrepresentable: 'any', override: plain }) as Json & {
      readonly $defs?: Readonly<Record<string, Json>>
    }
    for (const [name, one] of Object.entries($defs)) this.#put(name, one)
    const name = schema.meta()?.id
    if (name === undefined || '$ref' in own) return referred(own)
    this.#put(name, own)
    return { $ref: `#/components/schemas/${name}` }
  }

  #put(name: string, { id: _, ...schema }: Json): void {
    // The finding's own schema is published with the program; here it is one with what the service adds.
    this.all[name] = name === 'Finding' ? { allOf: [this.#finding, referred(schema)] } : referred(schema)
  }
}

/** A format says by its name what its expression says at length. */
function plain({ jsonSchema }: { jsonSchema: { format?: unknown; pattern?: unknown } }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
}

/** With references into the document, in which each definition has a name of its own. */
function referred<T>(value: T, named = (name: string) => name): T {
  if (Array.isArray(value)) return value.map((one) => referred(one, named)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === '$ref' && typeof one === 'string'
        ? one.replace(/^#\/\$defs\/(.+)$/, (_, name: string) => `#/components/schemas/${named(name)}`)
        : referred(one, named),
    ]),
  ) as T
}
