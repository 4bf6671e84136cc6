import type { Overview } from './questions.ts'
import { type Fleet, hostLine, isSeen, reachOf } from './sights.ts'
import { storiesOf, toldStory } from './stories.ts'

/** Of each list as much as is taken in at a glance. */
const shown = { stories: 9, reach: 4, hosts: 14 }

export function overviewOf(board: Fleet): Overview {
  const { seen, stories, sights, times, span } = board
  const touched = sights.filter(({ worst }) => worst > 0)
  const bySeverity = [0, 0, 0, 0, 0]
  const hosts = { task: new Set<string>(), cleared: new Set<string>() }
  for (const { severity, kind, host } of seen) {
    bySeverity[severity] = (bySeverity[severity] ?? 0) + 1
    hosts[kind === 'log-cleared' ? 'cleared' : 'task'].add(host)
  }
  const [worst] = touched
  const [first, ...more] = worst ? storiesOf(worst.rows.filter(isSeen)) : []
  return {
    hosts: sights.length,
    span,
    bySeverity,
    stories: stories.length,
    first: stories.slice(0, shown.stories).map(toldStory),
    taskHosts: hosts.task.size,
    clearedHosts: hosts.cleared.size,
    touched: touched.length,
    worst: touched.slice(0, shown.hosts).map((sight) => hostLine(sight, times)),
    worstStory: first ? { first: first.first, more: more.length } : null,
    users: reachOf(seen, 'user', shown.reach),
    origins: reachOf(seen, 'origin', shown.reach),
    times,
  }
}
