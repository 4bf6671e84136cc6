import type { Row } from './observations.ts'

/** The module that holds the table, as the formatter would write it. */
export function evidenceSource(rows: readonly Row[]): string {
  const [first] = rows
  const lines = rows.map(
    ({ id, counts, schtasks, interval, bits }) =>
      `  { id: '${id}', ordinary: ${counts.ordinary[0]}, attacks: ${counts.attack[0]}, schtasks: [${schtasks.ordinary[0]}, ${schtasks.attack[0]}], interval: [${interval.map((end) => Number(end.toFixed(1))).join(', ')}], bits: ${bits} },`,
  )
  return `// Written by scripts/weigh-evidence.ts: change the traits or the corpus, not this file.

/**
 * In how many distinct sources of real definitions each trait was seen, and what it is worth from that (\`weight-of-evidence.ts\`).
 * The definitions are public material, labelled by where they are from: docs/score.md.
 */
export const evidence = [
${lines.join('\n')}
] as const

/** How many distinct sources of ordinary tasks and of attacks there are, and how many of each are schtasks commands. */
export const sources = {
  ordinary: ${first?.counts.ordinary[1] ?? 0},
  attacks: ${first?.counts.attack[1] ?? 0},
  schtasks: [${first?.schtasks.ordinary[1] ?? 0}, ${first?.schtasks.attack[1] ?? 0}],
} as const
`
}
