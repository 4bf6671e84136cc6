import type { Row } from '../data.ts'

/** Of a story told, hosts that are named and findings that can be chosen by it. */
const told = { hosts: 40, ids: 1_000 }

/** Findings of which the first tells the story of them all. */
export interface Story {
  readonly first: Row
  readonly all: readonly Row[]
}

/** A story as a list shows it. */
export interface ToldStory {
  readonly first: Row
  readonly count: number
  /** Of its findings: all, or the first thousand. */
  readonly ids: readonly string[]
  readonly hosts: readonly string[]
  readonly hostCount: number
}

/** Alike findings as one story, each where its first stands. */
export function storiesOf(rows: readonly Row[]): Story[] {
  const stories = new Map<string, Row[]>()
  for (const row of rows) {
    const known = stories.get(row.alike)
    if (known) known.push(row)
    else stories.set(row.alike, [row])
  }
  return [...stories.values()].flatMap((all) => (all[0] ? [{ first: all[0], all }] : []))
}

export function toldStory({ first, all }: Story): ToldStory {
  const hosts = new Set(all.map(({ host }) => host))
  return {
    first,
    count: all.length,
    ids: all.slice(0, told.ids).map(({ id }) => id),
    hosts: [...hosts].slice(0, told.hosts),
    hostCount: hosts.size,
  }
}
