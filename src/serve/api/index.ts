import { existsSync, readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { safeJson } from '../../report/index.ts'
import { Changes } from './changes.ts'
import { coverageRoute } from './coverage.ts'
import { describedEvents, type EventSettings, serveEvents } from './events.ts'
import { findingRoutes } from './findings.ts'
import { healthRoutes } from './health.ts'
import { hostRoutes } from './hosts.ts'
import { LiveBoard } from './live-board.ts'
import { metricsRoute } from './metrics.ts'
import { noticeRoute } from './notices.ts'
import { openApi } from './openapi.ts'
import { pageQuestions } from './page-questions.ts'
import { servePage } from './page-shell.ts'
import type { ApiParts } from './parts.ts'
import { type Described, jsonType, type Route, serve } from './route.ts'

export { builtPage } from './page-shell.ts'
export type { ApiParts } from './parts.ts'

/** Where the finding's schema lies, as seen from a chunk of the program, and from here in the sources. */
const schemas = ['../../schemas/', '../../../schemas/'].map(
  (place) => new URL(`${place}finding-1.schema.json`, import.meta.url),
)

/** All that can be read of a running service, and its page. `page`: null where none was built. */
export const api =
  (parts: ApiParts, page: string | null, settings: EventSettings = {}): FastifyPluginAsync =>
  async (app) => {
    const board = new LiveBoard(parts.store, parts.now)
    const changes = new Changes(parts, board)
    // A hundred thousand findings take a second or two, in which the rest is there already.
    board.load()
    app.addHook('onClose', async () => changes.end())
    const routes = documented(parts)
    serve(app, routes)
    serve(app, pageQuestions(parts, board, changes))
    serveEvents(app, changes, parts, settings)
    serveDocument(app, [...routes, describedEvents], parts.version)
    serveReadiness(app, parts)
    if (page !== null) servePage(app, page)
  }

/** What the OpenAPI document describes. */
export const documented = (parts: ApiParts): Route[] => [
  ...findingRoutes(parts),
  ...hostRoutes(parts),
  coverageRoute(parts),
  noticeRoute(parts),
  ...healthRoutes(parts),
  metricsRoute(parts),
  ...(parts.others ?? []),
]

function serveDocument(app: FastifyInstance, routes: readonly Described[], version: string): void {
  const place = schemas.find((one) => existsSync(one))
  const finding = place ? (JSON.parse(readFileSync(place, 'utf8')) as Record<string, unknown>) : {}
  const document = safeJson(JSON.stringify(openApi(routes, version, finding)))
  app.get('/api/v1/openapi.json', { config: { role: 'read' } }, (_, reply) => reply.type(jsonType).send(document))
}

/** Whether records are taken. */
function serveReadiness(app: FastifyInstance, { state }: ApiParts): void {
  app.get('/readyz', { config: { role: 'read' } }, async (_, reply) => {
    const { phase, refusal } = state()
    if (refusal === null) return { status: phase }
    return reply.code(503).send({ status: phase, reason: refusal })
  })
}
