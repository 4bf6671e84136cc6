import { FleetCoverage } from '../coverage/index.ts'
import { type HostContext, hostInventory } from '../inventory/index.ts'
import { type HostArtifacts, joinedArtifacts, nothingCollected } from '../model/artifact.ts'
import type { Chain } from '../model/chain.ts'
import type { HostSpans } from '../model/coverage.ts'
import type { InventoryEntry } from '../model/inventory.ts'
import { append } from '../model/lists.ts'
import type { LoggedTask } from '../model/logged-task.ts'
import type { Instant } from '../model/time.ts'
import type { InventoryItem, ScanResult } from '../report/index.ts'
import { Prevalence, scoreChain } from '../score/index.ts'
import { straightened } from './clock-steps.ts'
import { definitionHash, looseHash } from './definition-hash.ts'
import type { ExtractTally } from './extract.ts'
import { shardOf } from './fact-order.ts'
import { type FactRun, mergeRuns } from './fact-runs.ts'
import { hostsByName } from './host-names.ts'
import { HostPass } from './host-pass.ts'
import { reconciliationChain } from './reconciliation-chain.ts'
import { joinRemoteIntents } from './remote-intents.ts'
import { ScriptsInOrder } from './scripts.ts'
import { type SeenChain, seenChain, withHash } from './seen-chain.ts'

/** What `sources` and the extraction stage have made of the inputs. */
export interface Extracted {
  readonly inputs: readonly string[]
  readonly runs: readonly FactRun[]
  readonly tally: ExtractTally
  readonly files: number
  readonly skippedFiles: number
  /** What was collected besides logs, by the name of its host, lower case. */
  readonly artifacts: ReadonlyMap<string, HostArtifacts>
}

/** Which chains a report is to show; everything before is used to warm the state. */
export interface ScanSelection {
  readonly since: number | null
  readonly until: number | null
  readonly host: string | null
}

/** Facts → chains, one host at a time → weight, over all hosts → result. */
export function scan(extracted: Extracted, selection: ScanSelection): ScanResult {
  const { seen, inventory, facts, first, last, blindSpots, coverage } = correlateHosts(extracted)
  const joined = joinRemoteIntents(seen.map(({ chain }) => chain))
  const prevalence = new Prevalence()
  // A task that is commanded on another host is not one of this host.
  for (const { chain } of seen) if (chain.change?.target == null) prevalence.see(chain)
  const chains = seen
    .map(({ chain, runsAreVisible }) => ({ chain: joined.get(chain) ?? chain, runsAreVisible }))
    .filter(({ chain }) => isSelected(chain, selection))
    .map(({ chain, runsAreVisible }) => scoreChain(chain, prevalence, runsAreVisible))
  const { tally } = extracted
  return {
    inputs: extracted.inputs,
    tally: {
      files: extracted.files,
      skippedFiles: extracted.skippedFiles,
      bytes: tally.bytes,
      records: tally.records,
      facts,
      hosts: [...new Set(hostsByName(tally.hosts).values())].sort(),
      first,
      last,
    },
    chains,
    // Hashing every definition is for those who ask for the inventory.
    get inventory() {
      return inventory.filter((entry) => isHost(entry.host, selection)).map(inventoryItem)
    },
    coverage,
    blindSpots,
    notes: tally.notes,
    problems: tally.problems,
    unlistedProblems: tally.unlistedProblems,
  }
}

/** The stream of facts is one host after the other: each host's state lives only while its facts go by. */
function correlateHosts({ runs, tally, artifacts }: Extracted) {
  const hostOf = hostsByName([...tally.hosts, ...artifacts.keys()])
  const named = (host: string): string => hostOf.get(host) ?? host
  const seen: SeenChain[] = []
  const inventory: InventoryEntry[] = []
  const artifactsOf = byHost(artifacts, hostOf)
  const blindSpots = new FleetCoverage()
  const spans: HostSpans[] = []
  let facts = 0
  let first: Instant | null = null
  let last: Instant | null = null
  let shard = ''
  const scripts = new ScriptsInOrder(tally.scripts)
  let open = new Map<string, HostPass>()
  const givenUp: string[] = []

  const takeStock = (host: string, logged: readonly LoggedTask[], audited: HostContext['audited']) => {
    const found = hostInventory(host, { logged, audited, artifacts: artifactsOf.get(host) ?? nothingCollected })
    artifactsOf.delete(host)
    append(inventory, found.entries)
    for (const reconciliation of found.reconciliations) {
      seen.push({ chain: withHash(reconciliationChain(reconciliation)), runsAreVisible: false })
    }
  }

  const close = () => {
    for (const [host, pass] of [...open].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { coverage } = pass
      for (const chain of pass.chains()) seen.push(seenChain(chain, coverage))
      takeStock(host, pass.tasks(), coverage.span('task-audit') ?? null)
      append(
        givenUp,
        pass.givenUp().map((sentence) => `${host}: ${sentence}`),
      )
      blindSpots.see(host, coverage)
      spans.push({ host, spans: coverage.spans() })
    }
    open = new Map()
  }

  for (const { fact: merged, alsoIn, clockOffset = 0 } of straightened(mergeRuns(runs), tally.clockSteps, named)) {
    const own = shardOf(merged)
    if (own !== shard) {
      close()
      shard = own
    }
    const fact = scripts.next(merged)
    if (fact === null) continue
    const host = named(fact.host)
    let pass = open.get(host)
    if (!pass) {
      pass = new HostPass(host)
      open.set(host, pass)
    }
    pass.add({ fact, alsoIn, clockOffset })
    facts++
    const time = fact.time - clockOffset
    if (first === null || time < first.time) first = { time, ticks: fact.ticks }
    if (last === null || time > last.time) last = { time, ticks: fact.ticks }
  }
  close()
  // Hosts of which there are artifacts but no facts.
  for (const host of [...artifactsOf.keys()].sort()) takeStock(host, [], null)
  inventory.sort(byHostAndPath)
  return {
    seen,
    inventory,
    facts,
    first: first as Instant | null,
    last: last as Instant | null,
    blindSpots: [...blindSpots.sentences(), ...givenUp],
    coverage: spans,
  }
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
  const times = [chain.at.time, chain.runSummary?.last.time ?? chain.at.time]
  return times.some((t) => (since === null || t >= since) && (until === null || t < until))
}
