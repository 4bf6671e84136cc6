import { counted, grouped } from '../model/counted.ts'
import { isOfTask, type ScoredChain, severities } from '../model/finding.ts'
import { append } from '../model/lists.ts'
import { type Alike, alike } from './alike.ts'
import { clean } from './clean.ts'
import { findingsTable, idOf } from './findings-table.ts'
import { hostName, legible } from './legible.ts'
import { notThereText } from './not-there.ts'
import { type Layout, linesOf, painted, plainLayout } from './paragraph.ts'
import { type Places, placesOf } from './places.ts'
import { problemText } from './problem.ts'
import type { ScanResult } from './result.ts'
import { ofSeverity, type ReportOptions, worstFirst } from './shown.ts'
import { moreAlike, storyLines, storyOf, storyWithin, timeOf } from './story.ts'
import { titleOf } from './title.ts'
import { unmetText } from './unmet.ts'
import { endWithin, wrap } from './wrap.ts'

export interface TextOptions extends ReportOptions, Partial<Layout> {
  /** The table without the stories. */
  readonly table?: boolean
}

/** Problems listed before the rest is only counted. */
const listedProblems = 20
/** Findings told without `--limit`; those that are alike are one. */
const toldFindings = 30
/** Lines of a story: what a screen shows at once. */
const storyRows = 44

/**
 * What a responder reads first: the findings as a table, the worst first; each as a small story, those that are alike as one; then what
 * could not be seen, and what was read.
 */
export function* textReport(result: ScanResult, options: TextOptions): Iterable<string> {
  const layout = { ...plainLayout, ...options }
  const shown = ofSeverity(result, options)
  const limit = options.limit === undefined ? toldFindings : (options.limit ?? Number.POSITIVE_INFINITY)
  const all = alike(worstFirst(shown))
  const stories = all.slice(0, limit)
  const places = placesOf(result.inputs)
  const found = unmetText(result) ?? findingsText(result, options, shown.length - all.length)
  yield `${[...answer(stories, found, notThereText(result), layout), ...howToSeeMore(all, stories, layout, options)].join('\n')}\n\n`
  const told = options.table ? [] : stories
  for (const { first, more } of told) yield `${story(first, more, places, layout).join('\n')}\n\n`
  yield `${[...unseen(result, places, layout), ...readLines(result, places, layout), ...closing(told, found, layout)].join('\n')}\n`
}

/** What was found, and what nobody could have found. */
function* answer(
  stories: readonly Alike[],
  found: string,
  notThere: string | undefined,
  layout: Layout,
): Iterable<string> {
  yield* wrap(found, { first: '', rest: '  ' }, layout.width).map((line) => painted(line, 'heading', layout))
  if (notThere !== undefined) yield* wrap(notThere, { first: '', rest: '  ' }, layout.width)
  if (stories.length === 0) return
  yield ''
  yield* findingsTable(stories, layout)
}

function howToSeeMore(
  all: readonly Alike[],
  stories: readonly Alike[],
  layout: Layout,
  { table = false }: TextOptions,
): string[] {
  const [worst] = stories
  if (worst === undefined) return []
  const left = all.length - stories.length
  const rest = left > 0 ? `${grouped(left)} more: --limit ${all.length}; ` : ''
  const below = table ? '' : 'told one by one below; '
  const text = `${rest}${below}all about one: tasktrail explain ${idOf(worst.first.chain.id)} PATH`
  return ['', ...linesOf({ text, first: '', rest: '  ', tone: 'faint' }, layout)]
}

/** On a terminal the end is what is seen: it says again what was found. */
function closing(stories: readonly Alike[], found: string, layout: Layout): string[] {
  if (stories.length === 0) return []
  return wrap(`${found}; the table is at the top, alone with --table`, { first: '', rest: '  ' }, layout.width).map(
    (line) => painted(line, 'heading', layout),
  )
}

/** One finding as the report tells it, on plain lines, however many. */
export const findingText = (scored: ScoredChain, inputs: readonly string[]): string =>
  [...headline(scored, plainLayout), ...storyLines(storyOf(scored, placesOf(inputs)), plainLayout)].join('\n')

function story(first: ScoredChain, more: readonly ScoredChain[], places: Places, layout: Layout): string[] {
  const lines = headline(first, layout)
  const screen = {
    rows: storyRows,
    more: `all of it: tasktrail explain ${idOf(first.chain.id)} PATH`,
  }
  append(lines, storyWithin(storyOf(first, places), layout, screen))
  for (const paragraph of moreAlike(first, more)) append(lines, linesOf(paragraph, layout))
  return lines
}

/** The line that a story begins with: how bad, what and where. */
export function headline({ chain, score: { severity } }: ScoredChain, layout: Layout): string[] {
  const label = ` ${severity.toUpperCase()} `
  const where = ` on ${hostName(chain.host)}`
  const [line = '', ...rest] = wrap(
    `${title(titleOf(chain), layout.width - label.length - 1 - where.length, layout)}${where}`,
    { first: `${painted(label, severity, layout)} `, rest: '    ', widthOfFirst: label.length + 1 },
    layout.width,
  )
  return [line, ...rest]
}

/** What is left of a title that is cut, however much else is in its line. */
const leastOfTitle = 20
/** No title of two lines has more, marks and what is shown as an escape aside. */
const longestTitle = 512

/** A title that takes no more than two lines as it is; of a longer one as much as fits into the room of one, with its length. */
function title(text: string, room: number, { width }: Layout): string {
  const whole = clean(text.slice(0, longestTitle)).trim()
  if (text.length <= longestTitle && endWithin(whole, 0, room + width) === whole.length) return whole
  const length = `… (${counted(text.length, 'character')})`
  return `${whole.slice(0, endWithin(whole, 0, Math.max(room - length.length, leastOfTitle)))}${length}`
}

/** What nobody could have seen in the input, what should be known of it, and what could not be read. */
function unseen(result: ScanResult, places: Places, layout: Layout): string[] {
  const lines: string[] = []
  const say = (text: string, first: string, rest = '  ') => append(lines, wrap(text, { first, rest }, layout.width))
  for (const spot of result.blindSpots) say(clean(spot), 'blind spot: ')
  for (const { file, text } of result.notes) say(`${relative(file, places)}: ${clean(text)}`, 'note: ')
  if (result.tally.skippedFiles > 0) say(skippedText(result.tally), '')
  append(lines, problemLines(result, places, layout))
  if (lines.length === 0) return []
  return [painted('what could not be seen', 'heading', layout), ...lines, '']
}

const relative = (file: string, { root }: Places): string =>
  legible(file.startsWith(root) ? file.slice(root.length) : file)

/** What was read, and what there was of changes and runs. */
function readLines(
  { tally, chains, problems, unlistedProblems, unmet }: ScanResult,
  { root }: Places,
  layout: Layout,
): string[] {
  const changes = new Map<string, number>()
  const ofTasks = chains.filter(isOfTask)
  for (const { chain } of ofTasks)
    if (chain.change) changes.set(chain.change.kind, (changes.get(chain.change.kind) ?? 0) + 1)
  const kinds = [...changes].sort().map(([kind, n]) => `${grouped(n)} ${kind}`)
  const runs = ofTasks.reduce((sum, { chain }) => sum + (chain.runSummary?.count ?? 0), 0)
  const below = root === '' ? '' : ` below ${legible(root)}`
  const read = [
    `${counted(tally.files, 'file')} read (${megabytes(tally.bytes)})${below}`,
    counted(tally.records, 'record'),
    counted(tally.hosts.length, 'host'),
    ...(tally.first && tally.last ? [`${timeOf(tally.first)} to ${timeOf(tally.last)}`] : []),
  ]
  const facts = `${counted(tally.facts, 'fact')} about tasks, processes and logons; changes: ${kinds.join(', ') || 'none'}; ${counted(runs, 'run')}`
  const isWhole = problems.length + unlistedProblems + tally.skippedFiles === 0 && unmet === null
  const whole = isWhole ? ['everything in the files could be read'] : []
  return [read.join(', '), facts, ...whole].flatMap((text) => wrap(text, { first: '', rest: '  ' }, layout.width))
}

function findingsText({ chains, tally }: ScanResult, options: ReportOptions, toldWithOthers: number): string {
  const numbers = severities.toReversed().map((severity) => {
    const n = chains.filter((c) => c.score.severity === severity).length
    return { severity, n }
  })
  const least = severities.indexOf(options.minSeverity ?? (options.all ? 'informational' : 'low'))
  const found = numbers.filter(({ severity, n }) => severity !== 'informational' && n > 0)
  const rest = numbers.at(-1)?.n ?? 0
  const findings =
    found
      .map(
        ({ severity, n }) => `${grouped(n)} ${severity}${severities.indexOf(severity) < least ? ' (not shown)' : ''}`,
      )
      .join(', ') || `none${tally.facts === 0 ? ', for no record is of a kind that is used' : ''}`
  const others = rest > 0 ? `; ${grouped(rest)} informational${least === 0 ? '' : ' not shown (--all)'}` : ''
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
function problemLines({ problems, unlistedProblems }: ScanResult, places: Places, layout: Layout): string[] {
  const total = problems.length + unlistedProblems
  if (total === 0) return []
  const listed = problems.slice(0, listedProblems)
  return [
    `${counted(total, 'piece')} could not be read:`,
    ...listed.flatMap((p) =>
      wrap(
        problemText({ ...p, file: p.file.startsWith(places.root) ? p.file.slice(places.root.length) : p.file }),
        { first: '  ', rest: '    ' },
        layout.width,
      ),
    ),
    ...(total > listed.length ? [`  … and ${grouped(total - listed.length)} more`] : []),
  ]
}

const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
