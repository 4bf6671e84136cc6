import { counted } from '../../../src/model/counted.ts'
import type { ThreadKind } from '../../../src/report/page/answers/questions.ts'
import { useAnswer } from '../app-context.ts'
import { severityNames } from '../data/source.ts'
import { ReachGraph } from '../parts/reach-graph.tsx'
import { HostLink, Section, Severity, Waiting } from '../parts/small.tsx'
import { StoryRow } from '../parts/story-row.tsx'
import { Strip, StripScale } from '../parts/strip.tsx'
import { linkTo } from '../route.ts'
import { clock, shortHost } from '../words.ts'

const kinds: Readonly<Record<ThreadKind, string>> = {
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
  const answer = useAnswer({ ask: 'scope', kind, value })
  if (answer === null) return <Waiting />
  const { findings, ordinary, first, last, hosts, lines, times, paths, stories, told } = answer
  return (
    <div class="scope-view">
      <p class="eyebrow">{kinds[kind as ThreadKind] ?? kind}</p>
      <h1 class="mono">{value}</h1>
      <p class="lead">
        {first && last
          ? `On ${counted(hosts, 'host')} in ${counted(findings, 'finding')}: first ${clock(first.time)} on ${shortHost(first.host)}, last ${clock(last.time)} on ${shortHost(last.host)}.`
          : 'Nowhere in this input.'}{' '}
        {ordinary > 0 && <span class="dim">{`${counted(ordinary, 'more chain')} of it are ordinary. `}</span>}
        <a href={linkTo(['findings'], { [kind]: value })}>As a list</a>
      </p>
      {first && (
        <Section title="Who reached whom">
          <ReachGraph paths={paths} />
        </Section>
      )}
      {first && (
        <Section title="First here, then there">
          <div class="host-strips">
            {lines.map(({ host, worst, findings: own, marks, first: begin }) => (
              <div key={host} class="host-strip">
                <HostLink host={host} />
                <Severity name={severityNames[worst] ?? 'informational'} small />
                <span class="bits" title="findings">
                  {own}
                </span>
                <Strip marks={marks} {...times} label={`${shortHost(host)}, first ${clock(begin)}`} />
              </div>
            ))}
            <StripScale {...times} />
            {hosts > lines.length && <p class="more dim">{`and ${hosts - lines.length} more hosts`}</p>}
          </div>
        </Section>
      )}
      {first && (
        <Section title="In order of time">
          <ol class="stories">
            {told.map((story) => (
              <li key={story.first.id}>
                <StoryRow story={story} />
              </li>
            ))}
          </ol>
          {stories > told.length && <p class="more dim">{`and ${stories - told.length} more`}</p>}
        </Section>
      )}
    </div>
  )
}
