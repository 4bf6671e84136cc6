import { useMemo } from 'preact/hooks'
import { counted } from '../../../src/model/counted.ts'
import { useApp } from '../app-context.ts'
import { matching, storiesOf } from '../data/filter.ts'
import { timesOf } from '../data/fleet.ts'
import { severityNames } from '../data/store.ts'
import { ReachGraph } from '../parts/reach-graph.tsx'
import { HostLink, type ScopeKind, Section, Severity } from '../parts/small.tsx'
import { StoryRow } from '../parts/story-row.tsx'
import { Strip, StripScale } from '../parts/strip.tsx'
import { linkTo } from '../route.ts'
import { clock, shortHost } from '../words.ts'

const kinds: Readonly<Record<ScopeKind, string>> = {
  user: 'account',
  origin: 'address',
  task: 'task',
  definition: 'definition',
  hash: 'file',
  program: 'program',
  action: 'command',
}

/** One thing wherever it was met: first here, then there. */
export function ScopeView({ kind, value }: { kind: string; value: string }) {
  const { store } = useApp()
  // Of what a link names that is no such thing, nothing is said to be everywhere.
  const rows = useMemo(
    () => (Object.hasOwn(kinds, kind) ? matching(store, { [kind]: value, order: 'time' }) : []),
    [store, kind, value],
  )
  const seen = rows.filter(({ severity }) => severity > 0)
  const [told, isAll] = seen.length > 0 ? [seen, seen.length === rows.length] : [rows, true]
  const hosts = useMemo(() => {
    const found = new Map<string, typeof rows>()
    for (const row of told) found.set(row.host, [...(found.get(row.host) ?? []), row])
    return [...found]
  }, [told])
  const times = timesOf(told, store)
  const stories = storiesOf(told)
  const [first, last] = [told[0], told.at(-1)]
  return (
    <div class="scope-view">
      <p class="eyebrow">{kinds[kind as ScopeKind] ?? kind}</p>
      <h1 class="mono">{value}</h1>
      <p class="lead">
        {first && last
          ? `On ${counted(hosts.length, 'host')} in ${counted(told.length, 'finding')}: first ${clock(first.time)} on ${shortHost(first.host)}, last ${clock(last.time)} on ${shortHost(last.host)}.`
          : 'Nowhere in this input.'}{' '}
        {!isAll && (
          <span class="dim">{`${counted(rows.length - seen.length, 'more chain')} of it are ordinary. `}</span>
        )}
        <a href={linkTo(['findings'], { [kind]: value })}>As a list</a>
      </p>
      {first && (
        <Section title="Who reached whom">
          <ReachGraph rows={told} />
        </Section>
      )}
      {first && (
        <Section title="First here, then there">
          <div class="host-strips">
            {hosts.slice(0, 60).map(([host, own]) => {
              const worst = own.reduce((most, { severity }) => Math.max(most, severity), 0)
              return (
                <div key={host} class="host-strip">
                  <HostLink host={host} />
                  <Severity name={severityNames[worst] ?? 'informational'} small />
                  <span class="bits" title="findings">
                    {own.length}
                  </span>
                  <Strip rows={own} {...times} label={`${shortHost(host)}, first ${clock(own[0]?.time ?? null)}`} />
                </div>
              )
            })}
            <StripScale {...times} />
            {hosts.length > 60 && <p class="more dim">{`and ${hosts.length - 60} more hosts`}</p>}
          </div>
        </Section>
      )}
      {first && (
        <Section title="In order of time">
          <ol class="stories">
            {stories.slice(0, 200).map((story) => (
              <li key={story.first.id}>
                <StoryRow story={story} />
              </li>
            ))}
          </ol>
          {stories.length > 200 && <p class="more dim">{`and ${stories.length - 200} more`}</p>}
        </Section>
      )}
    </div>
  )
}
