import { describeAction } from '../model/canonical/index.ts'
import type { Actor, Chain } from '../model/chain.ts'
import { grouped } from '../model/counted.ts'
import type { ScoredChain, Verdict } from '../model/finding.ts'
import { hostKey } from '../model/host.ts'
import { formatInstant } from '../model/time.ts'
import type { Alike } from './alike.ts'
import { clean } from './clean.ts'
import { type Layout, painted } from './paragraph.ts'
import { titleOf } from './title.ts'
import { fitted, fittedTail, widthOfText } from './wrap.ts'

/** One finding at a glance. */
interface Row {
  readonly scored: ScoredChain
  readonly id: string
  readonly host: string
  readonly task: string
  /** From the whole to the shortest. */
  readonly who: readonly [string, ...string[]]
  readonly ran: Ran
  readonly when: string
}

interface Ran {
  /** The command line. */
  readonly command: string
  /** What it started: ` → whoami.exe`. */
  readonly below: string
}

/** From so many columns on a finding is one line; else two. */
const wideFrom = 120
const gap = '  '
const severityWidth = 'CRITICAL'.length
/** As much of an id as `explain` and people need: nothing else in any case seen begins alike. */
const idShown = 8
const whenWidth = 'yyyy-mm-dd hh:mm'.length
/** A name with an address: `administrator from 192.0.2.45`. What is to the right of it needs the room more. */
const widestWho = 29
/** Code units of a text of which a cell shows the beginning. */
const longestCell = 512

/** The findings, each as a line of what is asked first: how bad, where, what, who, what ran, when. */
export function* findingsTable(stories: readonly Alike[], layout: Layout): Iterable<string> {
  const called = shortNames(stories)
  const rows = stories.map((one) => rowOf(one, called))
  if (rows.length === 0) return
  yield* layout.width >= wideFrom ? wideRows(rows, layout) : narrowRows(rows, layout)
}

function* wideRows(rows: readonly Row[], layout: Layout): Iterable<string> {
  const room = layout.width - severityWidth - idShown - whenWidth - 6 * gap.length
  const host = widthFor(rows, 'host', 0.2 * room)
  const task = widthFor(rows, 'task', 0.28 * room)
  const who = widthFor(rows, 'who', 0.24 * room)
  const ran = room - host - task - who
  const line = (row: Pick<Row, 'host' | 'task' | 'who' | 'ran' | 'when'>) =>
    [fitted(row.host, host), taskFitted(row.task, task), whoFitted(row, who), ranFitted(row.ran, ran), row.when]
      .join(gap)
      .trimEnd()
  const head = line({
    host: 'HOST',
    task: 'TASK',
    who: ['WHO'],
    ran: { command: 'WHAT RAN', below: '' },
    when: 'WHEN (UTC)',
  })
  yield painted(`SEVERITY${gap}${fitted('ID', idShown)}${gap}${head}`, 'heading', layout)
  for (const row of rows)
    yield `${severityCell(row, layout)}${gap}${painted(row.id, 'faint', layout)}${gap}${line(row)}`
}

function* narrowRows(rows: readonly Row[], layout: Layout): Iterable<string> {
  const room = layout.width - severityWidth - 2 * gap.length
  const most = Math.min(0.4 * room, widestWho)
  const left = Math.max(widthFor(rows, 'host', most), widthFor(rows, 'who', most))
  const right = room - left
  const above = (host: string, task: string, when: string) =>
    `${fitted(host, left)}${gap}${taskFitted(task, right - whenWidth - gap.length)}${gap}${when}`.trimEnd()
  const below = (row: Pick<Row, 'who' | 'ran'>) => `${whoFitted(row, left)}${gap}${ranFitted(row.ran, right)}`.trimEnd()
  yield painted(`${fitted('SEVERITY', severityWidth)}${gap}${above('HOST', 'TASK', 'WHEN (UTC)')}`, 'heading', layout)
  yield painted(
    `${fitted('ID', severityWidth)}${gap}${below({ who: ['WHO'], ran: { command: 'WHAT RAN', below: '' } })}`,
    'heading',
    layout,
  )
  for (const row of rows) {
    yield `${severityCell(row, layout)}${gap}${above(row.host, row.task, row.when)}`
    yield `${painted(row.id, 'faint', layout)}${gap}${painted(below(row), 'faint', layout)}`
  }
}

function severityCell({ scored: { score } }: Row, layout: Layout): string {
  const word = score.severity === 'informational' ? 'INFO' : score.severity.toUpperCase()
  return `${painted(word, score.severity, layout)}${' '.repeat(severityWidth - word.length)}`
}

/** What the widest text of a column takes, within what it may. */
function widthFor(rows: readonly Row[], column: 'host' | 'task' | 'who', most: number): number {
  let width = column.length
  for (const row of rows) width = Math.max(width, widthOfText(column === 'who' ? row.who[0] : row[column]))
  return Math.floor(Math.min(width, most))
}

/** The longest of what it can be called that has room. */
const whoFitted = ({ who }: Pick<Row, 'who'>, width: number): string =>
  fitted(who.find((name) => widthOfText(name) <= width) ?? who.at(-1) ?? '', width)

/** Of a path that is too long the folders go first; of a name that is too long itself the end, which numbers fill. */
function taskFitted(task: string, width: number): string {
  const name = task.slice(task.lastIndexOf('\\'))
  if (widthOfText(name) < width || !task.startsWith('\\')) return fittedTail(task, width)
  return fitted(name === task ? name : `…${name}`, width)
}

/** Of a long command line the end goes first, and what it started stays, unless that is long, too. */
function ranFitted({ command, below }: Ran, width: number): string {
  const room = width - widthOfText(below)
  if (room < width / 2) return fitted(`${command}${below}`, width)
  return fitted(`${fitted(command, Math.min(room, widthOfText(command)))}${below}`, width)
}

/** Hosts by the first label of their names, where no two of these have the same. */
function shortNames(stories: readonly Alike[]): (host: string) => string {
  const hosts = new Set(stories.map(({ first }) => first.chain.host))
  const shared = [...Map.groupBy(hosts, hostKey).values()].filter((names) => names.length > 1).flat()
  return (host) => cellText(shared.includes(host) ? host : hostKey(host))
}

function rowOf({ first, more }: Alike, called: (host: string) => string): Row {
  const { chain, verdict } = first
  const hosts = new Set([first, ...more].map((one) => one.chain.host))
  const times = more.length > 0 && more.length + 1 > hosts.size ? ` ×${grouped(more.length + 1)}` : ''
  const dated = chain.at.time === 0 ? '' : formatInstant(chain.at).replace('T', ' ').slice(0, whenWidth)
  return {
    scored: first,
    id: fitted(idOf(chain.id), idShown),
    host: hosts.size > 1 ? `${grouped(hosts.size)} hosts` : called(chain.host) || '(no name)',
    task: `${cellText(titleOf(chain))}${times}`,
    who: whoOf(chain),
    ran: ranOf(chain, verdict),
    when: fitted(dated, whenWidth),
  }
}

const cellText = (text: string): string => clean(text.slice(0, longestCell)).trim()

/** As much of an id as is shown. */
export const idOf = (id: string): string => Array.from(cellText(id)).slice(0, idShown).join('')

/** Who made the change, else who cleared the log, else who asked for the run; with the domain and without. */
function whoOf(chain: Chain): [string, ...string[]] {
  const actor =
    chain.kind === 'log-cleared'
      ? chain.by
      : (chain.change?.actor ?? chain.runs.find(({ requestedBy }) => requestedBy !== null)?.requestedBy)
  if (!actor) return ['(not seen)']
  const from = actor.remote?.address ?? actor.remote?.host
  const whole = nameOf(actor, chain.host)
  const short = whole.slice(whole.indexOf('\\') + 1)
  const afar = from ? ` from ${cellText(from)}` : ''
  return [`${whole}${afar}`, `${short}${afar}`, `${short} (remote)`.slice(0, from ? undefined : short.length)]
}

/** An account without the domain where that is the host itself; without a name the program that acted. */
function nameOf({ user, sid, process }: Actor, host: string): string {
  const name = user ?? sid
  if (name === null) return process?.image ? cellText(`? with ${baseName(process.image)}`) : '(not known)'
  const [domain = '', account] = name.split('\\')
  return cellText(account !== undefined && domain.toLowerCase() === hostKey(host) ? account : name)
}

const notRun: Readonly<Record<Verdict, string>> = {
  outlier: '',
  ordinary: '',
  'not-run': '(no run) ',
  'run-not-visible': '(run not visible) ',
}

/** What the task ran, and below it; where no run was seen, what it is to run. */
function ranOf(chain: Chain, verdict: Verdict): Ran {
  const plain = (text: string): Ran => ({ command: cellText(text), below: '' })
  if (chain.kind === 'log-cleared') return plain('')
  const processes = chain.runs.flatMap((run) => run.processes)
  const root = processes.find(({ depth }) => depth === 0)
  if (root !== undefined) {
    const below = new Set(processes.filter(({ depth }) => depth > 0).map(({ image }) => baseName(image ?? '?')))
    below.delete('conhost.exe') // stands below every console
    const others = below.size === 0 ? '' : ` → ${cellText([...below].join(', '))}`
    return { command: cellText(shortCommand(root.commandLine ?? root.image ?? '?')), below: others }
  }
  const [action] = chain.definition?.actions ?? []
  const planned = action ? describeAction(action) : (chain.statedAction ?? '')
  return plain(`${chain.runs.length > 0 ? '' : notRun[verdict]}${shortCommand(planned)}`)
}

/** A command line without the folder of its program, which a cell has no room for. */
const shortCommand = (line: string): string =>
  line
    .slice(0, longestCell)
    .replace(/^"?(?:[a-z]:|%\w+%|\\)[^"<>|*?\r\n]*?\\([^\\"/\s]+\.(?:exe|com|bat|cmd|scr))"?(?=\s|$)/i, '$1')

const baseName = (path: string): string => path.slice(path.lastIndexOf('\\') + 1)
