import type { Row } from '../data.ts'
import { type Scope, type Thread, type ThreadKind, threadKinds } from './questions.ts'
import { type Fleet, hostLine, isSeen, pathsOf, timesOf } from './sights.ts'
import { storiesOf, toldStory } from './stories.ts'
import { fitting, matching } from './wish.ts'

/** Hosts and stories that are told; files of one finding that are followed. */
const shown = { hosts: 60, stories: 200, hashes: 6 }

/** One thing wherever it was met: of what is no such thing, nothing is said to be everywhere. */
export function scopeOf(board: Fleet, kind: string, value: string): Scope {
  const isKnown = threadKinds.some((one) => one === kind)
  const rows = isKnown ? matching(board.rows, { [kind]: value, order: 'time' }) : []
  const seen = rows.filter(isSeen)
  const told = seen.length > 0 ? seen : rows
  const times = timesOf(told, board.span)
  const hosts = Map.groupBy(told, ({ host }) => host)
  const stories = storiesOf(told)
  return {
    findings: told.length,
    ordinary: rows.length - told.length,
    first: told[0] ?? null,
    last: told.at(-1) ?? null,
    hosts: hosts.size,
    lines: [...hosts].slice(0, shown.hosts).map(([host, own]) => {
      const worst = own.reduce((most, { severity }) => Math.max(most, severity), 0)
      return { ...hostLine({ host, rows: own, worst, bits: 0 }, times, () => true), first: own[0]?.time ?? null }
    }),
    times,
    paths: pathsOf(told),
    stories: stories.length,
    told: stories.slice(0, shown.stories).map(toldStory),
  }
}

/** Where else the same account, address, task, definition, command or file was met. */
export function threadsOf(board: Fleet, id: string): Thread[] {
  const row = board.row(id)
  if (!row) return []
  const threads = threadsIn(row).map(([kind, value]) => ({
    ...{ kind, value, isSame: fitting({ [kind]: value }), findings: 0, ordinary: 0, hosts: new Set<string>() },
    first: null as Row | null,
  }))
  // Each row is looked at once: to fetch it takes longer than to compare it.
  for (const one of board.rows)
    for (const thread of threads) {
      if (!thread.isSame(one)) continue
      if (isSeen(one) || one === row) {
        thread.findings++
        thread.hosts.add(one.host)
        if (thread.first === null || (one.time ?? 0) < (thread.first.time ?? 0)) thread.first = one
      } else thread.ordinary++
    }
  return threads.map(({ isSame: _, hosts, ...thread }) => ({ ...thread, hosts: hosts.size }))
}

function threadsIn(row: Row): (readonly [ThreadKind, string])[] {
  const { user, origin, title, definition, action, kind } = row
  const threads = [
    ['user', user],
    ['origin', origin],
    ['task', kind === 'log-cleared' ? null : title],
    ['definition', definition],
    ['action', action],
    ...row.hashes.slice(0, shown.hashes).map((hash) => ['hash', hash] as const),
  ] as const
  return threads.flatMap(([of, value]) => (value === null || value === '' ? [] : [[of, value] as const]))
}
