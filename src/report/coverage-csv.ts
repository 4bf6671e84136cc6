import { capabilityIds, type FleetCoverageReport } from '../model/coverage-report.ts'
import { formatInstant } from '../model/time.ts'
import { csvLine } from './csv-line.ts'

const columns = [
  ...['host', 'role', 'owner', 'presence', 'grade', 'at best', 'first', 'last'],
  ...['capability', 'state', 'since', 'holes', 'missing', 'expected', 'mend'],
]

/** One row for each capability of each host. */
export function* coverageCsv({ hosts }: FleetCoverageReport): Iterable<string> {
  yield csvLine(columns)
  for (const host of hosts) {
    const of = [host.host, host.role ?? '', host.owner ?? '', host.presence, host.grade, host.atBest]
    const span = [time(host.first), time(host.last)]
    for (const id of capabilityIds) {
      const { state, proof, gaps, missing, expected, mend } = host.capabilities[id]
      const holes = gaps.map(({ kind, from, to }) => `${kind} ${time(from)}/${time(to)}`)
      const own = [id, state, proof === null ? '' : formatInstant(proof), holes.join(' '), missing.join('; ')]
      yield csvLine([...of, ...span, ...own, expected === null ? '' : String(expected), mend.join(' ')])
    }
  }
}

const time = (ms: number | null): string => (ms === null ? '' : formatInstant({ time: ms, ticks: 0 }))
