import { fleetCoverage } from '../../coverage/index.ts'
import { type FleetCoverageReport, usualStaleDays } from '../../model/coverage-report.ts'
import { coverageDocument } from '../../report/coverage-json.ts'
import { Refusal } from '../access/index.ts'
import type { Store } from '../store/store.ts'
import type { ApiParts } from './parts.ts'
import { type Route, route } from './route.ts'
import { coverageAnswer, coverageQuery, nothing } from './schemas.ts'
import { shardsOf } from './visible.ts'

export const coverageRoute = ({ store }: ApiParts): Route =>
  route({
    path: '/api/v1/coverage',
    summary: 'What the telemetry of each host could have shown, as `tasktrail coverage --format json`',
    query: coverageQuery,
    params: nothing,
    answer: coverageAnswer,
    handle({ query: { host, limit, cursor }, principal }) {
      const page = store.hosts.list({ text: host, shards: shardsOf(principal), limit, cursor })
      if (page.kind === 'bad-cursor') throw new Refusal('bad-request', 'cursor: not one that was given for this list')
      const wanted = host?.toLowerCase()
      const names = page.hosts.filter((one) => wanted === undefined || one.host === wanted || one.shard === wanted)
      const report = coverageOf(
        store,
        names.map((one) => one.host),
      )
      const document = [...coverageDocument(report)].join('')
      return `${document.slice(0, document.lastIndexOf('}'))},"next":${JSON.stringify(page.next)}}\n`
    },
  })

/** What could be seen of these hosts, the worst first: as was found out last, which is every ten minutes. */
export function coverageOf(store: Store, names: readonly string[]): FleetCoverageReport {
  const telemetry = names.flatMap((name) => store.hosts.telemetry(name) ?? [])
  // Numbers begin at one.
  const inputs = Array.from(store.sources.list, (name) => name ?? '')
  return fleetCoverage(inputs, telemetry, { expected: null, staleDays: usualStaleDays })
}
