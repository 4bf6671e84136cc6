import { eqlQuery } from './eql.ts'
import { kqlQuery } from './kql.ts'
import { type Probe, probesOf, type SweepValues } from './probe.ts'
import { sigmaRule } from './sigma.ts'
import { splQuery } from './spl.ts'
import { vqlQuery } from './vql.ts'

export { type Probe, probesOf, type SweepValues } from './probe.ts'
export { valuesOf } from './values.ts'

export interface SweepLanguage {
  readonly query: (probe: Probe, id: string) => string
  readonly comment: (text: string) => string
  readonly between: string
}

const slashes = (text: string): string => `// ${text}`

/** Languages in which a finding's values can be asked for. */
export const sweepLanguages = {
  sigma: { query: sigmaRule, comment: (text) => `# ${text}`, between: '\n---\n' },
  kql: { query: kqlQuery, comment: slashes, between: '\n\n' },
  spl: { query: splQuery, comment: (text) => `\`\`\` ${text} \`\`\``, between: '\n\n' },
  eql: { query: eqlQuery, comment: slashes, between: '\n\n' },
  vql: { query: vqlQuery, comment: (text) => `-- ${text}`, between: '\n\n' },
} satisfies Record<string, SweepLanguage>
export type SweepLanguageName = keyof typeof sweepLanguages

/** Queries for what a finding shows, narrow ones first; each under a line that says what it asks. */
export function sweepText(values: SweepValues, name: SweepLanguageName): string {
  const { query, comment, between }: SweepLanguage = sweepLanguages[name]
  const id = values.id.replaceAll(/[^\w-]/g, '')
  const probes = probesOf(values)
  if (probes.length === 0) return `${comment(`finding ${id} has no value that could be asked for`)}\n`
  return `${probes.map((probe) => `${comment(`${probe.breadth}: ${probe.title} (finding ${id})`)}\n${query(probe, id)}`).join(between)}\n`
}
