import { useMemo } from 'preact/hooks'
import { counted, grouped } from '../../../src/model/counted.ts'
import type { Overview as Answer, Reach } from '../../../src/report/page/answers/questions.ts'
import { useAnswer, useApp, useSoon } from '../app-context.ts'
import { type Looked, type SeverityName, severityNames } from '../data/source.ts'
import { CoverageMap } from '../parts/coverage-map.tsx'
import { Input } from '../parts/input.tsx'
import { HostLink, ScopeLink, Section, Severity, Waiting } from '../parts/small.tsx'
import { StoryRow } from '../parts/story-row.tsx'
import { Strip, StripScale } from '../parts/strip.tsx'
import { linkTo } from '../route.ts'
import { clock, shortHost } from '../words.ts'

export function Overview() {
  const { source, version } = useApp()
  const answer = useAnswer({ ask: 'overview' })
  const looked = useSoon(
    'looked',
    useMemo(() => source.looked(), [source, version]),
  )
  if (answer === null || looked === null) return <Waiting />
  const { stories, first, touched, worst, times, hosts } = answer
  return (
    <div class="overview">
      <Headline answer={answer} looked={looked} />
      <div class="columns">
        <Section
          title="Look at these first"
          aside={
            <a href={linkTo(['findings'])}>
              {stories > first.length ? `all ${counted(stories, 'story', 'stories')}` : 'as a list'}
            </a>
          }
        >
          {stories === 0 ? (
            <p class="empty">{nothingSays(looked)}</p>
          ) : (
            <ol class="stories">
              {first.map((story) => (
                <li key={story.first.id}>
                  <StoryRow story={story} selectable={false} />
                </li>
              ))}
            </ol>
          )}
        </Section>
        <div class="side">
          <ReachPanel title="Who did it" reach={answer.users} by="user" />
          <ReachPanel title="From where" reach={answer.origins} by="origin" />
        </div>
      </div>
      <Section title="Hosts in time" aside={<a href={linkTo(['hosts'])}>{`all ${counted(hosts, 'host')}`}</a>}>
        <div class="host-strips">
          {worst.map(({ host, worst: severity, bits, findings, marks }) => (
            <div key={host} class="host-strip">
              <HostLink host={host} />
              <Severity name={severityNames[severity] ?? 'informational'} small />
              <span class="bits" title="bits of its stories, added up">
                {bits.toFixed(0)}
              </span>
              <Strip marks={marks} {...times} label={`${shortHost(host)}: ${counted(findings, 'finding')}`} />
            </div>
          ))}
          {touched === 0 && <p class="empty">No host has a finding.</p>}
          {touched > 0 && <StripScale {...times} />}
          {touched > worst.length && (
            <p class="more">
              <a href={linkTo(['hosts'])}>{`and ${counted(touched - worst.length, 'more host')} with findings`}</a>
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

function nothingSays({ unmet, hasFacts, informational }: Looked): string {
  if (unmet !== null) return `${unmet}.`
  if (!hasFacts) return 'No record is of a kind that is used: that nothing was found says nothing.'
  if (informational === 0)
    return 'No finding, and no task that changed or ran was seen at all; what could not be seen stands below.'
  return `No finding. ${counted(informational, 'task')} changed or ran and ${informational === 1 ? 'is' : 'are'} ordinary as far as could be seen; what could not be seen stands below.`
}

/** What there is, in a sentence and four numbers. */
function Headline({ answer, looked }: { answer: Answer; looked: Looked }) {
  const { bySeverity, span, touched } = answer
  const { informational, unmet, leftOut } = looked
  const count = (name: SeverityName) => bySeverity[severityNames.indexOf(name)] ?? 0
  const urgent = count('high') + count('critical')
  const findings = bySeverity.reduce((sum, one) => sum + one, 0)
  const what =
    unmet !== null
      ? 'Nothing was looked at'
      : findings === 0
        ? 'No finding'
        : urgent > 0
          ? `${counted(urgent, 'finding')} cannot wait`
          : findings === 1
            ? '1 finding, not urgent'
            : `${counted(findings, 'finding')}, none of them urgent`
  return (
    <header class="headline">
      <div>
        <h1>{what}</h1>
        <p>
          {whereSays(answer)}{' '}
          {span !== null && (
            <span class="dim">{`${clock(span.first).slice(0, 16)} to ${clock(span.last).slice(0, 16)} UTC`}</span>
          )}
        </p>
        {touched > 1 && <Worst {...answer} />}
        {leftOut > 0 && (
          <p class="warn">{`${counted(leftOut, 'finding')} of the mildest are not listed: there are too many.`}</p>
        )}
      </div>
      <ul class="tiles">
        {(['critical', 'high', 'medium', 'low'] as const).map((name) => (
          <Tile key={name} name={name} count={count(name)} />
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
function whereSays({ taskHosts, clearedHosts, hosts }: Answer): string {
  const all = counted(hosts, 'host')
  if (taskHosts + clearedHosts === 0) return `Scheduled tasks on ${all} were looked at.`
  const logs = clearedHosts === 0 ? '' : `logs were cleared on ${grouped(clearedHosts)}`
  return taskHosts === 0
    ? `No scheduled task is out of the ordinary; ${logs} of ${all}.`
    : `Scheduled tasks on ${grouped(taskHosts)} of ${all} are out of the ordinary${logs === '' ? '' : `; ${logs}`}.`
}

/** The host to begin with, and why. */
function Worst({ worst: [worst], worstStory }: Pick<Answer, 'worst' | 'worstStory'>) {
  if (!worst || worstStory === null) return null
  const { first, more } = worstStory
  return (
    <p>
      The worst host is <HostLink host={worst.host} />: <a href={linkTo(['finding', first.id])}>{first.title}</a>
      {` with ${first.bits.toFixed(1)} bits`}
      {more > 0 && `, and ${counted(more, 'more story', 'more stories')}`}.
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

function ReachPanel({ title, reach, by }: { title: string; reach: readonly Reach[]; by: 'user' | 'origin' }) {
  return (
    <Section title={title}>
      {reach.length === 0 ? (
        <p class="empty">
          {by === 'user' ? 'No record names who.' : 'No change came from another host, as far as could be seen.'}
        </p>
      ) : (
        <ul class="reach">
          {reach.map(({ name, hosts, findings, worst, other, moreOthers }) => (
            <li key={name}>
              <Severity name={severityNames[worst] ?? 'informational'} small />
              <span class="name">
                <ScopeLink of={by} value={name} />
                {other !== null && (
                  <span class="dim">{` ${by === 'user' ? 'from' : 'as'} ${other}${moreOthers > 0 ? `, +${moreOthers}` : ''}`}</span>
                )}
              </span>
              <span class="dim count">
                {counted(hosts, 'host')}, {counted(findings, 'finding')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
