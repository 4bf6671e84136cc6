import { createHash } from 'node:crypto'
import { attack } from '../../model/attack.ts'
import {
  type CapabilityId,
  type CapabilityState,
  capabilityIds,
  type Gap,
  type Grade,
  gradeNames,
  type HostCoverageReport,
} from '../../model/coverage-report.ts'
import { type ScoredChain, type Severity, severities } from '../../model/finding.ts'
import { formatInstant } from '../../model/time.ts'
import { isFinding, type ScanResult } from '../result.ts'
import { worstFirst } from '../shown.ts'
import { toldOf } from '../told.ts'
import { unmetText } from '../unmet.ts'

/** The form of an attestation in JSON; a field that is added does not change it. */
export const attestSchema = 'tasktrail.attest/1'

const day = 86_400_000

/** An input that was read. */
export interface AttestedInput {
  readonly name: string
  readonly bytes: number
  /** Of its content as it was read; null where that failed. */
  readonly sha256: string | null
}

/** What `validate --format json` wrote. */
export interface AttestedValidation {
  readonly file: string
  readonly sha256: string
  readonly cases: readonly {
    readonly name: string
    readonly host: string
    readonly outcome: string
    readonly asExpected: boolean
  }[]
}

/** What an attestation says beside the scan. */
export interface AttestationBasis {
  readonly version: string
  readonly baseline: string | null
  readonly settings: string | null
  /** How many hosts there should be; null: nobody said. */
  readonly expected: number | null
  readonly validation: AttestedValidation | null
  readonly inputs: readonly AttestedInput[]
}

/** Ages of findings, in days, each up to the next. */
export const ages = [
  { from: 0, name: 'less than a day' },
  { from: 1, name: '1 to 7 days' },
  { from: 7, name: '7 to 30 days' },
  { from: 30, name: '30 days and more' },
] as const

export type Attestation = ReturnType<typeof attestationOf>

/**
 * What was looked at, what could have been seen in it and what was found, for whoever answers for it. A finding's age is counted to the
 * newest record of the input, so that the same input attests the same at any time.
 */
export function attestationOf(result: ScanResult, basis: AttestationBasis) {
  const { tally, fleet, blindSpots, problems, unlistedProblems } = result
  const { version, baseline, settings, expected, validation, inputs } = basis
  const { hosts } = fleet
  const named = (presence: HostCoverageReport['presence']) =>
    hosts.filter((one) => one.presence === presence).map(({ host }) => host)
  const { analytic, strategy, release, techniques } = attack
  return {
    schema: attestSchema,
    tool: { name: 'tasktrail', version },
    analytic: { id: analytic.id, version: analytic.version, strategy: strategy.id, release },
    techniques: techniques.map(({ id }) => id),
    baseline,
    settings,
    unmet: unmetText(result),
    scope: {
      first: time(fleet.first),
      last: time(fleet.last),
      inputs: inputs.length,
      bytes: tally.bytes,
      records: tally.records,
      skippedFiles: tally.skippedFiles,
      problems: problems.length + unlistedProblems,
    },
    hosts: {
      expected,
      seen: hosts.filter(({ presence }) => presence !== 'silent').length,
      silent: named('silent'),
      stale: named('stale'),
      unexpected: named('unexpected'),
      byRole: rolesOf(hosts),
    },
    coverage: capabilityIds.map((id) => capabilityOf(id, hosts)),
    holes: hosts.flatMap(holesOf),
    notToBeSeen: blindTests(hosts),
    validation,
    findings: findingsOf(result),
    blindSpots,
    inputs,
    inputsSha256: sumOf(inputs),
  }
}

const time = (ms: number | null): string | null => (ms === null ? null : formatInstant({ time: ms, ticks: 0 }))

/** Grades of the hosts of each role, the roles by name. */
function rolesOf(hosts: readonly HostCoverageReport[]) {
  const byRole = Map.groupBy(hosts, ({ role }) => role ?? 'unknown')
  return [...byRole]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([role, own]) => ({
      role,
      hosts: own.length,
      grades: Object.fromEntries(
        gradeNames.map((grade) => [grade, own.filter((one) => one.grade === grade).length]),
      ) as Record<Grade, number>,
    }))
}

function capabilityOf(id: CapabilityId, hosts: readonly HostCoverageReport[]) {
  const count = (state: CapabilityState) => hosts.filter(({ capabilities }) => capabilities[id].state === state).length
  const since = hosts.reduce<number | null>((first, { capabilities }) => {
    const own = capabilities[id].proof?.time ?? null
    return own === null ? first : Math.min(own, first ?? own)
  }, null)
  return {
    capability: id,
    seen: count('seen'),
    partial: count('partial'),
    absent: count('absent'),
    noChannel: count('no-channel'),
    unknown: count('unknown'),
    since: time(since),
  }
}

/** Holes of a host, one that several capabilities have in common once. */
function holesOf({ host, capabilities }: HostCoverageReport) {
  const byPlace = new Map<string, { gap: Gap; capabilities: CapabilityId[] }>()
  for (const id of capabilityIds) {
    for (const gap of capabilities[id].gaps) {
      const key = `${gap.telemetry} ${gap.kind} ${gap.from} ${gap.to}`
      const known = byPlace.get(key)
      if (known) known.capabilities.push(id)
      else byPlace.set(key, { gap, capabilities: [id] })
    }
  }
  return [...byPlace.values()].map(({ gap, capabilities: of }) => ({
    host,
    kind: gap.kind,
    telemetry: gap.telemetry,
    from: time(gap.from),
    to: time(gap.to),
    capabilities: of,
  }))
}

/** Atomic tests that could not have been seen, each with the number of hosts. */
function blindTests(hosts: readonly HostCoverageReport[]) {
  return Object.keys(hosts[0]?.tests ?? {}).flatMap((test) => {
    const blind = hosts.filter(({ tests }) => tests[test] === 'not-seen').length
    return blind === 0 ? [] : [{ test, hosts: blind }]
  })
}

function findingsOf({ chains, tally, fleet }: ScanResult) {
  const asOf = fleet.last ?? tally.last?.time ?? null
  const found = worstFirst(chains.filter(isFinding)).map((scored) => findingOf(scored, asOf))
  const counts = ages.map(({ from, name }, i) => {
    const to = ages[i + 1]?.from ?? Number.POSITIVE_INFINITY
    const own = found.filter(({ ageDays }) => ageDays !== null && ageDays >= from && ageDays < to)
    return { age: name, ...bySeverity(own) }
  })
  return {
    asOf: time(asOf),
    total: found.length,
    byAge: [...counts, { age: 'unknown', ...bySeverity(found.filter(({ ageDays }) => ageDays === null)) }],
    list: found,
  }
}

type FindingSeverity = Exclude<Severity, 'informational'>

/** The worst first. */
export const findingSeverities = severities
  .filter((one): one is FindingSeverity => one !== 'informational')
  .toReversed()

const bySeverity = (found: readonly { readonly severity: Severity }[]) =>
  Object.fromEntries(
    findingSeverities.map((severity) => [severity, found.filter((one) => one.severity === severity).length]),
  ) as Record<FindingSeverity, number>

function findingOf(scored: ScoredChain, asOf: number | null) {
  const { chain, score, verdict } = toldOf(scored)
  const at = chain.at.time === 0 ? null : chain.at.time
  return {
    id: chain.id,
    severity: score.severity,
    verdict,
    host: chain.host,
    title: chain.title,
    at: time(at),
    ageDays: at === null || asOf === null ? null : Math.max(0, Math.floor((asOf - at) / day)),
  }
}

/** Of all inputs together: of lines as `sha256sum` writes them. */
function sumOf(inputs: readonly AttestedInput[]): string {
  const sum = createHash('sha256')
  for (const { name, sha256 } of inputs) sum.update(`${sha256 ?? ''}  ${name}\n`)
  return sum.digest('hex')
}
