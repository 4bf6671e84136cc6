import { useMemo, useState } from 'preact/hooks'
import { counted } from '../../../src/model/counted.ts'
import { isServiceAccount } from '../../../src/model/windows/accounts.ts'
import { useApp } from '../app-context.ts'
import { storiesOf } from '../data/filter.ts'
import { hostsOf, reachOf, timesOf } from '../data/fleet.ts'
import { severityNames } from '../data/store.ts'
import { CoverageMap, CoverageTimes, Mends } from '../parts/coverage-map.tsx'
import { ReachGraph } from '../parts/reach-graph.tsx'
import { HostLink, Section, Severity } from '../parts/small.tsx'
import { StoryRow } from '../parts/story-row.tsx'
import { Strip, StripScale } from '../parts/strip.tsx'
import { VirtualList } from '../parts/virtual-list.tsx'
import { linkTo } from '../route.ts'
import { shortHost } from '../words.ts'

export function HostsView() {
  const { store } = useApp()
  const [text, setText] = useState('')
  const all = useMemo(() => hostsOf(store), [store])
  const hosts = all.filter(({ host }) => host.includes(text.toLowerCase()))
  const times = timesOf(
    store.rows.filter(({ severity }) => severity > 0),
    store,
  )
  return (
    <div class="hosts-view">
      <h1>{counted(all.length, 'host')}</h1>
      <p class="lead">The worst first: by the worst finding, then by the bits of all of a host’s stories.</p>
      <input
        type="search"
        placeholder="name of a host"
        aria-label="name of a host"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <StripScale {...times} />
      <VirtualList
        items={hosts}
        height={34}
        label="hosts"
        row={({ host, rows, worst, bits }) => {
          const own = rows.filter(({ severity }) => severity > 0)
          return (
            <div class="host-strip">
              <HostLink host={host} />
              {own.length > 0 ? (
                <Severity name={severityNames[worst] ?? 'informational'} small />
              ) : (
                <span class="dim small-text">no finding</span>
              )}
              <span class="bits">{own.length > 0 ? bits.toFixed(0) : ''}</span>
              <Strip rows={own} {...times} label={`${shortHost(host)}: ${counted(own.length, 'finding')}`} />
            </div>
          )
        }}
      />
    </div>
  )
}

/** Windows' own accounts, and those of machines. */
const isHostsOwn = (account: string): boolean => isServiceAccount(account) || account.endsWith('$')

export function HostView({ host }: { host: string }) {
  const { store } = useApp()
  const rows = useMemo(
    () =>
      store.rows
        .filter((row) => row.host === host || row.target === host)
        .sort((a, b) => (a.time ?? 0) - (b.time ?? 0)),
    [store, host],
  )
  const seen = rows.filter(({ severity }) => severity > 0)
  const stories = storiesOf(seen).sort((a, b) => (a.first.time ?? 0) - (b.first.time ?? 0))
  const place = hostsOf(store).findIndex((one) => one.host === host)
  const users = reachOf(seen, 'user')
  const origins = reachOf(seen, 'origin')
  const times = timesOf(seen, store)
  const who = users
    .map(({ name }) => name)
    .slice(0, 3)
    .join(', ')
  const from = origins
    .map(({ name }) => name)
    .slice(0, 3)
    .join(', ')
  return (
    <div class="host-view">
      <h1>
        {host === '' ? 'A host without a name' : host}
        {seen[0] && (
          <Severity name={severityNames[Math.max(...seen.slice(0, 1000).map(({ severity }) => severity))] ?? 'low'} />
        )}
      </h1>
      <p class="lead">
        {seen.length === 0
          ? 'No finding on this host.'
          : `${counted(seen.length, 'finding')}${place === 0 ? ': the worst host of all' : ''}${who === '' ? '' : `, by ${who}`}${from === '' ? '' : `, from ${from}`}.`}{' '}
        <a href={linkTo(['findings'], { host })}>As a list</a>
      </p>
      {seen.length > 0 && (
        <Section title="In order of time">
          <div class="wide-strip">
            <Strip rows={seen} {...times} label={`findings of ${shortHost(host)} in time`} />
            <StripScale {...times} />
          </div>
          <ol class="stories">
            {stories.slice(0, 100).map((story) => (
              <li key={story.first.id}>
                <StoryRow story={story} />
              </li>
            ))}
          </ol>
          {stories.length > 100 && (
            <p class="more">{`and ${counted(stories.length - 100, 'more story', 'more stories')}`}</p>
          )}
        </Section>
      )}
      {(users.length > 0 || origins.length > 0) && (
        <Section title="Who reached it, and whom else they reached">
          <ReachGraph
            rows={store.rows.filter(
              (row) =>
                row.severity > 0 &&
                (row.host === host ||
                  row.target === host ||
                  // what every host has is nobody who goes from one to another
                  users.some(({ name }) => name === row.user && !isHostsOwn(name)) ||
                  origins.some(({ name }) => name === row.origin)),
            )}
          />
        </Section>
      )}
      <Section title="What could be seen">
        <CoverageMap host={host} />
        <CoverageTimes host={host} />
        <Mends host={host} />
      </Section>
    </div>
  )
}
