import type { FastifyInstance } from 'fastify'
import { hostKey } from '../../model/host.ts'
import { formatInstant } from '../../model/time.ts'
import { safeJson } from '../../report/index.ts'
import { errorBody } from '../server.ts'
import type { Delivery, DeliveryState } from '../store/outbox.ts'
import type { Alerts } from './alerts.ts'
import type { TargetStatus } from './deliverer.ts'

const states: readonly DeliveryState[] = ['waiting', 'delivered', 'dead']

interface ListQuery {
  readonly state?: DeliveryState
  readonly limit: number
  readonly before?: number
}

const listQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    state: { type: 'string', enum: states },
    limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
    before: { type: 'integer', minimum: 1 },
  },
}

const resendQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { target: { type: 'string', maxLength: 100 } },
}

/** What was told and to whom, and having it told again. */
export const alertRoutes = (alerts: Alerts) => async (app: FastifyInstance) => {
  app.get<{ Querystring: ListQuery }>(
    '/api/v1/alerts',
    { config: { role: 'read' }, schema: { querystring: listQuery } },
    async ({ query: { state = null, limit, before = null }, principal }, reply) => {
      const deliveries = alerts.outbox.list({ state, before, limit })
      const next = deliveries.length < limit ? null : (deliveries.at(-1)?.row ?? null)
      const hosts = principal?.hosts ?? null
      const seen = hosts === null ? deliveries : deliveries.filter(({ head }) => hosts.includes(hostKey(head.host)))
      const answer = { alerts: seen.map(deliveryJson), next, targets: alerts.status().map(targetJson) }
      return reply.type('application/json; charset=utf-8').send(safeJson(JSON.stringify(answer)))
    },
  )

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

const timeText = (time: number): string => formatInstant({ time, ticks: 0 })
const timeOrNull = (time: number | null): string | null => (time === null ? null : timeText(time))

/** One alert for one receiver, without its story. */
export const deliveryJson = ({ target, state, tries, since, next, error, head }: Delivery) => {
  const { time, ...alert } = head
  return {
    ...alert,
    time: timeText(time),
    target,
    state,
    tries,
    since: timeText(since),
    nextTry: state === 'waiting' && next > 0 ? timeText(next) : null,
    error,
  }
}

const targetJson = ({ oldest, lastDelivered, lastFailure, notBefore, ...status }: TargetStatus) => ({
  ...status,
  oldest: timeOrNull(oldest),
  lastDelivered: timeOrNull(lastDelivered),
  lastFailure: lastFailure && { time: timeText(lastFailure.time), reason: lastFailure.reason },
  notBefore: timeOrNull(notBefore),
})
