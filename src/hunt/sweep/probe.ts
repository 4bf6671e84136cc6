/** What of an event is asked for. Each language says where it stands there. */
export type ProbeField = 'task' | 'content' | 'command-line' | 'image' | 'md5' | 'sha1' | 'sha256' | 'user' | 'address'

/** How a value must stand in a field, in any case. */
export type ProbeMatch = 'is' | 'contains' | 'begins' | 'ends'

/** One of the values in one field. */
export interface ProbeCondition {
  readonly field: ProbeField
  readonly match: ProbeMatch
  readonly values: readonly string[]
}

/** Something to ask of all events of a kind: a task that was made or changed, a process that began, somebody who logged on. */
export interface Probe {
  readonly breadth: 'narrow' | 'wide'
  /** In our words: no text of the input stands in it. */
  readonly title: string
  readonly event: 'task' | 'process' | 'logon'
  readonly asks: ProbeCondition
}

/** What a finding has that can be asked for. */
export interface SweepValues {
  readonly id: string
  readonly taskPath: string | null
  /** Command lines that it is to run, and those that its runs' first processes had. */
  readonly commandLines: readonly string[]
  /** Files that it is to start or to open, outside Windows' own folders. */
  readonly files: readonly string[]
  readonly hashes: readonly { readonly algorithm: 'md5' | 'sha1' | 'sha256'; readonly hash: string }[]
  /** Names without domains of the person who made the change. */
  readonly users: readonly string[]
  readonly addresses: readonly string[]
}

/** Values of one question: a query has to be read by a person, too. */
const mostValues = 8
/** What is asked for of a longer value is its beginning. */
const longest = 1_000
/** A name below a root is less than this and would be in every path. */
const leastOfName = 3

/** The questions that find what a finding shows elsewhere: first exactly so, then alike. */
export function probesOf(values: SweepValues): Probe[] {
  const { taskPath, commandLines, files, hashes, users, addresses } = values
  const leaf = taskPath?.split('\\').at(-1) ?? ''
  const names = files.map((path) => path.split(/[\\/]/).at(-1) ?? '').filter(({ length }) => length >= leastOfName)
  const of = (algorithm: 'md5' | 'sha1' | 'sha256') =>
    hashes.flatMap((one) => (one.algorithm === algorithm ? one.hash : []))
  const narrow = (title: string, event: Probe['event'], field: ProbeField, all: readonly string[]) =>
    probes({ breadth: 'narrow', title, event }, { field, match: 'is', values: all })
  const wide = (title: string, event: Probe['event'], asks: ProbeCondition) =>
    probes({ breadth: 'wide', title, event }, asks)
  return [
    ...narrow('a task of this path was made or changed', 'task', 'task', taskPath === null ? [] : [taskPath]),
    ...narrow('a process with this command line began', 'process', 'command-line', commandLines),
    ...narrow('a program with this SHA-256 began', 'process', 'sha256', of('sha256')),
    ...narrow('a program with this SHA-1 began', 'process', 'sha1', of('sha1')),
    ...narrow('a program with this MD5 began', 'process', 'md5', of('md5')),
    ...(leaf.length < leastOfName || `\\${leaf}` === taskPath
      ? []
      : wide('a task of this name was made or changed in any folder', 'task', {
          field: 'task',
          match: 'ends',
          values: [`\\${leaf}`],
        })),
    ...wide('a task was made or changed that names this file', 'task', {
      field: 'content',
      match: 'contains',
      values: names.map(asXml),
    }),
    ...wide('a program of this name began', 'process', {
      field: 'image',
      match: 'ends',
      values: names.map((name) => `\\${name}`),
    }),
    ...wide('a command line names this file', 'process', { field: 'command-line', match: 'contains', values: names }),
    ...wide('this person made or changed any task', 'task', { field: 'user', match: 'is', values: users }),
    ...wide('somebody logged on from this address', 'logon', { field: 'address', match: 'is', values: addresses }),
  ]
}

/** As text stands in a task's XML. */
export const asXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** One question, or several where its values cannot all be asked for in the same way. */
function probes(head: Omit<Probe, 'asks'>, { field, match, values }: ProbeCondition): Probe[] {
  const byMatch = new Map<ProbeMatch, Set<string>>()
  for (const value of values.slice(0, mostValues)) {
    const asked = askable(match, value)
    if (asked !== null) byMatch.set(asked.match, (byMatch.get(asked.match) ?? new Set()).add(asked.value))
  }
  return [...byMatch].map(([as, all]) => ({ ...head, asks: { field, match: as, values: [...all] } }))
}

/** Halves of characters and NUL, which no language can write. */
const unwritable = /[\0\p{Surrogate}]+/u

/** A value as it can be asked for: of a longer one its beginning, of one that no language can write its longest part. */
function askable(match: ProbeMatch, value: string): { match: ProbeMatch; value: string } | null {
  const parts = value.split(unwritable)
  if (parts.length > 1) {
    const longestPart = parts.reduce((best, part) => (part.length > best.length ? part : best), '')
    return longestPart.length < leastOfName ? null : askable('contains', longestPart)
  }
  if (value === '') return null
  if (value.length <= longest) return { match, value }
  const cut = value.slice(0, longest).replace(/\p{Surrogate}$/u, '')
  return { match: match === 'is' || match === 'begins' ? 'begins' : 'contains', value: cut }
}
