import { useMemo } from 'preact/hooks'
import { counted, grouped } from '../../../src/model/counted.ts'
import { useApp } from '../app-context.ts'
import { storiesOf } from '../data/filter.ts'
import { type HostSight, hostsOf, reachOf, timesOf } from '../data/fleet.ts'
import { type Row, type SeverityName, severityNames } from '../data/store.ts'
import { CoverageMap } from '../parts/coverage-map.tsx'
import { Input } from '../parts/input.tsx'
import { HostLink, ScopeLink, Section, Severity } from '../parts/small.tsx'
import { StoryRow } from '../parts/story-row.tsx'
import { Strip, StripScale } from '../parts/strip.tsx'
import { linkTo } from '../route.ts'
import { clock, shortHost } from '../words.ts'

/** Of each list as much as is taken in at a glance. */
const shown = { stories: 9, reach: 4, hosts: 14 }

export function Overview() {
  const { store } = useApp()
  const seen = useMemo(() => store.rows.filter(({ severity }) => severity > 0), [store])
  const stories = useMemo(() => storiesOf(seen), [seen])
  const hosts = useMemo(() => hostsOf(store), [store])
  const times = timesOf(seen, store)
  const touched = hosts.filter(({ worst }) => worst > 0)
  return (
    <div class="overview">
      <Headline seen={seen} touched={touched} />
      <div class="columns">
        <Section
          title="Look at these first"
          aside={
            <a href={linkTo(['findings'])}>
              {stories.length > shown.stories ? `all ${counted(stories.length, 'story', 'stories')}` : 'as a list'}
            </a>
          }
        >
          {stories.length === 0 ? (
            <p class="empty">{nothingSays(store.data)}</p>
          ) : (
            <ol class="stories">
              {stories.slice(0, shown.stories).map((story) => (
                <li key={story.first.id}>
                  <StoryRow story={story} selectable={false} />
                </li>
              ))}
            </ol>
          )}
        </Section>
        <div class="side">
          <ReachPanel title="Who did it" rows={seen} by="user" />
          <ReachPanel title="From where" rows={seen} by="origin" />
        </div>
      </div>
      <Section
        title="Hosts in time"
        aside={<a href={linkTo(['hosts'])}>{`all ${counted(store.hosts.length, 'host')}`}</a>}
      >
        <div class="host-strips">
          {touched.slice(0, shown.hosts).map(({ host, rows, worst, bits }) => {
            const own = rows.filter(({ severity }) => severity > 0)
            return (
              <div key={host} class="host-strip">
                <HostLink host={host} />
                <Severity name={severityNames[worst] ?? 'informational'} small />
                <span class="bits" title="bits of its stories, added up">
                  {bits.toFixed(0)}
                </span>
                <Strip rows={own} {...times} label={`${shortHost(host)}: ${counted(own.length, 'finding')}`} />
              </div>
            )
          })}
          {touched.length === 0 && <p class="empty">No host has a finding.</p>}
          {touched.length > 0 && <StripScale {...times} />}
          {touched.length > shown.hosts && (
            <p class="more">
              <a
                href={linkTo(['hosts'])}
              >{`and ${counted(touched.length - shown.hosts, 'more host')} with findings`}</a>
            </p>
          )}
        </div>
      </Section>
      <div class="columns even">
        <Section title="What could be seen" aside={<a href={linkTo(['input'])}>every host</a>}>
          <CoverageMap limit={10} />
        </Section>
        <Section title="What was read">
          <Input limit={4} />
        </Section>
      </div>
    </div>
  )
}

function nothingSays({ unmet, summary, informational }: ReturnType<typeof useApp>['store']['data']): string {
  if (unmet !== null) return `${unmet}.`
  if (summary.facts === 0) return 'No record is of a kind that is used: that nothing was found says nothing.'
  if (informational === 0)
    return 'No finding, and no task that changed or ran was seen at all; what could not be seen stands below.'
  return `No finding. ${counted(informational, 'task')} changed or ran and ${informational === 1 ? 'is' : 'are'} ordinary as far as could be seen; what could not be seen stands below.`
}

/** What there is, in a sentence and four numbers. */
function Headline({ seen, touched }: { seen: readonly Row[]; touched: readonly HostSight[] }) {
  const { store } = useApp()
  const { summary, informational, unmet } = store.data
  const counts = (['critical', 'high', 'medium', 'low'] as const).map((name) => ({
    name,
    rows: seen.filter(({ severity }) => severityNames[severity] === name),
  }))
  const urgent = seen.filter(({ severity }) => severity >= 3)
  const what =
    unmet !== null
      ? 'Nothing was looked at'
      : seen.length === 0
        ? 'No finding'
        : urgent.length > 0
          ? `${counted(urgent.length, 'finding')} cannot wait`
          : seen.length === 1
            ? '1 finding, not urgent'
            : `${counted(seen.length, 'finding')}, none of them urgent`
  return (
    <header class="headline">
      <div>
        <h1>{what}</h1>
        <p>
          {whereSays(seen, summary.hosts.length)}{' '}
          {summary.first !== null && summary.last !== null && (
            <span class="dim">{`${clock(Date.parse(summary.first)).slice(0, 16)} to ${clock(Date.parse(summary.last)).slice(0, 16)} UTC`}</span>
          )}
        </p>
        {touched[0] && touched.length > 1 && <Worst sight={touched[0]} />}
      </div>
      <ul class="tiles">
        {counts.map(({ name, rows }) => (
          <Tile key={name} name={name} count={rows.length} />
        ))}
        <li class="tile informational">
          <span class="number">{grouped(informational)}</span>
          <span>ordinary</span>
        </li>
      </ul>
    </header>
  )
}

/** On how many hosts tasks stand out; a log that was cleared is no task. */
function whereSays(seen: readonly Row[], count: number): string {
  const all = counted(count, 'host')
  if (seen.length === 0) return `Scheduled tasks on ${all} were looked at.`
  const [cleared, tasks] = [true, false].map((isCleared) => {
    const rows = seen.filter(({ kind }) => (kind === 'log-cleared') === isCleared)
    return new Set(rows.map(({ host }) => host)).size
  }) as [number, number]
  const logs = cleared === 0 ? '' : `logs were cleared on ${grouped(cleared)}`
  return tasks === 0
    ? `No scheduled task is out of the ordinary; ${logs} of ${all}.`
    : `Scheduled tasks on ${grouped(tasks)} of ${all} are out of the ordinary${logs === '' ? '' : `; ${logs}`}.`
}

/** The host to begin with, and why. */
function Worst({ sight: { host, rows } }: { sight: HostSight }) {
  const [first, ...more] = storiesOf(rows.filter(({ severity }) => severity > 0))
  if (!first) return null
  return (
    <p>
      The worst host is <HostLink host={host} />: <a href={linkTo(['finding', first.first.id])}>{first.first.title}</a>
      {` with ${first.first.bits.toFixed(1)} bits`}
      {more.length > 0 && `, and ${counted(more.length, 'more story', 'more stories')}`}.
    </p>
  )
}

const Tile = ({ name, count }: { name: SeverityName; count: number }) => (
  <li class={`tile ${name}${count === 0 ? ' none' : ''}`}>
    <a href={linkTo(['findings'], { severity: name })}>
      <span class="number">{grouped(count)}</span>
      <span>{name}</span>
    </a>
  </li>
)

function ReachPanel({ title, rows, by }: { title: string; rows: readonly Row[]; by: 'user' | 'origin' }) {
  const reach = reachOf(rows, by).slice(0, shown.reach)
  return (
    <Section title={title}>
      {reach.length === 0 ? (
        <p class="empty">
          {by === 'user' ? 'No record names who.' : 'No change came from another host, as far as could be seen.'}
        </p>
      ) : (
        <ul class="reach">
          {reach.map(({ name, hosts, rows: own, worst, others }) => (
            <li key={name}>
              <Severity name={severityNames[worst] ?? 'informational'} small />
              <span class="name">
                <ScopeLink of={by} value={name} />
                {others[0] !== undefined && (
                  <span class="dim">{` ${by === 'user' ? 'from' : 'as'} ${others[0]}${others.length > 1 ? `, +${others.length - 1}` : ''}`}</span>
                )}
              </span>
              <span class="dim count">
                {counted(hosts.length, 'host')}, {counted(own.length, 'finding')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
