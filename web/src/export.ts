import { clean } from '../../src/report/clean.ts'
import { csvLine } from '../../src/report/csv-line.ts'
import type { FindingJson, Row, Source } from './data/source.ts'
import { severityNames } from './data/source.ts'
import { clock, verdictWords } from './words.ts'

export type ExportForm = 'json' | 'csv' | 'markdown'

/** Findings that are asked for at once. */
const atOnce = 50

/** What is done with chosen findings outside of the page. */
export async function exported(source: Source, ids: readonly string[], form: ExportForm): Promise<string> {
  const [rows, findings]: [Row[], FindingJson[]] = [[], []]
  for (let at = 0; at < ids.length; at += atOnce) {
    const some = ids.slice(at, at + atOnce)
    if (form !== 'json') for (const row of await source.ask({ ask: 'rows', ids: some })) rows.push(row)
    if (form !== 'csv') for (const finding of await source.findings(some)) findings.push(finding)
  }
  if (form === 'csv') return csv(rows)
  if (form === 'json') return `${JSON.stringify(findings, null, 1)}\n`
  const byId = new Map(findings.map((finding) => [finding.id, finding]))
  return rows.map((row) => markdown(row, byId.get(row.id))).join('\n')
}

export function download(text: string, name: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const columns: readonly (readonly [name: string, say: (row: Row) => string | number | null])[] = [
  ['id', ({ id }) => id],
  ['severity', ({ severity }) => severityNames[severity] ?? ''],
  ['bits', ({ bits }) => bits],
  ['time', ({ time }) => (time === null ? null : new Date(time).toISOString())],
  ['host', ({ host }) => host],
  ['task', ({ title }) => title],
  ['change', ({ change }) => change],
  ['route', ({ route }) => route],
  ['user', ({ user }) => user],
  ['from', ({ origin }) => origin],
  ['verdict', ({ verdict }) => verdict],
  ['action', ({ action }) => action],
  ['programs', ({ programs }) => programs.join(' ')],
  ['hashes', ({ hashes }) => hashes.join(' ')],
  ['gist', ({ gist }) => gist],
]

const csv = (rows: readonly Row[]): string =>
  [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, say]) => say(row)))].map(csvLine).join('')

/** Text of the input in a span of code, which no mark in it can leave. */
function code(text: string): string {
  const plain = clean(text)
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).slice(0, 1000).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 || plain.startsWith('`') ? `${fence} ${plain} ${fence}` : `${fence}${plain}${fence}`
}

/** Text of the input between other words: no mark of Markdown or HTML in it is one. */
const prose = (text: string): string => clean(text).replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&')

function markdown(row: Row, finding: FindingJson | undefined): string {
  const lines = [
    `## ${severityNames[row.severity]?.toUpperCase()}: ${code(row.title)} on ${code(row.host)}`,
    '',
    prose(row.gist),
    '',
    `- ${row.bits.toFixed(1)} bits, ${verdictWords[row.verdict] ?? row.verdict}, id ${code(row.id)}`,
    `- when: ${clock(row.time)} UTC`,
  ]
  if (row.user !== null)
    lines.push(
      `- who: ${code(row.user)}${row.origin === null ? '' : ` from ${code(row.origin)}`}${row.route === null ? '' : ` through ${row.route}`}`,
    )
  if (row.action !== null) lines.push(`- starts: ${code(row.action)}`)
  if (!finding) return `${lines.join('\n')}\n`
  for (const run of finding.runs)
    for (const process of run.processes)
      lines.push(`- ran ${process.time}: ${code(process.commandLine ?? process.image ?? '?')} (pid ${process.pid})`)
  lines.push('', '| bits | why |', '| ---: | --- |')
  for (const { bits, says } of finding.score.factors) lines.push(`| ${bits.toFixed(1)} | ${prose(says)} |`)
  lines.push('', 'Evidence:', '')
  for (const one of finding.evidence) {
    const record = one.recordId === null ? one.artifact : `${one.channel} ${one.eventId} #${one.recordId}`
    lines.push(`- ${code(one.source)}: ${prose(record ?? '')}, ${one.time ?? 'no time'}`)
  }
  return `${lines.join('\n')}\n`
}
