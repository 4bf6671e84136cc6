import { useMemo, useRef, useState } from 'preact/hooks'
import { counted } from '../../../src/model/counted.ts'
import type { HostLine, HostsPart } from '../../../src/report/page/answers/questions.ts'
import { useAnswer, useApp } from '../app-context.ts'
import { Paged } from '../data/paged.ts'
import { severityNames } from '../data/source.ts'
import { CoverageMap, CoverageTimes, Mends } from '../parts/coverage-map.tsx'
import { ReachGraph } from '../parts/reach-graph.tsx'
import { HostLink, Section, Severity, Waiting } from '../parts/small.tsx'
import { StoryRow } from '../parts/story-row.tsx'
import { Strip, StripScale } from '../parts/strip.tsx'
import { VirtualList } from '../parts/virtual-list.tsx'
import { linkTo } from '../route.ts'
import { shortHost } from '../words.ts'

export function HostsView() {
  const { source, version } = useApp()
  const [text, setText] = useState('')
  const [, redraw] = useState(0)
  const list = useMemo(
    () =>
      new Paged<HostLine, HostsPart>(
        (from, count) => source.ask({ ask: 'hosts', text, from, count }),
        () => redraw((times) => times + 1),
      ),
    [source, version, text],
  )
  const last = useRef(list)
  if (list.head !== null) last.current = list
  const shown = last.current
  if (shown.head === null) return <Waiting />
  const { total, of, times } = shown.head
  return (
    <div class="hosts-view">
      <h1>{counted(of, 'host')}</h1>
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
        length={total}
        at={(place) => shown.at(place)}
        keyOf={({ host }) => host}
        onSeen={(from, to) => shown.want(from, to)}
        height={34}
        label="hosts"
        row={({ host, worst, bits, findings, marks }) => (
          <div class="host-strip">
            <HostLink host={host} />
            {findings > 0 ? (
              <Severity name={severityNames[worst] ?? 'informational'} small />
            ) : (
              <span class="dim small-text">no finding</span>
            )}
            <span class="bits">{findings > 0 ? bits.toFixed(0) : ''}</span>
            <Strip marks={marks} {...times} label={`${shortHost(host)}: ${counted(findings, 'finding')}`} />
          </div>
        )}
      />
    </div>
  )
}

export function HostView({ host }: { host: string }) {
  const answer = useAnswer({ ask: 'host', host })
  if (answer === null) return <Waiting />
  const { findings, worst, isWorst, times, marks, stories, told, paths } = answer
  const [who, from] = [answer.users.join(', '), answer.origins.join(', ')]
  return (
    <div class="host-view">
      <h1>
        {host === '' ? 'A host without a name' : host}
        {findings > 0 && <Severity name={severityNames[worst] ?? 'low'} />}
      </h1>
      <p class="lead">
        {findings === 0
          ? 'No finding on this host.'
          : `${counted(findings, 'finding')}${isWorst ? ': the worst host of all' : ''}${who === '' ? '' : `, by ${who}`}${from === '' ? '' : `, from ${from}`}.`}{' '}
        <a href={linkTo(['findings'], { host })}>As a list</a>
      </p>
      {findings > 0 && (
        <Section title="In order of time">
          <div class="wide-strip">
            <Strip marks={marks} {...times} label={`findings of ${shortHost(host)} in time`} />
            <StripScale {...times} />
          </div>
          <ol class="stories">
            {told.map((story) => (
              <li key={story.first.id}>
                <StoryRow story={story} />
              </li>
            ))}
          </ol>
          {stories > told.length && (
            <p class="more">{`and ${counted(stories - told.length, 'more story', 'more stories')}`}</p>
          )}
        </Section>
      )}
      {paths.length > 0 && (
        <Section title="Who reached it, and whom else they reached">
          <ReachGraph paths={paths} />
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
