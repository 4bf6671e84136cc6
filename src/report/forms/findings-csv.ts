import { formatInstant, type Instant } from '../../model/time.ts'
import { techniquesOf } from '../attack.ts'
import { type Cell, csvLine } from '../csv-line.ts'
import type { ScanResult } from '../result.ts'
import { type ReportOptions, shownOf } from '../shown.ts'
import { type ToldFinding, toldOf } from '../told.ts'
import { actorOf, addressOf, plannedOf, processesOf, runsAsOf } from './gist.ts'

/** Columns with what each says of a finding; texts of several parts are joined by a bar. */
const columns: Readonly<Record<string, (told: ToldFinding) => Cell>> = {
  severity: ({ score }) => score.severity,
  bits: ({ score }) => score.bits,
  verdict: ({ verdict }) => verdict,
  kind: ({ chain }) => chain.kind,
  host: ({ chain }) => chain.host,
  task: ({ chain }) => chain.taskPath,
  change: ({ chain }) => chain.change?.kind ?? null,
  outcome: ({ chain }) => chain.change?.outcome ?? null,
  time: ({ chain }) => timeOf(chain.at),
  user: ({ chain }) => actorOf(chain)?.user ?? null,
  sid: ({ chain }) => actorOf(chain)?.sid ?? null,
  from: ({ chain }) => addressOf(actorOf(chain)),
  'made with': ({ chain }) => actorOf(chain)?.process?.commandLine ?? actorOf(chain)?.process?.image ?? null,
  route: ({ chain }) => chain.change?.route ?? null,
  confidence: ({ chain }) => chain.change?.confidence ?? null,
  'runs as': ({ chain }) => runsAsOf(chain),
  'to run': ({ chain }) => plannedOf(chain).join(' | '),
  'definition hash': ({ chain }) => chain.definitionHash,
  hashes: ({ chain }) => chain.payload.flatMap(({ file }) => file?.sha256 ?? file?.sha1 ?? file?.md5 ?? []).join(' | '),
  runs: ({ chain }) => chain.runSummary?.count ?? chain.runs.length,
  'first run': ({ chain }) => timeOf(chain.runSummary?.first ?? chain.runs[0]),
  'last run': ({ chain }) => timeOf(chain.runSummary?.last ?? chain.runs.at(-1)),
  ran: ({ chain }) =>
    processesOf(chain)
      .slice(0, toldProcesses)
      .map(({ commandLine, image }) => commandLine ?? image ?? '?')
      .join(' | '),
  reasons: ({ score }) => score.factors.map(({ bits, says }) => `${bits} bits: ${says}`).join(' | '),
  'not seen': ({ chain }) => chain.blindSpots.join(' | '),
  techniques: (told) => techniquesOf(told).join(' '),
  records: ({ chain }) => chain.evidence.length,
  id: ({ chain }) => chain.id,
}

/** What ran, in one cell: more than that nobody reads in a table. */
const toldProcesses = 24

const timeOf = (at: Instant | undefined): string | null => (at && at.time !== 0 ? formatInstant(at) : null)

/** One row a finding. */
export function* findingsCsv(result: ScanResult, options: ReportOptions): Iterable<string> {
  yield csvLine(Object.keys(columns))
  const cells = Object.values(columns)
  for (const scored of shownOf(result, options)) {
    const told = toldOf(scored)
    yield csvLine(cells.map((cell) => cell(told)))
  }
}
