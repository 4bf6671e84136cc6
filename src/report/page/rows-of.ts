import type { PageIndex, Row } from './data.ts'

/** Rows of an index as they were. */
export function rowsOf(index: PageIndex): Row[] {
  const textOf = (number: number | undefined): string | null => index.texts[number ?? -1] ?? null
  return index.ids.map((id, number): Row => {
    const [change = 0, ran = 0, around = 0] = index.bits[number] ?? []
    return {
      id,
      kind: textOf(index.kinds[number]) ?? '',
      host: textOf(index.hosts[number]) ?? '',
      title: textOf(index.titles[number]) ?? '',
      gist: textOf(index.gists[number]) ?? '',
      severity: index.severities[number] ?? 0,
      bits: (change + ran + around) / 10,
      parts: [change / 10, ran / 10, around / 10],
      time: index.times[number] ?? null,
      end: index.ends[number] ?? null,
      verdict: textOf(index.verdicts[number]) ?? '',
      change: textOf(index.changes[number]),
      route: textOf(index.routes[number]),
      user: textOf(index.users[number]),
      origin: textOf(index.origins[number]),
      target: textOf(index.targets[number]),
      action: textOf(index.actions[number]),
      definition: textOf(index.definitions[number]),
      programs: (index.programs[number] ?? []).map((program) => textOf(program) ?? ''),
      hashes: (index.hashes[number] ?? []).map((hash) => textOf(hash) ?? ''),
      alike: String(index.alike[number] ?? number),
    }
  })
}
