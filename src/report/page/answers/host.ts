import { isServiceAccount } from '../../../model/windows/accounts.ts'
import type { Row } from '../data.ts'
import type { HostAnswer } from './questions.ts'
import { type Fleet, isSeen, marksOf, pathsOf, reachOf, timesOf } from './sights.ts'
import { storiesOf, toldStory } from './stories.ts'

/** Accounts and addresses that are named, and stories that are told. */
const shown = { names: 3, stories: 100 }

/** Windows' own accounts, and those of machines. */
const isHostsOwn = (account: string): boolean => isServiceAccount(account) || account.endsWith('$')

export function hostAnswer(board: Fleet, host: string): HostAnswer {
  const seen = board.seen
    .filter((row) => isSeen(row) && (row.host === host || row.target === host))
    .sort((a, b) => (a.time ?? 0) - (b.time ?? 0))
  const [users, origins] = [namesIn(seen, 'user'), namesIn(seen, 'origin')]
  const times = timesOf(seen, board.span)
  const stories = storiesOf(seen).sort((a, b) => (a.first.time ?? 0) - (b.first.time ?? 0))
  // what every host has is nobody who goes from one to another
  const [people, addresses] = [new Set([...users].filter((name) => !isHostsOwn(name))), origins]
  const around = board.seen.filter(
    ({ host: on, target, user, origin }) =>
      on === host ||
      target === host ||
      (user !== null && people.has(user)) ||
      (origin !== null && addresses.has(origin)),
  )
  return {
    findings: seen.length,
    worst: seen.reduce((most, { severity }) => Math.max(most, severity), 0),
    isWorst: board.sights[0]?.host === host,
    users: reachOf(seen, 'user', shown.names).map(({ name }) => name),
    origins: reachOf(seen, 'origin', shown.names).map(({ name }) => name),
    times,
    marks: marksOf(seen, times),
    stories: stories.length,
    told: stories.slice(0, shown.stories).map(toldStory),
    paths: users.size > 0 || origins.size > 0 ? pathsOf(around) : [],
  }
}

const namesIn = (rows: readonly Row[], by: 'user' | 'origin'): Set<string> =>
  new Set(rows.flatMap((row) => row[by] ?? []))
