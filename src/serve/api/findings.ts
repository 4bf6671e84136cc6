import { Refusal } from '../access/index.ts'
import { cursorAfter, type FindingOrder, type KeptFinding } from '../store/findings.ts'
import type { Store } from '../store/store.ts'
import { elsewhere, seen } from './one-finding.ts'
import type { ApiParts } from './parts.ts'
import { recordsRoute } from './records.ts'
import { type Route, route } from './route.ts'
import { finding, findingsAnswer, findingsQuery, idParams, nothing } from './schemas.ts'
import { timeText } from './times.ts'
import { shardsOf } from './visible.ts'

/** A page of findings ends when it has so many characters, however few they are. */
const longestPage = 8 << 20

const orders: Readonly<Record<'newest' | 'ended' | 'worst' | 'changed', FindingOrder>> = {
  newest: 'time',
  ended: 'end',
  worst: 'worst',
  changed: 'change',
}

export const findingRoutes = ({ store }: ApiParts): Route[] => [
  route({
    path: '/api/v1/findings',
    summary: 'Findings that fit, in parts',
    query: findingsQuery,
    params: nothing,
    answer: findingsAnswer,
    handle({ query, principal }) {
      if (query.id)
        return listed(
          store,
          query.id.flatMap((id) => seen(store, id, principal) ?? []),
          null,
        )
      const { q, minSeverity, severity, order, cursor, id: _, ...more } = query
      const page = store.findings.list({
        ...more,
        severity: minSeverity,
        severities: severity,
        // Whoever asks for what is ordinary by its name means it.
        all: query.all || minSeverity === 'informational' || severity?.includes('informational'),
        words: q?.split(/\s+/).filter((word) => word !== ''),
        shards: shardsOf(principal),
        order: orders[order],
        cursor,
      })
      if (page.kind === 'bad-cursor')
        throw new Refusal('bad-request', 'cursor: not one that was given for a list in this order')
      return listed(store, page.findings, page.next, orders[order])
    },
  }),
  route({
    path: '/api/v1/findings/{id}',
    summary: 'One finding, also one that does not stand any more',
    query: nothing,
    params: idParams,
    answer: finding,
    others: { 308: 'It has another id now', 404: 'No finding has or had this id' },
    handle({ params: { id }, principal, reply }) {
      const kept = seen(store, id, principal)
      if (kept) return findingText(store, kept)
      return elsewhere(store, id, principal, reply, '')
    },
  }),
  recordsRoute(store),
]

/** `next`: of the whole page, which may become shorter. */
function listed(
  store: Store,
  findings: readonly KeptFinding[],
  next: string | null,
  order: FindingOrder = 'time',
): string {
  const told: string[] = []
  let length = 0
  for (const [place, kept] of findings.entries()) {
    const text = findingText(store, kept)
    told.push(text)
    length += text.length
    if (length > longestPage && place < findings.length - 1)
      return `{"findings":[${told.join(',\n')}],"next":${JSON.stringify(cursorAfter(kept, order))}}`
  }
  return `{"findings":[${told.join(',\n')}],"next":${JSON.stringify(next)}}`
}

/** `tasktrail.finding/1` as it is kept, with how it stands here. */
export function findingText(store: Store, kept: KeptFinding): string {
  const json = store.findings.json(kept.id) ?? '{}'
  const revision = {
    change: kept.change,
    facts: kept.revision.facts,
    newest: timeText(kept.revision.newest),
    first: timeText(kept.firstWritten),
    written: timeText(kept.written),
  }
  const stands = kept.withdrawn === null ? '' : `,"withdrawn":${JSON.stringify(kept.withdrawn)}`
  return `${json.slice(0, json.lastIndexOf('}'))},"revision":${JSON.stringify(revision)}${stands}}`
}
