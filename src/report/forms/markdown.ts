import type { Evidence } from '../../model/chain.ts'
import { counted, grouped } from '../../model/counted.ts'
import type { ScoredChain } from '../../model/finding.ts'
import { formatInstant, type Instant } from '../../model/time.ts'
import { alike } from '../alike.ts'
import { clean } from '../clean.ts'
import { legible } from '../legible.ts'
import { type Places, placesOf } from '../places.ts'
import { problemText } from '../problem.ts'
import type { ScanResult } from '../result.ts'
import { type ReportOptions, shownOf, worstFirst } from '../shown.ts'
import { toldOf } from '../told.ts'
import { unmetText } from '../unmet.ts'
import { techniqueOf } from './attack.ts'
import { eventsOf } from './events.ts'
import { actorOf, addressOf, plannedOf, runsAsOf } from './gist.ts'

/** How much of one finding a ticket tells; JSON has it all. */
const told = { events: 60, evidence: 60, records: 400, hosts: 50, problems: 50 }

/**
 * Findings as a ticket, the worst first, what is alike once. All text of the input stands in code, where no forge or tracker makes a
 * link, a mention, an image or markup of it.
 */
export function* markdownTicket(result: ScanResult, options: ReportOptions): Iterable<string> {
  const places = placesOf(result.inputs)
  const stories = alike(worstFirst(shownOf(result, options)))
  yield `# Scheduled tasks: ${unmetText(result) === null ? counted(stories.length, 'finding') : 'nothing was looked at'}\n\n`
  const unmet = unmetText(result)
  if (unmet !== null) yield `${markdownText(unmet)}\n\n`
  if (stories.length > 0) {
    yield '| severity | host | task | who | when (UTC) | id |\n|---|---|---|---|---|---|\n'
    for (const { first, more } of stories) yield tableRow(first, new Set(more.map(({ chain }) => chain.host)).size)
    yield '\n'
  }
  for (const { first, more } of stories) yield* finding(first, more, places)
  yield* limits(result, places)
}

function tableRow(scored: ScoredChain, more: number): string {
  const { chain, score } = toldOf(scored)
  const actor = actorOf(chain)
  const others = more > 0 ? ` and ${counted(more, 'other host')}` : ''
  const cells = [
    score.severity,
    `${code(chain.host)}${others}`,
    code(chain.title),
    actor?.user ? code(actor.user) : '',
    timeOf(chain.at),
    code(chain.id),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
}

function* finding(scored: ScoredChain, more: readonly ScoredChain[], places: Places): Iterable<string> {
  const { chain, score, verdict } = toldOf(scored)
  yield `## ${score.severity}: ${code(chain.title)} on ${code(chain.host)}\n\n`
  const facts: [string, string][] = []
  const put = (name: string, value: string | null | undefined) => {
    if (value) facts.push([name, value])
  }
  const actor = actorOf(chain)
  put('id', code(chain.id))
  put('weight', `${score.bits.toFixed(1)} bits, verdict ${verdict}`)
  put('made by', actor?.user ? code(actor.user) : actor?.sid ? code(actor.sid) : null)
  put('from', addressOf(actor) === null ? null : code(addressOf(actor) ?? ''))
  put('with', actor?.process?.commandLine ? code(actor.process.commandLine) : null)
  put('route', chain.change ? `${chain.change.route}, attribution ${chain.change.confidence}` : null)
  put('attributed because', chain.change ? markdownText(chain.change.because) : null)
  for (const line of plannedOf(chain).slice(0, told.events)) put('to run', code(line))
  put('runs as', runsAsOf(chain) === null ? null : code(runsAsOf(chain) ?? ''))
  put('definition hash', chain.definitionHash === null ? null : code(chain.definitionHash))
  for (const { path, file } of chain.payload)
    put(
      'file',
      [path, file?.sha256 ?? file?.sha1 ?? file?.md5]
        .filter(Boolean)
        .map((one) => code(one ?? ''))
        .join(' '),
    )
  put(
    'ATT&CK',
    techniqueOf(scored)
      .map(({ id, name }) => `${id} ${name}`)
      .join(', '),
  )
  yield facts.map(([name, value]) => `- **${name}**: ${value}\n`).join('')
  if (more.length > 0) {
    const hosts = [...new Set(more.map((one) => one.chain.host))].sort()
    yield `- **alike**: ${grouped(more.length)} more, on ${hosts.slice(0, told.hosts).map(code).join(', ')}${hosts.length > told.hosts ? ', …' : ''}\n`
  }
  yield* list(
    'What happened',
    eventsOf(chain).map(
      (event) => `${timeOf(event)} ${event.user === null ? '' : `${code(event.user)}: `}${code(event.says)}`,
    ),
    told.events,
  )
  yield* list(
    'Why',
    score.factors.map(({ bits, says }) => `${bits > 0 ? '+' : ''}${bits.toFixed(1)} ${markdownText(says)}`),
    told.events,
  )
  yield* list('Could not be seen', chain.blindSpots.map(markdownText), told.events)
  yield* list('Evidence', evidenceItems(chain.evidence, places), told.evidence)
  yield '\n'
}

/** The records of each log in one item. */
function evidenceItems(evidence: readonly Evidence[], places: Places): string[] {
  const byLog = new Map<string, string[]>()
  for (const { source, channel, eventId, recordId, artifact } of evidence.slice(0, told.records)) {
    const log = `${code(places.nameOf(source))}${artifact === undefined ? `, ${code(channel)}` : ''}`
    const record = artifact ?? `${eventId} #${recordId}`
    const known = byLog.get(log)
    if (known) known.push(record)
    else byLog.set(log, [record])
  }
  const more = evidence.length - told.records
  return [
    ...[...byLog].map(([log, records]) => `${log}: ${records.join(', ').replaceAll('#', '\\#')}`),
    ...(more > 0 ? [`and ${counted(more, 'more record')}`] : []),
  ]
}

function* list(heading: string, items: readonly string[], most: number): Iterable<string> {
  if (items.length === 0) return
  yield `\n### ${heading}\n\n${items
    .slice(0, most)
    .map((item) => `- ${item}\n`)
    .join('')}`
  if (items.length > most) yield `- … and ${grouped(items.length - most)} more\n`
}

/** What nobody could have seen, and what could not be read. */
function* limits({ blindSpots, problems, unlistedProblems, tally }: ScanResult, { root }: Places): Iterable<string> {
  yield `## What was read\n\n${counted(tally.files, 'file')}, ${counted(tally.records, 'record')}, ${counted(tally.hosts.length, 'host')}`
  yield tally.first && tally.last ? `, ${timeOf(tally.first)} to ${timeOf(tally.last)}\n` : '\n'
  yield* list('Blind spots', blindSpots.map(markdownText), told.problems)
  const unread = problems.map((problem) =>
    markdownText(problemText({ ...problem, file: shortened(problem.file, root) })),
  )
  yield* list('Could not be read', unread, told.problems)
  if (unlistedProblems > 0) yield `\n${counted(unlistedProblems, 'more piece')} could not be read.\n`
}

const shortened = (file: string, root: string): string => (file.startsWith(root) ? file.slice(root.length) : file)

const timeOf = (at: Instant): string => (at.time === 0 ? '' : formatInstant(at).replace('T', ' '))

/** A code span that its own text cannot end. Source: https://spec.commonmark.org/0.31.2/#code-spans */
function code(text: string): string {
  const safe = legible(text) || ' '
  let longest = 0
  for (const [run] of safe.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  const fence = '`'.repeat(longest + 1)
  const pad = /^`|`$|^ .* $/.test(safe) ? ' ' : ''
  return `${fence}${pad}${safe}${pad}${fence}`
}

/** A sentence of ours in which text of the input may stand: nothing in it is markup, a link, a mention or an issue. */
export const markdownText = (text: string): string =>
  clean(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~$]/g, '\\$&')
    .replaceAll('@', '&#64;')
    .replaceAll('://', '&#58;//')
    .replaceAll(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`)
