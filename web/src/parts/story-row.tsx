import type { ToldStory } from '../../../src/report/page/answers/stories.ts'
import { useApp } from '../app-context.ts'
import { linkTo } from '../route.ts'
import { clock, shortHost, shortVerdicts } from '../words.ts'
import { HostLink, Severity, severityOf } from './small.tsx'

/** Hosts of a story that are named before the rest is only counted. */
const namedHosts = 3

/** A story in a list: what, where, who, when, how much. */
export function StoryRow({
  story,
  isCurrent = false,
  selectable = true,
}: {
  story: ToldStory
  isCurrent?: boolean
  selectable?: boolean
}) {
  const { chosen, choose, fresh } = useApp()
  const { first, ids, count, hosts, hostCount } = story
  const isChosen = ids.every((id) => chosen.has(id))
  const freshness = ids.some((id) => fresh.get(id) === 'new')
    ? 'new'
    : ids.some((id) => fresh.has(id))
      ? 'changed'
      : null
  return (
    <article class={`story-row${isCurrent ? ' current' : ''}`}>
      {selectable && (
        <input
          type="checkbox"
          aria-label={`choose ${first.title} on ${first.host}`}
          checked={isChosen}
          onChange={() => choose(ids, !isChosen)}
        />
      )}
      <span class="weight">
        <Severity name={severityOf(first)} />
        <span class="bits">{first.bits.toFixed(1)}</span>
      </span>
      <span class="what">
        <a class="title" href={linkTo(['finding', first.id])}>
          {first.title}
        </a>
        {freshness !== null && <span class={`fresh ${freshness}`}>{freshness}</span>}
        <span class="gist">{first.gist}</span>
      </span>
      <span class="where">
        {hosts.slice(0, hostCount > namedHosts ? namedHosts - 1 : namedHosts).map((host) => (
          <HostLink key={host} host={host} />
        ))}
        {hostCount > namedHosts && (
          <span class="dim" title={hosts.map(shortHost).join(', ')}>{`+${hostCount - namedHosts + 1} hosts`}</span>
        )}
        {count > hostCount && <span class="dim">{`×${count}`}</span>}
      </span>
      <span class="when">
        <time>{clock(first.time)}</time>
        <span class="dim">
          {first.kind === 'chain' || first.kind === 'tampering' ? shortVerdicts[first.verdict] : ''}
        </span>
      </span>
    </article>
  )
}
