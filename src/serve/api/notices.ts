import { hostKey } from '../../model/host.ts'
import type { Notice, NoticeKind } from '../store/notices.ts'
import type { ApiParts } from './parts.ts'
import { type Route, route } from './route.ts'
import { nothing, noticesAnswer, noticesQuery } from './schemas.ts'
import { timeText } from './times.ts'

export const noticeRoute = ({ store }: ApiParts): Route =>
  route({
    path: '/api/v1/notices',
    summary:
      'What happened to the collection: silent hosts and sources, cleared logs, clocks that were set, late facts',
    query: noticesQuery,
    params: nothing,
    answer: noticesAnswer,
    handle({ query: { limit, cursor, host, kind }, principal: { hosts } }) {
      const notices = store.notices.list({ host, kind: kind as NoticeKind | undefined, before: cursor, limit })
      const next = notices.length < limit ? null : (notices.at(-1)?.id ?? null)
      const told = notices.filter((one) => hosts === null || (one.host !== null && hosts.includes(hostKey(one.host))))
      return { notices: told.map(noticeOf), next }
    },
  })

export const noticeOf = ({ id, time, host, kind, text }: Notice) => ({ id, time: timeText(time), host, kind, text })
