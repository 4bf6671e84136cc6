import { jsonLine } from '../clean.ts'
import { markdownText } from '../forms/markdown.ts'
import type { Attestation } from './attestation.ts'
import { attestHtml } from './html.ts'
import { sectionsOf } from './sections.ts'

export {
  type Attestation,
  type AttestationBasis,
  type AttestedInput,
  type AttestedValidation,
  attestationOf,
  attestSchema,
} from './attestation.ts'

/** Forms of an attestation by the ending of its file. */
export const attestForms: Readonly<Record<string, (attestation: Attestation) => Iterable<string>>> = {
  '.html': attestHtml,
  '.md': attestMarkdown,
  '.json': (attestation) => [`${jsonLine(attestation)}\n`],
}

function* attestMarkdown(attestation: Attestation): Iterable<string> {
  yield '# Scheduled tasks: what was looked at, what could have been seen, what was found\n'
  for (const { title, lines, table } of sectionsOf(attestation)) {
    yield `\n## ${markdownText(title)}\n\n`
    for (const line of lines) yield `${markdownText(line)}\n\n`
    if (table === null) continue
    const row = (cells: readonly string[]) => `| ${cells.map(markdownText).join(' | ')} |\n`
    yield row(table.head)
    yield `|${table.head.map(() => '---|').join('')}\n`
    for (const cells of table.rows) yield row(cells)
  }
}
