import { HostMachine } from '../correlate/index.ts'
import { FleetCoverage, HostCoverage } from '../coverage/index.ts'
import type { Chain } from '../model/chain.ts'
import type { Instant } from '../model/time.ts'
import type { ScanResult } from '../report/index.ts'
import { Prevalence, scoreChain } from '../score/index.ts'
import type { ExtractTally } from './extract.ts'
import { shardOf } from './fact-order.ts'
import { type FactRun, mergeRuns } from './fact-runs.ts'
import { hostsByName } from './host-names.ts'

/** What `sources` and the extraction stage have made of the inputs. */
export interface Extracted {
  readonly inputs: readonly string[]
  readonly runs: readonly FactRun[]
  readonly tally: ExtractTally
  readonly files: number
  readonly skippedFiles: number
}

/** Which chains a report is to show; everything before is used to warm the state. */
export interface ScanSelection {
  readonly since: number | null
  readonly until: number | null
  readonly host: string | null
}

interface SeenChain {
  readonly chain: Chain
  readonly runsAreVisible: boolean
}

/** Facts → chains, one host at a time → weight, over all hosts → result. */
export function scan(extracted: Extracted, selection: ScanSelection): ScanResult {
  const { seen, prevalence, facts, first, last, blindSpots } = correlateHosts(extracted)
  const chains = seen
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
    blindSpots,
    problems: tally.problems,
    unlistedProblems: tally.unlistedProblems,
  }
}

/** The stream of facts is one host after the other: each host's state lives only while its facts go by. */
function correlateHosts({ runs, tally }: Extracted) {
  const hostOf = hostsByName(tally.hosts)
  const prevalence = new Prevalence()
  const seen: SeenChain[] = []
  const blindSpots = new FleetCoverage()
  let facts = 0
  let first: Instant | null = null
  let last: Instant | null = null
  let shard = ''
  let open = new Map<string, { machine: HostMachine; coverage: HostCoverage }>()

  const close = () => {
    for (const [host, { machine, coverage }] of [...open].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const chain of machine.finish()) {
        prevalence.see(chain)
        const { runs: runsAreVisible, blindSpots: spots } = coverage.of(chain)
        seen.push({ chain: { ...chain, blindSpots: spots }, runsAreVisible })
      }
      blindSpots.see(host, coverage)
    }
    open = new Map()
  }

  for (const { fact, alsoIn } of mergeRuns(runs)) {
    const own = shardOf(fact)
    if (own !== shard) {
      close()
      shard = own
    }
    const host = hostOf.get(fact.host) ?? fact.host
    let state = open.get(host)
    if (!state) {
      state = { machine: new HostMachine(host), coverage: new HostCoverage() }
      open.set(host, state)
    }
    state.coverage.note(fact)
    state.machine.add(fact, alsoIn)
    facts++
    if (first === null || fact.time < first.time) first = { time: fact.time, ticks: fact.ticks }
    if (last === null || fact.time > last.time) last = { time: fact.time, ticks: fact.ticks }
  }
  close()
  return {
    seen,
    prevalence,
    facts,
    first: first as Instant | null,
    last: last as Instant | null,
    blindSpots: blindSpots.sentences(),
  }
}

function isSelected(chain: Chain, { since, until, host }: ScanSelection): boolean {
  if (host !== null && chain.host !== host && !chain.host.startsWith(`${host}.`)) return false
  if (since === null && until === null) return true
  const times = [chain.at.time, chain.runSummary?.last.time ?? chain.at.time]
  return times.some((t) => (since === null || t >= since) && (until === null || t < until))
}
