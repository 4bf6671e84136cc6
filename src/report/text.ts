import { counted, grouped } from '../model/counted.ts'
import { type ScoredChain, type Severity, severities } from '../model/finding.ts'
import { clean } from './clean.ts'
import type { ReportOptions } from './json.ts'
import { hostName, legible } from './legible.ts'
import { problemText } from './problem.ts'
import { isFinding, type ScanResult } from './result.ts'
import { storyOf, timeOf, titleOf } from './story.ts'
import { unmetText } from './unmet.ts'
import { wrap } from './wrap.ts'

export interface TextOptions extends ReportOptions {
  /** ANSI colours; the caller knows whether somebody looks at a terminal. */
  readonly color: boolean
}

/** Problems listed before the rest is only counted. */
const listedProblems = 20

const colors: Record<Severity, string> = {
  critical: '\u001b[1;97;41m',
  high: '\u001b[1;31m',
  medium: '\u001b[1;33m',
  low: '\u001b[36m',
  informational: '\u001b[2m',
}

/** What a responder reads first: each finding as a small story, then what was read and what could not be seen. */
export function* textReport(result: ScanResult, options: TextOptions): Iterable<string> {
  const shown = result.chains.filter((c) => options.all || isFinding(c))
  const bySeverity = [...shown].sort(
    (a, b) =>
      severities.indexOf(b.score.severity) - severities.indexOf(a.score.severity) || b.score.bits - a.score.bits,
  )
  for (const scored of bySeverity) {
    yield `${[...headline(scored, options), ...storyOf(scored, result.inputs)].join('\n')}\n\n`
  }
  yield `${summary(result, options).join('\n')}\n`
}

function headline({ chain, score: { severity } }: ScoredChain, { color }: TextOptions): string[] {
  const label = ` ${severity.toUpperCase()} `
  return wrap(`${titleOf(chain)} on ${hostName(chain.host)}`, {
    first: `${color ? `${colors[severity]}${label}\u001b[0m` : label} `,
    rest: '    ',
    widthOfFirst: label.length + 1,
  })
}

/** What was read, what came of it, and what nobody could have seen in it. */
function summary(result: ScanResult, { all }: TextOptions): string[] {
  const { tally, chains } = result
  const indent = { first: '', rest: '  ' }
  const changes = new Map<string, number>()
  for (const { chain } of chains)
    if (chain.change) changes.set(chain.change.kind, (changes.get(chain.change.kind) ?? 0) + 1)
  const kinds = [...changes].sort().map(([kind, n]) => `${grouped(n)} ${kind}`)
  const runs = chains.reduce((sum, { chain }) => sum + (chain.runSummary?.count ?? 0), 0)
  const read = [
    `${counted(tally.files, 'file')} read (${megabytes(tally.bytes)})`,
    counted(tally.records, 'record'),
    counted(tally.hosts.length, 'host'),
    ...(tally.first && tally.last ? [`${timeOf(tally.first)} to ${timeOf(tally.last)}`] : []),
  ]
  return [
    ...wrap(read.join(', '), indent),
    ...wrap(
      `${counted(tally.facts, 'fact')} about tasks, processes and logons; changes: ${kinds.join(', ') || 'none'}; ${counted(runs, 'run')}`,
      indent,
    ),
    ...wrap(unmetText(result) ?? findingsText(result, all), indent),
    ...(tally.skippedFiles > 0 ? wrap(skippedText(tally), indent) : []),
    ...result.blindSpots.flatMap((spot) => wrap(clean(spot), { first: 'blind spot: ', rest: '  ' })),
    ...result.notes.flatMap(({ file, text }) =>
      wrap(`${legible(file)}: ${clean(text)}`, { first: 'note: ', rest: '  ' }),
    ),
    ...problemLines(result),
  ]
}

function findingsText({ chains, tally }: ScanResult, all: boolean): string {
  const counted = severities.toReversed().map((severity) => {
    const n = chains.filter((c) => c.score.severity === severity).length
    return { severity, n }
  })
  const found = counted.filter(({ severity, n }) => severity !== 'informational' && n > 0)
  const rest = counted.at(-1)?.n ?? 0
  const findings =
    found.map(({ severity, n }) => `${grouped(n)} ${severity}`).join(', ') ||
    `none${tally.facts === 0 ? ', for no record says anything about tasks, processes or logons' : ''}`
  return `findings: ${findings}${rest > 0 ? `; ${grouped(rest)} informational${all ? '' : ' not shown (--all)'}` : ''}`
}

/** Endings named before the rest is left out. */
const namedEndings = 8

function skippedText({ skippedFiles, skipped }: ScanResult['tally']): string {
  const named = skipped
    .slice(0, namedEndings)
    .map((kind) => `${grouped(kind.count)} ${kind.ending === '' ? 'without an ending' : `.${clean(kind.ending)}`}`)
  const more = skipped.length > namedEndings ? ', …' : ''
  return `${counted(skippedFiles, 'file')} of a kind that is not known, left alone: ${named.join(', ')}${more}`
}

/** What could not be read: silence would mean that all was well. */
function problemLines({ problems, unlistedProblems, unmet, tally }: ScanResult): string[] {
  const total = problems.length + unlistedProblems
  if (total === 0) return unmet !== null || tally.skippedFiles > 0 ? [] : ['everything in the files could be read']
  const listed = problems.slice(0, listedProblems)
  return [
    `${counted(total, 'piece')} could not be read:`,
    ...listed.flatMap((p) => wrap(problemText(p), { first: '  ', rest: '    ' })),
    ...(total > listed.length ? [`  … and ${grouped(total - listed.length)} more`] : []),
  ]
}

const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
