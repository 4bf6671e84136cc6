import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { severities } from '../../model/finding.ts'
import type { SourceState } from '../service-state.ts'
import { lagOf } from './health.ts'
import type { ApiParts } from './parts.ts'
import { Remembered } from './remembered.ts'
import { type Route, route } from './route.ts'
import { nothing } from './schemas.ts'

/** Sources with series of their own, those with the most records: names are a sender's, and every series costs a Prometheus memory. */
const namedSources = 100
/** Counting all that is kept takes a while where it is millions: milliseconds. */
const countsEvery = 5_000

export function metricsRoute(parts: ApiParts): Route {
  const registry = registryOf(parts)
  return route({
    path: '/metrics',
    summary: 'Counts for Prometheus',
    query: nothing,
    params: nothing,
    answer: registry.contentType,
    handle: () => registry.metrics(),
  })
}

type Labels = Readonly<Record<string, string>>
type Say = () => number | readonly (readonly [labels: Labels, value: number])[]
type Declare = (name: string, help: string, say: Say, labelNames?: string[]) => void

/** How series are declared: each says what it is when it is asked for. */
interface Series {
  readonly gauge: Declare
  readonly counter: Declare
}

function registryOf(parts: ApiParts): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const series = seriesIn(registry)
  totalsOf(parts, series)
  sourcesOf(parts, series)
  standOf(parts, series)
  return registry
}

function seriesIn(registry: Registry): Series {
  const declared = (name: string, help: string, labelNames: string[]) => ({
    ...{ name: `tasktrail_${name}`, help, labelNames, registers: [registry] },
  })
  return {
    gauge: (name, help, say, labelNames = []) =>
      new Gauge({
        ...declared(name, help, labelNames),
        collect() {
          this.reset()
          for (const [labels, value] of valuesOf(say)) this.set({ ...labels }, value)
        },
      }),
    // What counts since the start is told as it is: a counter's own way is to be added to.
    counter: (name, help, say, labelNames = []) =>
      new Counter({
        ...declared(name, help, labelNames),
        collect() {
          this.reset()
          for (const [labels, value] of valuesOf(say)) this.inc({ ...labels }, value)
        },
      }),
  }
}

function valuesOf(say: Say): readonly (readonly [Labels, number])[] {
  const told = say()
  return typeof told === 'number' ? [[{}, told]] : told
}

function totalsOf({ state, version }: ApiParts, { gauge, counter }: Series): void {
  gauge('info', 'The program.', () => [[{ version }, 1]], ['version'])
  counter('posts_total', 'Posts that were kept.', () => state().totals.posts)
  counter('records_total', 'Records that were taken.', () => state().totals.records)
  counter('facts_total', 'Facts in them.', () => state().totals.facts)
  counter('bytes_total', 'Unpacked bytes that were taken.', () => state().totals.bytes)
  counter('problems_total', 'Pieces that could not be read.', () => state().totals.problems)
  counter('late_facts_total', 'Facts that came later than the state reaches back.', () => state().totals.late)
  counter(
    'refused_posts_total',
    'Posts turned away: too much waited, or nothing could be kept.',
    () => {
      const { refusedFull, refusedUnavailable } = state().totals
      return [
        [{ because: 'full' }, refusedFull],
        [{ because: 'unavailable' }, refusedUnavailable],
      ]
    },
    ['because'],
  )
  counter('faults_total', 'Faults of the service itself.', () => state().totals.faults)
}

function sourcesOf({ state, now }: ApiParts, { gauge, counter }: Series): void {
  const bySource = (say: (source: SourceState) => number) => () =>
    namedOnly(state().sources).map((source) => [{ source: source.name }, say(source)] as const)
  const age = ({ arrived }: SourceState) => lagOf(arrived, now())
  const lag = ({ arrived, newest }: SourceState) => lagOf(newest, arrived)
  counter(
    'source_records_total',
    'Records by source.',
    bySource(({ records }) => records),
    ['source'],
  )
  counter(
    'source_facts_total',
    'Facts by source.',
    bySource(({ facts }) => facts),
    ['source'],
  )
  gauge('source_age_seconds', 'Since something came of a source.', bySource(age), ['source'])
  gauge('source_lag_seconds', 'By how much the newest record was behind its arrival.', bySource(lag), ['source'])
}

function standOf({ state, store, now, alerts }: ApiParts, { gauge }: Series): void {
  gauge('queue_bytes', 'Taken and not applied yet.', () => state().queue.bytes)
  gauge('queue_limit_bytes', 'From where on posts are turned away.', () => state().queue.mostBytes)
  gauge('shards_hot', 'Shards whose machines stand ready.', () => state().shards.hot)
  gauge('shards_to_look_at', 'Shards whose stories are to be looked at.', () => state().shards.looks)
  gauge('log_entries_waiting', 'Entries kept and not applied yet.', () => state().log.written - state().log.applied)
  gauge('log_syncs', 'How often the disk was asked to keep something.', () => state().log.syncs)
  gauge('lag_seconds', 'By how much what is applied is behind the clock.', () => lagOf(state().appliedUntil, now()))
  gauge('hosts', 'Hosts of which records came.', () => store.hosts.count)
  const counts = new Remembered(() => store.findings.counts(), countsEvery, now)
  const findings = () => severities.map((severity) => [{ severity }, counts.value[severity]] as const)
  gauge('findings', 'Findings that stand.', findings, ['severity'])
  const messages = () => Object.entries(alerts()).map(([status, count]) => [{ status }, count] as const)
  gauge('alerts', 'Messages to receivers by how they stand.', messages, ['status'])
}

/** Those with the most records, and the rest as one. */
function namedOnly(sources: readonly SourceState[]): readonly SourceState[] {
  if (sources.length <= namedSources) return sources
  const sorted = [...sources].sort((a, b) => b.records - a.records || (a.name < b.name ? -1 : 1))
  const rest = sorted.slice(namedSources - 1)
  const sum = (say: (source: SourceState) => number) => rest.reduce((all, source) => all + say(source), 0)
  return [
    ...sorted.slice(0, namedSources - 1),
    {
      name: 'others',
      records: sum(({ records }) => records),
      facts: sum(({ facts }) => facts),
      bytes: sum(({ bytes }) => bytes),
      problems: sum(({ problems }) => problems),
      arrived: rest.reduce((most, { arrived }) => Math.max(most, arrived), 0),
      newest: rest.reduce<number | null>(
        (most, { newest }) => (newest === null ? most : Math.max(most ?? newest, newest)),
        null,
      ),
    },
  ]
}
