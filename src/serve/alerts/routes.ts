import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { severities } from '../../model/finding.ts'
import { type Route, route } from '../api/route.ts'
import { maySee } from '../api/visible.ts'
import { errorBody } from '../server.ts'
import type { DeliveryState } from '../store/outbox.ts'
import type { Alerts } from './alerts.ts'
import { deliveryJson, targetJson } from './as-json.ts'

const states = ['waiting', 'delivered', 'dead'] as const satisfies readonly DeliveryState[]

const time = z.iso.datetime()
const count = z.int().nonnegative()

const query = z.strictObject({
  state: z.enum(states).optional().meta({ description: 'dead: given up, until it is sent again' }),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.coerce.number().int().min(1).optional().meta({ description: '`next` of the page before' }),
})

const told = { severity: z.enum(severities), verdict: z.string() }

const delivery = z
  .strictObject({
    id: z.string().meta({ description: 'Of this message: the same when it is sent again' }),
    alert: z.string().meta({ description: 'Of all messages about the finding' }),
    sequence: count,
    reason: z.enum(['new', 'worse', 'verdict', 'withdrawn', 'returned']),
    time,
    finding: z.string(),
    host: z.string(),
    title: z.string(),
    ...told,
    before: z.strictObject(told).nullable().meta({ description: 'What was told before' }),
    withdrawn: z.string().nullable().meta({ description: 'Why it does not hold any more' }),
    target: z.string(),
    state: z.enum(states),
    tries: count,
    since: time,
    nextTry: time.nullable(),
    error: z.string().nullable().meta({ description: 'What the last try came to' }),
  })
  .meta({ id: 'AlertDelivery' })

const target = z
  .strictObject({
    name: z.string(),
    ...{ waiting: count, delivered: count, dead: count },
    oldest: time.nullable().meta({ description: 'Since when something waits' }),
    lastDelivered: time.nullable(),
    lastFailure: z.strictObject({ time, reason: z.string() }).nullable(),
    notBefore: time.nullable().meta({ description: 'When the receiver is tried next, where it did not answer' }),
  })
  .meta({ id: 'AlertReceiver' })

/** What was told and to whom. */
export const alertsRoute = (alerts: Alerts): Route =>
  route({
    path: '/api/v1/alerts',
    summary: 'What was told of findings, to whom, and what became of it; the newest first',
    query,
    params: z.strictObject({}),
    answer: z
      .strictObject({ alerts: z.array(delivery), next: count.nullable(), targets: z.array(target) })
      .meta({ id: 'Alerts' }),
    handle({ query: { state = null, limit, cursor = null }, principal }) {
      const deliveries = alerts.outbox.list({ state, before: cursor, limit })
      const next = deliveries.length < limit ? null : (deliveries.at(-1)?.row ?? null)
      const seen = deliveries.filter(({ head }) => maySee(principal, head.host))
      return { alerts: seen.map(deliveryJson), next, targets: alerts.status().map(targetJson) }
    },
  })

const resendQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { target: { type: 'string', maxLength: 100 } },
}

/** Having it told again. */
export const resendRoutes = (alerts: Alerts) => async (app: FastifyInstance) => {
  app.post<{ Params: { id: string }; Querystring: { target?: string } }>(
    '/api/v1/alerts/:id/resend',
    { config: { role: 'administer' }, schema: { querystring: resendQuery } },
    async ({ params: { id }, query: { target = null } }, reply) => {
      if (!alerts.outbox.has(id)) return reply.code(404).send(errorBody('not-found', 'there is no alert of this id'))
      return { deliveries: alerts.resend({ id, target }) }
    },
  )

  app.post<{ Querystring: { target?: string } }>(
    '/api/v1/alerts/resend',
    { config: { role: 'administer' }, schema: { querystring: resendQuery } },
    async ({ query: { target = null } }) => ({ deliveries: alerts.resend({ id: null, target }) }),
  )
}
