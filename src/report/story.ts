import type { Actor, Chain, Change, Circumstance, Evidence, Run, RunProcess } from '../model/chain.ts'
import { counted, grouped } from '../model/counted.ts'
import type { StartedBy } from '../model/fact.ts'
import type { ScoredChain } from '../model/finding.ts'
import { append, itemAt } from '../model/lists.ts'
import { compareInstants, formatInstant, type Instant } from '../model/time.ts'
import { definitionLines } from './definition-lines.ts'
import { fileLines } from './file-identity.ts'
import { accountName, legible } from './legible.ts'
import { wrap } from './wrap.ts'

/** What is told in full before the rest is only counted: a page, not a flood. JSON has it all. */
const told = { processes: 24, runs: 6, evidence: 24, others: 12 }

/** The lines of one chain below its title: what happened in order of time, why it stands out, what was not seen, the proof. */
export function storyOf({ chain, score, verdict }: ScoredChain, inputs: readonly string[]): string[] {
  const judged = kindSays[chain.kind] ?? `, ${verdictSays[verdict]}`
  const lines = wrap(`${score.bits.toFixed(1)} bits${judged}, id ${legible(chain.id)}`, { first: '  ', rest: '    ' })
  if (chain.partOf !== null)
    append(lines, wrap(`belongs to the story of id ${legible(chain.partOf)}`, { first: '  ', rest: '    ' }))
  append(lines, timeline(chain))
  lines.push('  why')
  for (const { bits, says } of score.factors) {
    const weight = `${bits > 0 ? '+' : ''}${bits.toFixed(1)}`.padStart(5)
    append(lines, wrap(legible(says), { first: `    ${weight}  `, rest: '           ' }))
  }
  if (score.factors.length === 0) lines.push('           nothing about it stands out')
  if (chain.blindSpots.length > 0) lines.push('  could not be seen')
  for (const spot of chain.blindSpots) append(lines, wrap(legible(spot), { first: '    - ', rest: '      ' }))
  append(lines, evidenceLines(chain.evidence, inputs))
  return lines
}

/** Ids of alike chains that are named. */
const namedIds = 3

/** The line that stands for chains alike to the one that was told. */
export function moreAlike(first: ScoredChain, more: readonly ScoredChain[]): string[] {
  if (more.length === 0) return []
  const all = [first, ...more]
  const times = more.map(({ chain }) => chain.at).sort(compareInstants)
  const [from, to] = [itemAt(times, 0), itemAt(times, times.length - 1)]
  const when = from.time === to.time ? timeOf(from) : `${timeOf(from)} to ${timeOf(to)}`
  const weights = all.map(({ score }) => score.bits.toFixed(1))
  const bits = new Set(weights).size === 1 ? '' : `, down to ${weights.at(-1)} bits`
  const ids = more.slice(0, namedIds).map(({ chain }) => legible(chain.id))
  const rest = more.length > namedIds ? ', …' : ''
  const text = `and ${grouped(more.length)} more alike, ${when}${bits} (${more.length === 1 ? 'id' : 'ids'}: ${ids.join(', ')}${rest})`
  return wrap(text, { first: '  ', rest: '    ' })
}

/** What a chain is called, as the input writes it: its task, the log that was cleared, or the process whose task is not known. */
export function titleOf(chain: Chain): string {
  if (chain.kind === 'log-cleared') {
    const [what] = chain.circumstances
    return `log ${what?.what ?? '?'} ${what?.kind === 'log-cleared' ? 'cleared' : 'wiped'}`
  }
  if (chain.taskPath !== null) return chain.taskPath
  const root = chain.runs[0]?.processes[0]
  return root ? `unknown task: ${root.commandLine ?? root.image ?? '?'}` : '(task not named)'
}

export const timeOf = (at: Instant): string => formatInstant(at).replace('T', ' ')

const verdictSays: Record<ScoredChain['verdict'], string> = {
  outlier: 'what ran is out of the ordinary',
  ordinary: 'it ran',
  'not-run': 'no run in the input',
  'run-not-visible': 'a run could not have been seen',
}

/** What stands in the verdict's place where nothing could have run. */
const kindSays: Partial<Record<Chain['kind'], string>> = {
  'log-cleared': '',
  'hidden-task': ', the host keeps this task from whoever lists its tasks',
  reconciliation: ', what the host keeps of this task does not fit together',
}

/** One step of the story under its time. */
interface Step extends Instant {
  readonly lines: readonly string[]
}

const step = (at: Instant, text: string, below: readonly string[] = []): Step => ({
  time: at.time,
  ticks: at.ticks,
  lines: [...wrap(text, { first: `  ${timeOf(at)}  `, rest: '      ' }), ...below],
})

function timeline(chain: Chain): string[] {
  const { change, runs, runSummary } = chain
  const later = change?.laterChanges ?? []
  const steps = [
    ...(change ? [step(change, changeText(change), [...attribution(change), ...definitionLines(chain)])] : []),
    ...chain.circumstances
      .slice(0, told.others)
      .filter(({ time }) => time !== 0)
      .map((c) => step(c, circumstanceText(c))),
    ...runs.slice(0, told.runs).map((run) => step(run, runText(run), processLines(run))),
    ...later.slice(0, told.others).map((l) => step(l, `${l.kind}${byWhom(l.actor)}`)),
  ].sort(compareInstants)
  const isKnownTask = chain.kind === 'chain' && chain.taskPath !== null
  const lines = [
    ...(change || !isKnownTask ? [] : ['  its creation is not in the input']),
    ...(change ? [] : definitionLines(chain)),
    ...steps.flatMap((s) => s.lines),
  ]
  const count = runSummary?.count ?? runs.length
  if (count > Math.min(runs.length, told.runs)) {
    const [first, last] = [runSummary?.first ?? chain.at, runSummary?.last ?? chain.at]
    append(
      lines,
      wrap(`${counted(count, 'run')} in all, ${timeOf(first)} to ${timeOf(last)}`, { first: '  ', rest: '    ' }),
    )
  }
  const untold = Math.max(chain.circumstances.length - told.others, 0) + Math.max(later.length - told.others, 0)
  if (untold > 0) lines.push(`  … and ${counted(untold, 'more event')} around it`)
  return lines
}

function byWhom({ user, sid, process, remote }: Actor): string {
  const tool = process?.image ? ` with ${processName(process)}` : ''
  const from = remote?.address ?? remote?.host
  const name = user ?? sid
  return `${name === null ? '' : ` by ${accountName(name)}`}${tool}${from ? ` from ${legible(from)}` : ''}`
}

/** `schtasks.exe (4132)`; a process id that no record gives is left out. */
const processName = ({ image, pid }: { readonly image: string | null; readonly pid: number }): string =>
  `${legible(baseName(image ?? '?'))}${pid === 0 ? '' : ` (${pid})`}`

const baseName = (path: string): string => path.slice(path.lastIndexOf('\\') + 1)

function changeText(change: Change): string {
  const elsewhere = change.target === null ? '' : ` on ${legible(change.target)}`
  const attempted = change.outcome === 'attempted' ? ` (attempted${elsewhere})` : ''
  const through = change.route === 'unknown' ? '' : ` through ${change.route}`
  return `${change.kind}${attempted}${through}${byWhom(change.actor)}`
}

/** The command line and parents of the process that made a change, and what ties it to the change. */
function attribution({ actor: { process }, confidence, because, changed }: Change): string[] {
  const lines: string[] = []
  if (process?.commandLine) append(lines, wrap(legible(process.commandLine), { first: '      $ ', rest: '        ' }))
  const parents = (process?.ancestry ?? []).map(processName)
  const below = { first: '      ', rest: '        ' }
  if (parents.length > 0) append(lines, wrap(`started by ${parents.join(' < ')}`, below))
  append(lines, wrap(`attribution ${confidence}: ${legible(because)}`, below))
  if (changed.length > 0) append(lines, wrap(`differs in ${legible(changed.join(', '))}`, below))
  return lines
}

function circumstanceText({ kind, what, actor, repeated }: Circumstance): string {
  const again = repeated ? `, ${counted(repeated.count, 'time')} up to ${timeOf(repeated.last)}` : ''
  return `${kind.replace('-', ' ')}: ${legible(what)}${byWhom(actor)}${again}`
}

const startSays: Record<StartedBy, string> = {
  time: ' on its schedule',
  logon: ' at logon',
  boot: ' at boot',
  event: ' on an event',
  idle: ' when idle',
  registration: ' when registered',
  session: ' on a change of session',
  user: ' by hand',
  unknown: '',
}

function runText({ startedBy, requestedBy, result }: Run): string {
  const asked = requestedBy ? `, asked for${byWhom(requestedBy)}` : ''
  return `ran${startSays[startedBy]}${asked}${result === null ? '' : `, result 0x${(result >>> 0).toString(16)}`}`
}

/** How a process that the scheduler started is known to be of this run. */
const tieSays: Record<RunProcess['tiedBy'], string> = {
  pid: "named in the scheduler's log",
  'command-line': "known by the action's command line",
  'run-log': "known by the run in the scheduler's log",
  'run-request': 'started just after somebody asked for the run',
  registration: 'known by the moment of the registration and by what it started',
  lineage: 'started by the scheduler for a task that is not known',
  parent: '',
}

function processLines({ processes }: Run): string[] {
  const lines: string[] = []
  for (const p of processes.slice(0, told.processes)) {
    const indent = `      ${'  '.repeat(Math.min(p.depth, 8))}`
    const user = p.user === null ? '' : ` as ${accountName(p.user)}`
    const tie = p.depth === 0 && tieSays[p.tiedBy] !== '' ? `, ${tieSays[p.tiedBy]}` : ''
    append(lines, wrap(`${processName(p)}${user}${tie}`, { first: indent, rest: `${indent}  ` }))
    if (p.commandLine !== null)
      append(lines, wrap(legible(p.commandLine), { first: `${indent}  $ `, rest: `${indent}    ` }))
    append(lines, fileLines(p.file, `${indent}  `))
  }
  if (processes.length > told.processes) {
    const more = processes.length - told.processes
    lines.push(`      … and ${counted(more, 'more process', 'more processes')}`)
  }
  return lines
}

const artifactSays: Record<NonNullable<Evidence['artifact']>, string> = {
  'task-file': 'the task’s file',
  registry: 'its entry in TaskCache',
  'job-file': 'the .job file',
  'event-log': 'the log’s file',
  listing: 'a list of the host’s tasks',
}

function evidenceLines(evidence: readonly Evidence[], inputs: readonly string[]): string[] {
  const lines = ['  evidence']
  const bySource = new Map<string, string[]>()
  for (const e of evidence.slice(0, told.evidence)) {
    const where = legible(inputs[e.source] ?? `input ${e.source}`)
    const key = e.artifact === undefined ? `${where} · ${legible(e.channel)}` : where
    const files = e.alsoIn.length > 0 ? ` (in ${e.alsoIn.length + 1} files)` : ''
    const record =
      e.artifact === undefined
        ? `${e.eventId} #${e.recordId}${files}${e.isLate ? ' (late)' : ''}`
        : artifactSays[e.artifact]
    const known = bySource.get(key)
    if (known) known.push(record)
    else bySource.set(key, [record])
  }
  for (const [source, records] of bySource) {
    append(lines, wrap(source, { first: '    ', rest: '      ' }))
    append(lines, wrap(records.join(', '), { first: '      ', rest: '      ' }))
  }
  if (evidence.length > told.evidence)
    lines.push(`    … and ${counted(evidence.length - told.evidence, 'more record')}`)
  return lines
}
