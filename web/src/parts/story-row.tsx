import { useApp } from '../app-context.ts'
import type { Story } from '../data/filter.ts'
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
  story: Story
  isCurrent?: boolean
  selectable?: boolean
}) {
  const { chosen, choose } = useApp()
  const { first, all } = story
  const hosts = [...new Set(all.map(({ host }) => host))]
  const isChosen = all.every(({ number }) => chosen.has(number))
  return (
    <article class={`story-row${isCurrent ? ' current' : ''}`}>
      {selectable && (
        <input
          type="checkbox"
          aria-label={`choose ${first.title} on ${first.host}`}
          checked={isChosen}
          onChange={() =>
            choose(
              all.map(({ number }) => number),
              !isChosen,
            )
          }
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
        <span class="gist">{first.gist}</span>
      </span>
      <span class="where">
        {hosts.slice(0, hosts.length > namedHosts ? namedHosts - 1 : namedHosts).map((host) => (
          <HostLink key={host} host={host} />
        ))}
        {hosts.length > namedHosts && (
          <span
            class="dim"
            title={hosts.slice(0, 40).map(shortHost).join(', ')}
          >{`+${hosts.length - namedHosts + 1} hosts`}</span>
        )}
        {all.length > hosts.length && <span class="dim">{`×${all.length}`}</span>}
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
