import { Refusal } from '../access/index.ts'
import { errorBody } from '../server.ts'
import type { KeptHost } from '../store/hosts.ts'
import { noticeOf } from './notices.ts'
import type { ApiParts } from './parts.ts'
import { jsonType, type Route, route } from './route.ts'
import { hostAnswer, hostParams, hostsAnswer, hostsQuery, nothing } from './schemas.ts'
import { timeText } from './times.ts'
import { maySee, shardsOf } from './visible.ts'

/** Notices that are told with a host. */
const shownNotices = 50

export const hostRoutes = ({ store }: ApiParts): Route[] => [
  route({
    path: '/api/v1/hosts',
    summary: 'Every host of which records came, by name',
    query: hostsQuery,
    params: nothing,
    answer: hostsAnswer,
    handle({ query, principal }) {
      const page = store.hosts.list({ ...query, shards: shardsOf(principal) })
      if (page.kind === 'bad-cursor') throw new Refusal('bad-request', 'cursor: not one that was given for this list')
      return { hosts: page.hosts.map(hostOf), next: page.next }
    },
  }),
  route({
    path: '/api/v1/hosts/{host}',
    summary: 'One host, with its latest notices',
    query: nothing,
    params: hostParams,
    answer: hostAnswer,
    others: { 404: 'No record of such a host came' },
    handle({ params: { host }, principal, reply }) {
      const kept = store.hosts.one(host.toLowerCase())
      if (!kept || !maySee(principal, kept.host)) {
        reply.code(404).type(jsonType).send(errorBody('not-found', 'no record of such a host came'))
        return undefined
      }
      const notices = store.notices.list({ host: kept.host, limit: shownNotices }).map(noticeOf)
      return { ...hostOf(kept), findings: store.findings.counts(kept.host), notices }
    },
  }),
]

const hostOf = ({ host, role, state, first, last, arrived, records, late }: KeptHost) => ({
  ...{ host, role, state, first: timeText(first), last: timeText(last), arrived: timeText(arrived) },
  ...{ records, late },
})
