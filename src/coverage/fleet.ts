import {
  type CapabilityCoverage,
  type CapabilityId,
  type ChannelCoverage,
  type CoverageWish,
  capabilityIds,
  type FleetCoverageReport,
  gradeNames,
  type HostCoverageReport,
  usualStaleDays,
} from '../model/coverage-report.ts'
import { activityOf, channelCoverage, logsOf } from './channels.ts'
import { gradeOf } from './grade.ts'
import { type FleetRates, type HostEvidence, judgeHost, worksAtEnd } from './judge.ts'
import { type HostLedger, noLedger } from './ledger.ts'
import type { LogSeries } from './log-counts.ts'
import { routeNeeds, testNeeds, visibleBy } from './needs.ts'
import { telemetryOf } from './telemetry.ts'

const day = 86_400_000
/** How far back the analytic ties a run to the registration that it belongs to: AN0258's ExecutionWindow, thirty days. */
export const executionWindow = 30 * day
/** Hosts of which the usual rate of a capability is taken. */
const leastHosts = 3

/** What is known of one host. */
export interface HostTelemetry {
  readonly host: string
  readonly ledger: HostLedger
  readonly series: readonly LogSeries[]
  readonly kept: HostEvidence['kept']
  /** What it was set to record; left out: that was not collected. */
  readonly settings?: HostEvidence['settings']
}

/** What could have been seen, of all hosts; the worst first. */
export function fleetCoverage(
  inputs: readonly string[],
  hosts: readonly HostTelemetry[],
  wish: CoverageWish = { expected: null, staleDays: usualStaleDays },
): FleetCoverageReport {
  const evidence = hosts.map((one) => ({ host: one.host, evidence: evidenceOf(one) }))
  const rates = ratesOf(evidence.map((one) => one.evidence))
  const spans = evidence.map((one) => spanOf(one.evidence))
  const first = least(spans.map((span) => span.first))
  const last = most(spans.map((span) => span.last))
  const byName = new Map((wish.expected ?? []).map((one) => [shortName(one.name), one]))
  const reports = evidence.map(({ host, evidence: own }, i) => {
    const expected = byName.get(shortName(host)) ?? null
    const span = spans[i] as { first: number | null; last: number | null }
    const isStale = last !== null && span.last !== null && last - span.last > wish.staleDays * day
    const presence = wish.expected !== null && expected === null ? 'unexpected' : isStale ? 'stale' : 'seen'
    return reportOf(host, own, rates, {
      role: expected?.role ?? null,
      owner: expected?.owner ?? null,
      presence,
      ...span,
    })
  })
  const seen = new Set(hosts.map(({ host }) => shortName(host)))
  const nothing = evidenceOf({ host: '', ledger: noLedger, series: [], kept: new Set() })
  for (const { name, role, owner } of wish.expected ?? []) {
    if (!seen.has(shortName(name)))
      reports.push(reportOf(name, nothing, rates, { role, owner, presence: 'silent', first: null, last: null }))
  }
  reports.sort(worstFirst)
  return { inputs, first, last, hosts: reports }
}

const shortName = (name: string): string => name.trim().toLowerCase().split('.')[0] ?? ''

const least = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null)
const most = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null)

export function evidenceOf({ ledger, series, kept, settings }: HostTelemetry): HostEvidence {
  const logs = logsOf(series)
  const activity = activityOf(logs)
  const clearings = (channel: string) =>
    ledger.switches.flatMap(({ telemetry, turns, at }) =>
      turns === 'cleared' && telemetry === telemetryOf(channel) ? [at] : [],
    )
  const channels = logs.map((log) => withSize(channelCoverage(log, activity, clearings(log.channel)), settings))
  return { ledger, logs, activity, kept, settings, channels }
}

/** How far a log reaches back is known before it has rolled over where its size is. */
function withSize(channel: ChannelCoverage, settings: HostTelemetry['settings']): ChannelCoverage {
  const { bytesPerDay, retentionDays } = channel
  if (retentionDays !== null || bytesPerDay === null || bytesPerDay === 0) return channel
  const name = channel.channel.toLowerCase()
  const size = settings?.logs.find((log) => log.channel.toLowerCase() === name)?.maxBytes ?? null
  return size === null ? channel : { ...channel, retentionDays: size / bytesPerDay }
}

function spanOf({ ledger, logs }: HostEvidence): { first: number | null; last: number | null } {
  const first = logs.reduce((min, log) => Math.min(min, log.first), ledger.first)
  const last = logs.reduce((max, log) => Math.max(max, log.last), ledger.last)
  return Number.isFinite(first) ? { first, last } : { first: null, last: null }
}

/** Records a day of each capability, in the middle of the hosts that show it. */
function ratesOf(hosts: readonly HostEvidence[]): FleetRates {
  const rates = new Map<CapabilityId, number>()
  for (const id of capabilityIds) {
    const own: number[] = []
    for (const { ledger } of hosts) {
      const count = (ledger.signals.get(id) ?? []).reduce((sum, one) => sum + one.count - one.lacking, 0)
      const days = (ledger.last - ledger.first) / day
      if (count > 0 && days >= 1) own.push(count / days)
    }
    own.sort((a, b) => a - b)
    const middle = own[Math.floor(own.length / 2)]
    if (own.length >= leastHosts && middle !== undefined) rates.set(id, middle)
  }
  return rates
}

function reportOf(
  host: string,
  evidence: HostEvidence,
  rates: FleetRates,
  about: Pick<HostCoverageReport, 'role' | 'owner' | 'presence' | 'first' | 'last'>,
): HostCoverageReport {
  const capabilities = judgeHost(evidence, rates)
  const isGone = about.presence === 'silent' || about.presence === 'stale'
  const works = (id: CapabilityId) => !isGone && worksAtEnd(capabilities[id])
  const answer = (id: CapabilityId) =>
    works(id) ? true : !isGone && capabilities[id].state === 'unknown' ? null : false
  return {
    host,
    ...about,
    grade: gradeOf(works),
    atBest: gradeOf((id) => answer(id) !== false),
    capabilities,
    channels: evidence.channels,
    comparisons: evidence.ledger.comparisons,
    clockSteps: evidence.ledger.clockSteps,
    routes: Object.fromEntries(Object.entries(routeNeeds).map(([route, needs]) => [route, visibleBy(needs, answer)])),
    tests: Object.fromEntries(Object.entries(testNeeds).map(([test, { needs }]) => [test, visibleBy(needs, answer)])),
    executionWindowShare: windowShare(capabilities),
  }
}

/** How far back what shows runs reaches, as a share of the analytic's window; the best of its sources. */
function windowShare(capabilities: Readonly<Record<CapabilityId, CapabilityCoverage>>): number {
  const shows: CapabilityId[] = ['run-start', 'run-action', 'process-creation']
  const spans = shows.flatMap((id) => capabilities[id].sources.map(({ first, last }) => last - first.time))
  const longest = spans.reduce((a, b) => Math.max(a, b), 0)
  return Math.round(Math.min(1, longest / executionWindow) * 100) / 100
}

function worstFirst(a: HostCoverageReport, b: HostCoverageReport): number {
  const byGrade = gradeNames.indexOf(b.grade) - gradeNames.indexOf(a.grade)
  return byGrade || seenOf(a) - seenOf(b) || (a.host < b.host ? -1 : a.host > b.host ? 1 : 0)
}

const seenOf = ({ capabilities }: HostCoverageReport): number =>
  capabilityIds.filter((id) => capabilities[id].state === 'seen').length
