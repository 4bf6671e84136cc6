import { isUtf8 } from 'node:buffer'
import { safeJson } from '../../report/index.ts'
import type { FindingRecord } from '../store/finding-records.ts'
import type { Store } from '../store/store.ts'
import { elsewhere, seen } from './one-finding.ts'
import { type Route, route } from './route.ts'
import { idParams, recordsAnswer, recordsQuery } from './schemas.ts'

/** A page of records ends when it has so many bytes, however few they are. */
const mostBytes = 8 << 20

interface Evidence {
  readonly source: string
}

export const recordsRoute = (store: Store): Route =>
  route({
    path: '/api/v1/findings/{id}/records',
    summary: 'The records that prove a finding, as they were sent',
    query: recordsQuery,
    params: idParams,
    answer: recordsAnswer,
    others: { 308: 'The finding has another id now', 404: 'No finding has or had this id' },
    handle({ params: { id }, query: { limit, cursor }, principal, reply }) {
      if (!seen(store, id, principal)) return elsewhere(store, id, principal, reply, '/records')
      const { evidence } = JSON.parse(store.findings.json(id) ?? '{}') as { evidence: readonly Evidence[] }
      const kept = new Map(store.findingRecords.of(id).map((record) => [record.n, record]))
      const records: object[] = []
      let bytes = 0
      for (const [n, one] of evidence.entries()) {
        if (n < cursor) continue
        if (records.length >= limit || bytes > mostBytes)
          return safeJson(JSON.stringify({ finding: id, records, next: n }))
        const record = kept.get(n)
        bytes += record?.bytes?.length ?? 0
        records.push({ evidence: one, ...sentOf(record) })
      }
      return safeJson(JSON.stringify({ finding: id, records, next: null }))
    },
  })

/** What was sent, in the form that shows it best. */
function sentOf(record: FindingRecord | undefined): { text: string | null; base64: string | null; decoded: unknown } {
  const bytes = record?.bytes ?? null
  if (bytes === null || bytes.length === 0) return { text: null, base64: null, decoded: null }
  if (!isUtf8(bytes)) return { text: null, base64: Buffer.from(bytes).toString('base64'), decoded: null }
  const text = Buffer.from(bytes).toString('utf8')
  return { text, base64: null, decoded: jsonOf(text) }
}

/** Null: it is none. */
function jsonOf(text: string): unknown {
  const start = text.trimStart()[0]
  if (start !== '{' && start !== '[') return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
