import type { Actor, Chain, Change, Evidence, Run } from '../model/chain.ts'
import { type ScoredChain, type Severity, severities } from '../model/finding.ts'
import { formatInstant, type Instant } from '../model/time.ts'
import { clean } from './clean.ts'
import type { ReportOptions } from './json.ts'
import { isFinding, type ScanResult } from './result.ts'
import { wrap } from './wrap.ts'

export interface TextOptions extends ReportOptions {
  /** ANSI colours; the caller knows whether somebody looks at a terminal. */
  readonly color: boolean
}

/** Problems, evidence files and processes listed in full before the rest is only counted: a page, not a flood. */
const listed = { problems: 20, processes: 24, runs: 6, evidence: 24 }

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
  for (const scored of bySeverity) yield `${story(scored, result.inputs, options).join('\n')}\n\n`
  yield `${summary(result, shown.length).join('\n')}\n`
}

function paint(text: string, code: string, { color }: TextOptions): string {
  return color ? `${code}${text}\u001b[0m` : text
}

function story({ chain, score, verdict }: ScoredChain, inputs: readonly string[], options: TextOptions): string[] {
  const label = paint(` ${score.severity.toUpperCase()} `, colors[score.severity], options)
  const lines = wrap(`${titleOf(chain)} on ${clean(chain.host)}`, {
    first: `${label} `,
    rest: '           ',
    widthOfFirst: score.severity.length + 3,
  })
  lines.push(`  ${score.bits.toFixed(1)} bits, ${verdictSays[verdict]}, id ${chain.id}`)
  if (chain.change) lines.push(...changeLines(chain.change))
  else if (chain.kind === 'chain' && chain.taskPath !== null) lines.push('  its creation is not in the input')
  lines.push(...definitionLines(chain))
  for (const c of chain.circumstances) {
    lines.push(
      ...wrap(`${c.kind.replace('-', ' ')}: ${clean(c.what)}${byWhom(c.actor)}`, {
        first: `  ${shortTime(c)}  `,
        rest: '      ',
      }),
    )
  }
  for (const run of chain.runs.slice(0, listed.runs)) lines.push(...runLines(run))
  const count = chain.runSummary?.count ?? chain.runs.length
  if (count > Math.min(chain.runs.length, listed.runs))
    lines.push(
      `  ${count} runs in all, ${shortTime(chain.runSummary?.first ?? chain.at)} to ${shortTime(chain.runSummary?.last ?? chain.at)}`,
    )
  for (const later of chain.change?.laterChanges ?? [])
    lines.push(`  ${shortTime(later)}  ${later.kind}${byWhom(later.actor)}`)
  lines.push('  why')
  for (const factor of score.factors) {
    lines.push(
      ...wrap(clean(factor.says), {
        first: `    ${`${factor.bits > 0 ? '+' : ''}${factor.bits.toFixed(1)}`.padStart(5)}  `,
        rest: '           ',
      }),
    )
  }
  if (score.factors.length === 0) lines.push('           nothing about it stands out')
  if (chain.blindSpots.length > 0) {
    lines.push('  could not be seen')
    for (const spot of chain.blindSpots) lines.push(...wrap(clean(spot), { first: '    - ', rest: '      ' }))
  }
  lines.push(...evidenceLines(chain.evidence, inputs))
  return lines
}

const verdictSays: Record<ScoredChain['verdict'], string> = {
  outlier: 'what ran is out of the ordinary',
  ordinary: 'it ran',
  'not-run': 'no run in the input',
  'run-not-visible': 'a run could not have been seen',
}

function titleOf(chain: Chain): string {
  if (chain.kind === 'log-cleared') return `log ${clean(chain.circumstances[0]?.what ?? '?')} cleared`
  if (chain.taskPath !== null) return clean(chain.taskPath)
  const root = chain.runs[0]?.processes[0]
  return root ? `unknown task: ${clean(root.commandLine ?? root.image ?? '?')}` : '(task not named)'
}

function shortTime(at: Instant): string {
  return formatInstant(at).replace('T', ' ')
}

function byWhom(actor: Actor): string {
  const process = actor.process?.image ? ` with ${clean(baseName(actor.process.image))} (pid ${actor.process.pid})` : ''
  const from = actor.remote?.address ?? actor.remote?.host
  const name = actor.user ?? actor.sid
  return `${name === null ? '' : ` by ${clean(name)}`}${process}${from ? ` from ${clean(from)}` : ''}`
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('\\') + 1)

function changeLines(change: Change): string[] {
  const attempted = change.outcome === 'attempted' ? ' (attempted)' : ''
  const lines = wrap(`${change.kind}${attempted} through ${change.route}${byWhom(change.actor)}`, {
    first: `  ${shortTime(change)}  `,
    rest: '      ',
  })
  const { process } = change.actor
  if (process?.commandLine) lines.push(...wrap(clean(process.commandLine), { first: '      $ ', rest: '        ' }))
  const line = (process?.ancestry ?? []).map((p) => `${clean(baseName(p.image ?? '?'))} (${p.pid})`)
  if (line.length > 0) lines.push(...wrap(`started by ${line.join(' < ')}`, { first: '      ', rest: '        ' }))
  lines.push(...wrap(`${change.confidence}: ${clean(change.because)}`, { first: '      ', rest: '        ' }))
  if (change.changed.length > 0) lines.push(`      differs in ${change.changed.join(', ')}`)
  return lines
}

function definitionLines(chain: Chain): string[] {
  const { definition } = chain
  const lines: string[] = []
  if (!definition) {
    if (chain.statedAction !== null)
      lines.push(...wrap(clean(chain.statedAction), { first: '  to run  ', rest: '          ' }))
    if (chain.definitionProblem !== null)
      lines.push(
        ...wrap(`its definition could not be read: ${clean(chain.definitionProblem)}`, { first: '  ', rest: '    ' }),
      )
    return lines
  }
  for (const action of definition.actions) {
    const text =
      action.kind === 'exec'
        ? `${action.command} ${action.arguments ?? ''}`
        : action.kind === 'com-handler'
          ? `COM handler ${action.classId} ${action.data ?? ''}`
          : action.kind
    lines.push(...wrap(clean(text.trim()), { first: '  to run  ', rest: '          ' }))
  }
  const principal = definition.principals[0]
  const traits = [
    (principal?.userId ?? principal?.groupId) ? `as ${clean(principal?.userId ?? principal?.groupId ?? '')}` : '',
    principal?.runLevel === 'HighestAvailable' ? 'with highest privileges' : '',
    definition.settings.hidden ? 'hidden' : '',
    definition.settings.enabled ? '' : 'disabled',
    definition.triggers.length > 0
      ? `on ${[...new Set(definition.triggers.map((t) => t.kind))].join(', ')}`
      : 'without a trigger',
  ].filter((t) => t !== '')
  lines.push(...wrap(traits.join(', '), { first: '          ', rest: '          ' }))
  if (chain.definitionProblem !== null)
    lines.push(...wrap(`read in part: ${clean(chain.definitionProblem)}`, { first: '          ', rest: '          ' }))
  return lines
}

function runLines(run: Run): string[] {
  const why = run.startedBy === 'unknown' ? '' : `, started by ${run.startedBy}`
  const asked = run.requestedBy ? `, asked for${byWhom(run.requestedBy)}` : ''
  const result = run.result === null ? '' : `, result 0x${(run.result >>> 0).toString(16)}`
  const lines = wrap(`ran${why}${asked}${result}`, { first: `  ${shortTime(run)}  `, rest: '      ' })
  for (const p of run.processes.slice(0, listed.processes)) {
    const indent = `      ${'  '.repeat(Math.min(p.depth, 8))}`
    const tie = p.depth === 0 ? `  [${p.tiedBy}]` : ''
    lines.push(
      ...wrap(`${clean(baseName(p.image ?? '?'))} (${p.pid})${p.user ? ` as ${clean(p.user)}` : ''}${tie}`, {
        first: indent,
        rest: `${indent}  `,
      }),
    )
    if (p.commandLine !== null)
      lines.push(...wrap(clean(p.commandLine), { first: `${indent}  `, rest: `${indent}    ` }))
  }
  if (run.processes.length > listed.processes)
    lines.push(`      … and ${run.processes.length - listed.processes} more processes`)
  return lines
}

function evidenceLines(evidence: readonly Evidence[], inputs: readonly string[]): string[] {
  const lines = ['  evidence']
  const bySource = new Map<string, Evidence[]>()
  for (const e of evidence.slice(0, listed.evidence)) {
    const key = `${inputs[e.source] ?? e.source} · ${e.channel}`
    bySource.set(key, [...(bySource.get(key) ?? []), e])
  }
  for (const [source, of] of bySource) {
    lines.push(...wrap(clean(source), { first: '    ', rest: '      ' }))
    lines.push(
      ...wrap(
        of
          .map((e) => `${e.eventId} #${e.recordId}${e.alsoIn.length > 0 ? ` (in ${e.alsoIn.length + 1} files)` : ''}`)
          .join(', '),
        { first: '      ', rest: '      ' },
      ),
    )
  }
  if (evidence.length > listed.evidence) lines.push(`    … and ${evidence.length - listed.evidence} more records`)
  return lines
}

function summary(result: ScanResult, shown: number): string[] {
  const { tally, chains, problems } = result
  const count = (n: number, what: string) => `${grouped(n)} ${what}${n === 1 ? '' : 's'}`
  const found = severities
    .toReversed()
    .map((severity) => [severity, chains.filter((c) => c.score.severity === severity).length] as const)
    .filter(([, n]) => n > 0)
    .map(([severity, n]) => `${n} ${severity}`)
  const changes = new Map<string, number>()
  for (const { chain } of chains)
    if (chain.change) changes.set(chain.change.kind, (changes.get(chain.change.kind) ?? 0) + 1)
  const runs = chains.reduce((sum, { chain }) => sum + (chain.runSummary?.count ?? 0), 0)
  const span = tally.first && tally.last ? `, ${shortTime(tally.first)} to ${shortTime(tally.last)}` : ''
  const lines = [
    ...wrap(
      `${count(tally.files, 'file')} read (${megabytes(tally.bytes)}), ${count(tally.records, 'record')}, ${count(tally.hosts.length, 'host')}${span}`,
      { first: '', rest: '  ' },
    ),
    ...wrap(
      `${count(tally.facts, 'fact')} about tasks, processes and logons; changes: ${
        [...changes]
          .sort()
          .map(([kind, n]) => `${n} ${kind}`)
          .join(', ') || 'none'
      }; ${count(runs, 'run')}`,
      { first: '', rest: '  ' },
    ),
    `findings: ${found.join(', ') || 'none'}${shown < chains.length ? ` (--all also shows what is informational)` : ''}`,
  ]
  if (tally.skippedFiles > 0) lines.push(`${count(tally.skippedFiles, 'file')} of a kind that is not known, left alone`)
  lines.push(...hostBlindSpots(result))
  if (problems.length === 0) lines.push('everything in the files could be read')
  else {
    lines.push(`${count(problems.length + result.unlistedProblems, 'piece')} could not be read:`)
    for (const p of problems.slice(0, listed.problems)) {
      const chunk = p.chunk === null ? '' : ` chunk ${p.chunk}`
      const offset = p.offset === null ? '' : ` at 0x${p.offset.toString(16)}`
      lines.push(...wrap(`${clean(p.file)}:${chunk}${offset}: ${clean(p.reason)}`, { first: '  ', rest: '    ' }))
    }
    const more = problems.length + result.unlistedProblems - Math.min(problems.length, listed.problems)
    if (more > 0) lines.push(`  … and ${more} more`)
  }
  return lines
}

/** What no chain of the input could show, said once. */
function hostBlindSpots({ blindSpots }: ScanResult): string[] {
  return blindSpots.flatMap((spot) => wrap(clean(spot), { first: 'blind spot: ', rest: '  ' }))
}

/** 1234567 as 1,234,567. */
const grouped = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, ',')

const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
