import { counted, grouped } from '../model/counted.ts'
import { type ScoredChain, type Severity, severities } from '../model/finding.ts'
import { alike } from './alike.ts'
import { clean } from './clean.ts'
import type { ReportOptions } from './json.ts'
import { hostName, legible } from './legible.ts'
import { problemText } from './problem.ts'
import { isFinding, type ScanResult } from './result.ts'
import { moreAlike, storyOf, timeOf, titleOf } from './story.ts'
import { unmetText } from './unmet.ts'
import { columns, endWithin, wrap } from './wrap.ts'

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

/**
 * What a responder reads first: each finding as a small story, those that are alike as one, then what was read and what could not
 * be seen.
 */
export function* textReport(result: ScanResult, options: TextOptions): Iterable<string> {
  const shown = result.chains.filter((c) => options.all || isFinding(c))
  const bySeverity = [...shown].sort(
    (a, b) =>
      severities.indexOf(b.score.severity) - severities.indexOf(a.score.severity) || b.score.bits - a.score.bits,
  )
  const stories = alike(bySeverity)
  for (const { first, more } of stories) {
    const lines = [...headline(first, options), ...storyOf(first, result.inputs), ...moreAlike(first, more)]
    yield `${lines.join('\n')}\n\n`
  }
  yield `${summary(result, options, shown.length - stories.length).join('\n')}\n`
}

function headline({ chain, score: { severity } }: ScoredChain, { color }: TextOptions): string[] {
  const label = ` ${severity.toUpperCase()} `
  const where = ` on ${hostName(chain.host)}`
  return wrap(`${title(titleOf(chain), columns - label.length - 1 - where.length)}${where}`, {
    first: `${color ? `${colors[severity]}${label}\u001b[0m` : label} `,
    rest: '    ',
    widthOfFirst: label.length + 1,
  })
}

/** What is left of a title that is cut, however much else is in its line. */
const leastOfTitle = 20
/** No title of two lines has more, marks and what is shown as an escape aside. */
const longestTitle = 512

/** A title that takes no more than two lines as it is; of a longer one as much as fits into the room of one, with its length. */
function title(text: string, room: number): string {
  const whole = clean(text.slice(0, longestTitle)).trim()
  if (text.length <= longestTitle && endWithin(whole, 0, room + columns) === whole.length) return whole
  const length = `… (${counted(text.length, 'character')})`
  return `${whole.slice(0, endWithin(whole, 0, Math.max(room - length.length, leastOfTitle)))}${length}`
}

/** What was read, what came of it, and what nobody could have seen in it. */
function summary(result: ScanResult, { all }: TextOptions, toldWithOthers: number): string[] {
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
    ...wrap(unmetText(result) ?? findingsText(result, all, toldWithOthers), indent),
    ...(tally.skippedFiles > 0 ? wrap(skippedText(tally), indent) : []),
    ...result.blindSpots.flatMap((spot) => wrap(clean(spot), { first: 'blind spot: ', rest: '  ' })),
    ...result.notes.flatMap(({ file, text }) =>
      wrap(`${legible(file)}: ${clean(text)}`, { first: 'note: ', rest: '  ' }),
    ),
    ...problemLines(result),
  ]
}

function findingsText({ chains, tally }: ScanResult, all: boolean, toldWithOthers: number): string {
  const counted = severities.toReversed().map((severity) => {
    const n = chains.filter((c) => c.score.severity === severity).length
    return { severity, n }
  })
  const found = counted.filter(({ severity, n }) => severity !== 'informational' && n > 0)
  const rest = counted.at(-1)?.n ?? 0
  const findings =
    found.map(({ severity, n }) => `${grouped(n)} ${severity}`).join(', ') ||
    `none${tally.facts === 0 ? ', for no record is of a kind that is used' : ''}`
  const others = rest > 0 ? `; ${grouped(rest)} informational${all ? '' : ' not shown (--all)'}` : ''
  const told = toldWithOthers > 0 ? `; of these ${grouped(toldWithOthers)} alike, told with another` : ''
  return `findings: ${findings}${others}${told}`
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
