import type { Actor, Chain, Change, ClearedLog, Evidence, Run, RunProcess, TaskChain } from '../model/chain.ts'
import { counted, grouped } from '../model/counted.ts'
import type { StartedBy } from '../model/fact.ts'
import type { FactorResult, ScoredChain } from '../model/finding.ts'
import { append, itemAt } from '../model/lists.ts'
import { compareInstants, formatInstant, type Instant } from '../model/time.ts'
import { definitionLines } from './definition-lines.ts'
import { fileText } from './file-identity.ts'
import { accountName, legible } from './legible.ts'
import { indented, type Layout, linesOf, type Paragraph, painted } from './paragraph.ts'
import type { Places } from './places.ts'
import { lossOf, type ToldCircumstance } from './told.ts'

/** How much is told of what there can be thousands of, before the rest is only counted. */
export interface Bounds {
  readonly processes: number
  readonly runs: number
  readonly evidence: number
  readonly others: number
}

/** A page, not a flood. JSON has it all. */
const page: Bounds = { processes: 24, runs: 6, evidence: 24, others: 12 }

/** Paragraphs that belong together, and how much they tell: of a story that is too long the least goes first. */
export interface Block {
  readonly paragraphs: readonly Paragraph[]
  /** From 0 to 100; what has 100 stays. */
  readonly worth: number
  /** What is said to be left out: one of them, and many. */
  readonly what: readonly [one: string, many: string]
}

/** What a story tells under one heading. */
export interface Section {
  readonly heading: string | null
  readonly blocks: readonly Block[]
}

/** What tells most: who changed what and what came of it. */
const worths = {
  all: 100,
  action: 95,
  change: 90,
  process: 85,
  weighty: 80,
  run: 75,
  around: 70,
  attribution: 68,
  child: 64,
  reason: 60,
  spot: 55,
  ancestry: 45,
  evidence: 40,
  file: 35,
  slight: 30,
  moreEvidence: 25,
  console: 10,
} as const

/** From so many bits on a reason is among what tells most, and below the other among the least. */
const weighty = { from: 3, slightBelow: 1 }

const block = (paragraphs: Paragraph | readonly Paragraph[], worth: number, one = 'line', many = `${one}s`): Block => ({
  paragraphs: 'text' in paragraphs ? [paragraphs] : paragraphs,
  worth,
  what: [one, many],
})

/** One chain below its title: what happened in order of time, why it stands out, what was not seen, the proof. */
export function storyOf(
  { chain, score, verdict }: ScoredChain,
  places: Places,
  bounds: Bounds = page,
): [Section, Section, Section, Section] {
  const judged = kindSays[chain.kind] ?? `, ${verdictSays[verdict]}`
  const head = [indented(`${score.bits.toFixed(1)} bits${judged}, id ${legible(chain.id)}`, 2)]
  if (chain.kind !== 'log-cleared' && chain.partOf !== null)
    head.push(indented(`belongs to the story of id ${legible(chain.partOf)}`, 2))
  const reasons = score.factors.map((factor) => block(reason(factor), worthOf(factor), 'reason'))
  const none = block({ text: 'nothing about it stands out', first: ' '.repeat(11), rest: '' }, worths.reason)
  return [
    {
      heading: null,
      blocks: [
        block(head, worths.all),
        ...(chain.kind === 'log-cleared' ? lossBlocks(chain) : timeline(chain, bounds)),
      ],
    },
    { heading: 'why', blocks: reasons.length > 0 ? reasons : [none] },
    {
      heading: 'could not be seen',
      blocks: chain.blindSpots.map((spot) =>
        block({ text: legible(spot), first: '    - ', rest: '      ' }, worths.spot, 'blind spot'),
      ),
    },
    { heading: 'evidence', blocks: evidenceBlocks(chain.evidence, places, bounds) },
  ]
}

function reason({ bits, says }: FactorResult): Paragraph {
  const weight = `${bits > 0 ? '+' : ''}${bits.toFixed(1)}`.padStart(5)
  return { text: legible(says), first: `    ${weight}  `, rest: '           ' }
}

function worthOf({ bits }: FactorResult): number {
  const size = Math.abs(bits)
  return size >= weighty.from ? worths.weighty : size < weighty.slightBelow ? worths.slight : worths.reason
}

/** The lines of a story, all of them. */
export const storyLines = (sections: readonly Section[], layout: Layout): string[] =>
  linesOfSections(sections, layout, () => true)

function linesOfSections(sections: readonly Section[], layout: Layout, isKept: (block: Block) => boolean): string[] {
  const lines: string[] = []
  for (const { heading, blocks } of sections) {
    const kept = blocks.filter(isKept)
    if (kept.length === 0) continue
    if (heading !== null) lines.push(painted(`  ${heading}`, 'heading', layout))
    for (const { paragraphs } of kept) for (const each of paragraphs) append(lines, linesOf(each, layout))
  }
  return lines
}

/** The lines of a story that fit onto a screen: what tells least is left out, and named. */
export function storyWithin(sections: readonly Section[], layout: Layout, { rows, more }: Screen): string[] {
  const whole = storyLines(sections, layout)
  if (whole.length <= rows) return whole
  const blocks = sections.flatMap((section) => section.blocks)
  const height = new Map(
    blocks.map((each) => [each, each.paragraphs.reduce((sum, one) => sum + linesOf(one, layout).length, 0)]),
  )
  const byWorth = blocks.map((each, place) => ({ each, place }))
  byWorth.sort((a, b) => a.each.worth - b.each.worth || b.place - a.place)
  const left = new Set<Block>()
  let over = whole.length + leftOutRows - rows
  for (const { each } of byWorth) {
    if (over <= 0 || each.worth === worths.all) break
    left.add(each)
    over -= height.get(each) ?? 0
  }
  const lines = linesOfSections(sections, layout, (each) => !left.has(each))
  append(lines, linesOf(indented(`left out here: ${namesOf(left)}; ${more}`, 2, 'faint'), layout))
  return lines
}

/** Room for a story, and where the reader finds what it leaves out. */
export interface Screen {
  readonly rows: number
  readonly more: string
}

/** The lines that tell what was left out. */
const leftOutRows = 2

/** `2 processes, 1 reason and 3 records`. */
function namesOf(blocks: Iterable<Block>): string {
  const counts = new Map<string, { n: number; what: Block['what'] }>()
  for (const { what } of blocks) {
    const known = counts.get(what[0])
    if (known) known.n++
    else counts.set(what[0], { n: 1, what })
  }
  const names = [...counts.values()].map(({ n, what: [one, many] }) => counted(n, one, many))
  const last = names.pop() ?? ''
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`
}

/** Ids, hosts and logs of alike chains that are named. */
const named = { ids: 3, hosts: 24, logs: 24 }

/** What stands for chains alike to the one that was told. */
export function moreAlike(first: ScoredChain, more: readonly ScoredChain[]): Paragraph[] {
  if (more.length === 0) return []
  const all = [first, ...more]
  const times = more.map(({ chain }) => chain.at).sort(compareInstants)
  const [from, to] = [itemAt(times, 0), itemAt(times, times.length - 1)]
  const when = from.time === to.time ? timeOf(from) : `${timeOf(from)} to ${timeOf(to)}`
  const weights = all.map(({ score }) => score.bits.toFixed(1))
  const bits = new Set(weights).size === 1 ? '' : `, down to ${weights.at(-1)} bits`
  const ids = listed(
    more.map(({ chain }) => chain.id),
    named.ids,
  )
  const hosts = [...new Set(more.map(({ chain }) => chain.host))].filter((host) => host !== first.chain.host)
  const logs = new Set(all.flatMap(({ chain }) => (chain.kind === 'log-cleared' ? [chain.log] : [])))
  const lines = [
    `and ${grouped(more.length)} more alike, ${when}${bits} (${more.length === 1 ? 'id' : 'ids'}: ${ids})`,
    ...(hosts.length > 0 ? [`on ${counted(hosts.length, 'other host')}: ${listed(hosts.sort(), named.hosts)}`] : []),
    ...(logs.size > 1 ? [`of ${counted(logs.size, 'log')}: ${listed([...logs].sort(), named.logs)}`] : []),
  ]
  return lines.map((text) => indented(text, 2))
}

function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => (name === '' ? '(no name)' : legible(name)))
  return names.length > most ? `${shown.join(', ')}, …` : shown.join(', ')
}

export const timeOf = (at: Instant): string => formatInstant(at).replace('T', ' ')

export const verdictSays: Record<ScoredChain['verdict'], string> = {
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
  readonly blocks: readonly Block[]
}

const step = (
  at: Instant,
  first: Omit<Block, 'paragraphs'> & { text: string },
  below: readonly Block[] = [],
): Step => ({
  time: at.time,
  ticks: at.ticks,
  blocks: [{ ...first, paragraphs: [{ text: first.text, first: `  ${timeOf(at)}  `, rest: '      ' }] }, ...below],
})

function lossBlocks(chain: ClearedLog): readonly Block[] {
  const text = circumstanceText(lossOf(chain))
  const what = ['event', 'events'] as const
  return chain.at.time === 0 ? [] : step(chain.at, { text, worth: worths.all, what }).blocks
}

function timeline(chain: TaskChain, bounds: Bounds): Block[] {
  const { change, runs, runSummary } = chain
  const later = change?.laterChanges ?? []
  const steps = [
    ...(change
      ? [
          step(change, { text: changeText(change), worth: worths.all, what: ['change', 'changes'] }, [
            ...attribution(change),
            ...definitionBlocks(chain),
          ]),
        ]
      : []),
    ...chain.circumstances
      .slice(0, bounds.others)
      .filter(({ time }) => time !== 0)
      .map((c) =>
        step(c, {
          text: circumstanceText(c),
          worth: worths.around,
          what: ['event around it', 'events around it'],
        }),
      ),
    ...runs
      .slice(0, bounds.runs)
      .map((run) =>
        step(run, { text: runText(run), worth: worths.run, what: ['run', 'runs'] }, processBlocks(run, bounds)),
      ),
    ...later
      .slice(0, bounds.others)
      .map((l) =>
        step(l, { text: `${l.kind}${byWhom(l.actor)}`, worth: worths.change, what: ['later change', 'later changes'] }),
      ),
  ].sort(compareInstants)
  const isKnownTask = chain.kind === 'chain' && chain.taskPath !== null
  const blocks = [
    ...(change || !isKnownTask ? [] : [block(indented('its creation is not in the input', 2), worths.change)]),
    ...(change ? [] : definitionBlocks(chain)),
    ...steps.flatMap((s) => s.blocks),
  ]
  const count = runSummary?.count ?? runs.length
  if (count > Math.min(runs.length, bounds.runs)) {
    const [first, last] = [runSummary?.first ?? chain.at, runSummary?.last ?? chain.at]
    const text = `${counted(count, 'run')} in all, ${timeOf(first)} to ${timeOf(last)}`
    blocks.push(block(indented(text, 2), worths.change))
  }
  const untold = Math.max(chain.circumstances.length - bounds.others, 0) + Math.max(later.length - bounds.others, 0)
  if (untold > 0) blocks.push(block(indented(`… and ${counted(untold, 'more event')} around it`, 2), worths.all))
  return blocks
}

function byWhom({ user, sid, process, remote }: Actor): string {
  const tool = process?.image ? ` with ${processName(process)}` : ''
  const from = remote?.address ?? remote?.host
  const name = user ?? sid
  return `${name === null ? '' : ` by ${accountName(name)}`}${tool}${from ? ` from ${legible(from)}` : ''}`
}

/** `schtasks.exe (4132)`; a process id that no record gives is left out. */
export const processName = ({ image, pid }: { readonly image: string | null; readonly pid: number }): string =>
  `${legible(baseName(image ?? '?'))}${pid === 0 ? '' : ` (${pid})`}`

const baseName = (path: string): string => path.slice(path.lastIndexOf('\\') + 1)

function changeText(change: Change): string {
  const elsewhere = change.target === null ? '' : ` on ${legible(change.target)}`
  const attempted = change.outcome === 'attempted' ? ` (attempted${elsewhere})` : ''
  const through = change.route === 'unknown' ? '' : ` through ${change.route}`
  return `${change.kind}${attempted}${through}${byWhom(change.actor)}`
}

/** The command line and parents of the process that made a change, and what ties it to the change. */
function attribution({ actor: { process }, confidence, because, changed }: Change): Block[] {
  const blocks: Block[] = []
  const below = (text: string) => indented(text, 6)
  if (process?.commandLine)
    blocks.push(
      block({ text: legible(process.commandLine), first: '      $ ', rest: '        ' }, worths.change, 'command line'),
    )
  const parents = (process?.ancestry ?? []).map(processName)
  if (parents.length > 0)
    blocks.push(
      block(below(`started by ${parents.join(' < ')}`), worths.ancestry, 'line of parents', 'lines of parents'),
    )
  const tie = `attribution ${confidence}: ${legible(because)}`
  blocks.push(block(below(tie), worths.attribution, 'reason of the attribution', 'reasons of attributions'))
  if (changed.length > 0)
    blocks.push(
      block(
        below(`differs in ${legible(changed.join(', '))}`),
        worths.around,
        'list of differences',
        'lists of differences',
      ),
    )
  return blocks
}

/** What the task starts stays; what is known of its files may go. */
const definitionBlocks = (chain: TaskChain): Block[] =>
  definitionLines(chain).map(({ kind, ...paragraph }) =>
    kind === 'file'
      ? block(paragraph, worths.file, 'hash or signature', 'hashes and signatures')
      : block(
          paragraph,
          kind === 'action' ? worths.action : worths.around,
          'line of the definition',
          'lines of the definition',
        ),
  )

function circumstanceText({ kind, what, actor, repeated }: ToldCircumstance): string {
  const again = repeated ? `, ${counted(repeated.count, 'time')} up to ${timeOf(repeated.last)}` : ''
  return `${kind.replace('-', ' ')}: ${legible(what)}${byWhom(actor)}${again}`
}

/** What set a run off, in words that follow `ran`. */
export const startSays: Record<StartedBy, string> = {
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
export const tieSays: Record<RunProcess['tiedBy'], string> = {
  pid: "named in the scheduler's log",
  'command-line': "known by the action's command line",
  'run-log': "known by the run in the scheduler's log",
  'run-request': 'started just after somebody asked for the run',
  registration: 'known by the moment of the registration and by what it started',
  lineage: 'started by the scheduler for a task that is not known',
  parent: '',
}

/** Where a hash of 64 digits stands on one line of 80 columns. */
const hashIndent = 8

function processBlocks({ processes }: Run, bounds: Bounds): Block[] {
  const blocks: Block[] = []
  for (const p of processes.slice(0, bounds.processes)) {
    const indent = 6 + 2 * Math.min(p.depth, 8)
    const user = p.user === null ? '' : ` as ${accountName(p.user)}`
    const tie = p.depth === 0 && tieSays[p.tiedBy] !== '' ? `, ${tieSays[p.tiedBy]}` : ''
    const told = [indented(`${processName(p)}${user}${tie}`, indent)]
    const below = ' '.repeat(indent + 2)
    if (p.commandLine !== null) told.push({ text: legible(p.commandLine), first: `${below}$ `, rest: `${below}  ` })
    const isConsole = p.image !== null && baseName(p.image).toLowerCase() === 'conhost.exe'
    const worth = isConsole ? worths.console : p.depth === 0 ? worths.process : worths.child
    blocks.push(
      block(told, worth, isConsole ? 'console process' : 'process', isConsole ? 'console processes' : 'processes'),
    )
    const file = fileText(p.file)
    if (file !== '')
      blocks.push(
        block(
          indented(file, Math.min(indent + 2, hashIndent)),
          worths.file,
          'hash or signature',
          'hashes and signatures',
        ),
      )
  }
  if (processes.length > bounds.processes) {
    const more = processes.length - bounds.processes
    blocks.push(block(indented(`… and ${counted(more, 'more process', 'more processes')}`, 6), worths.all))
  }
  return blocks
}

const artifactSays: Record<NonNullable<Evidence['artifact']>, string> = {
  'task-file': 'the task’s file',
  registry: 'its entry in TaskCache',
  'job-file': 'the .job file',
  'event-log': 'the log’s file',
  listing: 'a list of the host’s tasks',
}

function evidenceBlocks(evidence: readonly Evidence[], places: Places, bounds: Bounds): Block[] {
  const bySource = new Map<string, string[]>()
  for (const e of evidence.slice(0, bounds.evidence)) {
    const where = places.nameOf(e.source)
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
  const more = evidence.length - bounds.evidence
  const rest = more > 0 ? [indented(`… and ${counted(more, 'more record')}`, 4, 'faint')] : []
  return [...bySource].map(([source, records], i) =>
    block(
      [
        indented(source, 4, 'faint'),
        { text: records.join(', '), first: '      ', rest: '      ', tone: 'faint' },
        ...(i === bySource.size - 1 ? rest : []),
      ],
      i === 0 ? worths.evidence : worths.moreEvidence,
      'log of the evidence',
      'logs of the evidence',
    ),
  )
}
