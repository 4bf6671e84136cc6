import { FleetCoverage, fleetCoverage, HostCoverage, type HostLedger, type HostTelemetry } from '../coverage/index.ts'
import { keptActions } from '../inventory/index.ts'
import { type HostArtifacts, joinedArtifacts, nothingCollected } from '../model/artifact.ts'
import type { Chain } from '../model/chain.ts'
import type { HostSpans } from '../model/coverage.ts'
import type { CoverageWish } from '../model/coverage-report.ts'
import type { InventoryEntry } from '../model/inventory.ts'
import { append } from '../model/lists.ts'
import { ownFault, type Problem } from '../model/problem.ts'
import type { SettingsInForce } from '../model/settings.ts'
import type { Instant } from '../model/time.ts'
import type { InventoryItem, ScanResult } from '../report/index.ts'
import { straightened } from './clock-steps.ts'
import { definitionHash, looseHash } from './definition-hash.ts'
import type { ExtractTally } from './extract.ts'
import { shardOf } from './fact-order.ts'
import { type FactRun, mergeRuns } from './fact-runs.ts'
import { hostsByName } from './host-names.ts'
import { HostPass } from './host-pass.ts'
import { hostTelemetry, type Logged, stockOf } from './host-stock.ts'
import { ScriptsInOrder } from './scripts.ts'
import type { SeenChain } from './seen-chain.ts'
import { type BaselineChoice, weigh } from './weigh.ts'

/** What `sources` and the extraction stage have made of the inputs. */
export interface Extracted {
  readonly inputs: readonly string[]
  readonly runs: readonly FactRun[]
  readonly tally: ExtractTally
  readonly files: number
  /** Files of kinds that are not known, by their ending. */
  readonly skipped: ScanResult['tally']['skipped']
  /** What was collected besides logs, by the name of its host, lower case. */
  readonly artifacts: ReadonlyMap<string, HostArtifacts>
}

/** Which chains a report is to show; everything before is used to warm the state. */
export interface ScanSelection {
  readonly since: number | null
  readonly until: number | null
  readonly host: string | null
  /** Which hosts there should be, for the report of what could have been seen. */
  readonly coverage?: CoverageWish | undefined
}

/** How often the correlation tells how far it is, in facts: some fifty times a second. */
const factsBetweenTellings = 4_096

/** Told while facts are correlated and chains weighed, with how many have gone by; of the chains also of how many. */
export type ScanWatch = (stage: 'correlating' | 'weighing', done: number, total?: number) => void

/** Facts → chains, one host at a time → weight, over all hosts → result. */
export function scan(
  extracted: Extracted,
  selection: ScanSelection,
  choice: BaselineChoice = 'input',
  watch: ScanWatch = () => {},
  settings: SettingsInForce | null = null,
): ScanResult {
  const { seen, inventory, facts, times, blindSpots, coverage, telemetry, faults } = correlateHosts(
    extracted,
    selection,
    watch,
  )
  watch('weighing', 0, seen.length)
  const { chains, roles } = weigh({ seen, inventory, telemetry }, choice, settings, {
    isWanted: (chain) => isSelected(chain, selection),
    watch: (done) => watch('weighing', done, seen.length),
  })
  const { tally } = extracted
  const hosts = [...new Set([...hostsByName(tally.hosts).values(), ...inventory.map((entry) => entry.host)])].sort()
  const { first, last } = spanOf(times.values())
  return {
    inputs: extracted.inputs,
    tally: {
      files: extracted.files,
      skippedFiles: extracted.skipped.reduce((sum, { count }) => sum + count, 0),
      skipped: extracted.skipped,
      bytes: tally.bytes,
      records: tally.records,
      facts,
      hosts,
      first,
      last,
    },
    chains,
    roles,
    unmet: extracted.files === 0 && tally.records === 0 ? { kind: 'no-input' } : unmetBy(selection, hosts, times),
    // Hashing every definition is for those who ask for the inventory.
    get inventory() {
      return inventory.filter((entry) => isHost(entry.host, selection)).map(inventoryItem)
    },
    coverage,
    // Judging hosts by each other is for those who ask for it.
    get fleet() {
      const own = telemetry.filter(({ host }) => isHost(host, selection))
      return fleetCoverage(extracted.inputs, own, selection.coverage)
    },
    blindSpots,
    notes: tally.notes,
    problems: [...tally.problems, ...faults],
    unlistedProblems: tally.unlistedProblems,
  }
}

/** The stream of facts is one host after the other: each host's state lives only while its facts go by. */
function correlateHosts({ runs, tally, artifacts, inputs }: Extracted, selection: ScanSelection, watch: ScanWatch) {
  const hostOf = hostsByName([...tally.hosts, ...artifacts.keys()])
  const named = (host: string): string => hostOf.get(host) ?? host
  const seen: SeenChain[] = []
  const inventory: InventoryEntry[] = []
  const artifactsOf = byHost(artifacts, hostOf)
  const blindSpots = new FleetCoverage()
  const spans: HostSpans[] = []
  const ledgers = new Map<string, HostLedger>()
  let facts = 0
  let shard = ''
  const scripts = new ScriptsInOrder(tally.scripts)
  let open = new Map<string, HostPass>()
  const givenUp: string[] = []
  const faults: Problem[] = []
  const times = new Map<string, { first: Instant; last: Instant }>()

  const takeStock = (host: string, logged: Logged): void => {
    const artifacts = artifactsOf.get(host) ?? nothingCollected
    artifactsOf.delete(host)
    const stock = stockOf(host, logged, artifacts)
    append(inventory, stock.entries)
    append(seen, stock.seen)
  }

  const close = () => {
    for (const [host, pass] of [...open].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { coverage, ledger } = pass
      takeStock(host, { chains: pass.chains(), clearedLogs: pass.clearedLogs(), tasks: pass.tasks(), coverage })
      if (isHost(host, selection)) {
        for (const sentence of pass.givenUp()) givenUp.push(`${host}: ${sentence}`)
        blindSpots.see(host, coverage)
      }
      spans.push({ host, spans: coverage.spans() })
      ledgers.set(host, ledger.ledger())
      if (pass.fault) faults.push(hostFault(host, pass.fault, inputs))
    }
    open = new Map()
  }

  watch('correlating', 0)
  const inOrder = straightened(mergeRuns(runs), tally.clockSteps.values(), named)
  for (const { fact: merged, alsoIn, clockOffset = 0 } of inOrder) {
    if (shardOf(merged) !== shard) close()
    shard = shardOf(merged)
    const fact = scripts.next(merged)
    if (fact === null) continue
    const host = named(fact.host)
    let pass = open.get(host)
    if (!pass) {
      pass = HostPass.begin(host, keptActions(artifactsOf.get(host) ?? nothingCollected))
      open.set(host, pass)
    }
    pass.add({ fact, alsoIn, clockOffset })
    if (++facts % factsBetweenTellings === 0) watch('correlating', facts)
    noteTime(times, host, { time: fact.time - clockOffset, ticks: fact.ticks })
  }
  close()
  // Hosts of which there are artifacts but no facts.
  for (const host of [...artifactsOf.keys()].sort())
    takeStock(host, { chains: [], clearedLogs: [], tasks: [], coverage: new HostCoverage() })
  return {
    seen,
    inventory: inventory.sort(byHostAndPath),
    facts,
    times,
    blindSpots: [...blindSpots.sentences(), ...givenUp],
    coverage: spans,
    telemetry: allTelemetry(ledgers, tally.logs, byHost(artifacts, hostOf), named),
    faults,
  }
}

/** What could be seen of each host: of those whose records are of use, and of those of which there is anything at all. */
function allTelemetry(
  ledgers: ReadonlyMap<string, HostLedger>,
  { series }: ExtractTally['logs'],
  artifacts: ReadonlyMap<string, HostArtifacts>,
  named: (host: string) => string,
): HostTelemetry[] {
  const byHost = Map.groupBy(series.values(), ({ host }) => named(host))
  const hosts = [...new Set([...ledgers.keys(), ...byHost.keys(), ...artifacts.keys()])].sort()
  return hosts.map((host) => hostTelemetry(host, ledgers.get(host), byHost.get(host), artifacts.get(host)))
}

/** The first and last time of each host. */
function noteTime(times: Map<string, { first: Instant; last: Instant }>, host: string, at: Instant): void {
  const known = times.get(host)
  if (!known) times.set(host, { first: at, last: at })
  else if (at.time < known.first.time) known.first = at
  else if (at.time > known.last.time) known.last = at
}

/** The first and last of these times. */
function spanOf(times: Iterable<{ readonly first: Instant; readonly last: Instant }>) {
  let first: Instant | null = null
  let last: Instant | null = null
  for (const one of times) {
    if (first === null || one.first.time < first.time) first = one.first
    if (last === null || one.last.time > last.time) last = one.last
  }
  return { first: first as Instant | null, last: last as Instant | null }
}

/** What was asked for and is not in the evidence: that nothing was found there says nothing. */
function unmetBy(
  selection: ScanSelection,
  hosts: readonly string[],
  times: ReadonlyMap<string, { readonly first: Instant; readonly last: Instant }>,
): ScanResult['unmet'] {
  const { host, since, until } = selection
  if (host !== null && !hosts.some((one) => isHost(one, selection))) return { kind: 'no-such-host', host, hosts }
  const { first, last } = spanOf([...times].filter(([one]) => isHost(one, selection)).map(([, span]) => span))
  if (first === null || last === null) return null
  const isEmpty = (since !== null && last.time < since) || (until !== null && first.time >= until)
  return isEmpty ? { kind: 'no-such-time', first, last } : null
}

/** A host whose facts are used up to the one on which the machine broke. */
function hostFault(host: string, { error, fact }: NonNullable<HostPass['fault']>, inputs: readonly string[]): Problem {
  if (fact === null) return ownFault(host, error, 'what was made of its records is lost in part: ')
  const { source, recordId, channel } = fact
  const file = inputs[source] ?? `input ${source}`
  return ownFault(file, error, `record ${recordId} of ${channel}, after which ${host} is not followed any more: `)
}

const inventoryItem = (entry: InventoryEntry): InventoryItem => ({
  entry,
  definitionHash: definitionHash(entry.definition, entry.definitionProblem),
  looseHash: looseHash(entry.definition, entry.definitionProblem),
})

function byHostAndPath(a: InventoryEntry, b: InventoryEntry): number {
  if (a.host !== b.host) return a.host < b.host ? -1 : 1
  const [left, right] = [a.path.toLowerCase(), b.path.toLowerCase()]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Artifacts under the name that their host has in results; two names of one host put together what they have. */
function byHost(artifacts: Extracted['artifacts'], hostOf: ReadonlyMap<string, string>): Map<string, HostArtifacts> {
  const joined = new Map<string, HostArtifacts>()
  for (const [name, own] of [...artifacts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const host = hostOf.get(name) ?? name
    joined.set(host, joinedArtifacts(joined.get(host) ?? nothingCollected, own))
  }
  return joined
}

/** By the full name, or by the first label alone. */
const isHost = (name: string, { host }: Pick<ScanSelection, 'host'>): boolean =>
  host === null || name === host || name.startsWith(`${host}.`)

function isSelected(chain: Chain, { since, until, host }: ScanSelection): boolean {
  if (!isHost(chain.host, { host })) return false
  if (since === null && until === null) return true
  // what has no time may have happened at any
  if (chain.at.time === 0) return true
  const last = chain.kind === 'log-cleared' ? chain.repeated?.last : chain.runSummary?.last
  const times = [chain.at.time, last?.time ?? chain.at.time]
  return times.some((t) => (since === null || t >= since) && (until === null || t < until))
}
