import type { Chain, Run, RunProcess } from '../model/chain.ts'
import { counted } from '../model/counted.ts'
import { capabilityNames } from '../model/coverage.ts'
import type { Explanation, FactorBasis, Share, Turns } from '../model/explanation.ts'
import type { FactorResult } from '../model/finding.ts'
import { append } from '../model/lists.ts'
import { jsonLine } from './clean.ts'
import { findingJson } from './finding-json.ts'
import { legible } from './legible.ts'
import { indented, type Layout, linesOf, type Paragraph, painted } from './paragraph.ts'
import { placesOf } from './places.ts'
import { processName, storyLines, storyOf, tieSays, timeOf, verdictSays } from './story.ts'
import { headline } from './text.ts'

/** How much is told of one finding: all that anybody reads. */
const bounds = { processes: 500, runs: 100, evidence: 2_000, others: 200 }

/** One finding in full: its story, and why each part of it is held to be true. */
export function* explainText(explanation: Explanation, inputs: readonly string[], layout: Layout): Iterable<string> {
  const { scored } = explanation
  const [head, , spots, evidence] = storyOf(scored, placesOf(inputs), bounds)
  const lines = headline(scored, layout)
  const tell = (heading: string, paragraphs: readonly Paragraph[]) => {
    if (paragraphs.length === 0) return
    lines.push('', painted(`  ${heading}`, 'heading', layout))
    for (const paragraph of paragraphs) append(lines, linesOf(paragraph, layout))
  }
  append(lines, storyLines([head], layout))
  tell('why, and what each weight rests on', reasons(explanation))
  tell('how its parts are known to belong together', ties(scored.chain))
  tell('what would have made it something else', turnLines(explanation))
  tell('what no record says of it', explanation.open.map(point))
  tell('which log would have said it', wantedLines(explanation))
  append(lines, ['', ...storyLines([spots, evidence], layout)])
  yield `${lines.join('\n')}\n`
}

/** The same as one object: the finding, and what is said of it. */
export function* explainJson(explanation: Explanation, inputs: readonly string[]): Iterable<string> {
  const { scored, bases, turns, open, wanted } = explanation
  const factors = scored.score.factors.map((factor, i) => ({ ...factor, basis: bases[i] }))
  const document = {
    schema: 'tasktrail.explanation/1',
    finding: findingJson(scored, inputs),
    factors,
    turns: {
      next: turns.next,
      without: turns.without.map(({ factor, ...other }) => ({ factor: factor.id, ...other })),
      toNone: turns.toNone.map(({ id }) => id),
    },
    open,
    wanted,
  }
  yield `${jsonLine(document)}\n`
}

const point = (text: string): Paragraph => ({ text, first: '    - ', rest: '      ' })

function reasons({ scored: { score }, bases }: Explanation): Paragraph[] {
  if (score.factors.length === 0) return [indented('nothing about it stands out', 4)]
  return score.factors.flatMap(({ id, bits, says }, i) => {
    const weight = `${bits > 0 ? '+' : ''}${bits.toFixed(1)}`.padStart(5)
    const basis = bases[i]
    return [
      { text: legible(says), first: `    ${weight}  `, rest: '           ' },
      ...(basis === undefined
        ? []
        : [
            {
              text: `${id}: ${basisText(basis)}`,
              first: '           ',
              rest: '             ',
              tone: 'faint' as const,
            },
          ]),
    ]
  })
}

const shareText = ([seen, of]: Share): string => `${seen} of ${of}`

function basisText(basis: FactorBasis): string {
  switch (basis.kind) {
    case 'definitions': {
      const { ordinary, attacks, schtasks, interval } = basis
      const [low, high] = interval.map((bits) => bits.toFixed(1))
      return `counted over real definitions: ${shareText(ordinary)} ordinary, ${shareText(attacks)} attacks (95 %: ${low} to ${high} bits); of schtasks commands alone ${shareText(schtasks.ordinary)} and ${shareText(schtasks.attacks)}`
    }
    case 'logs': {
      const { among, ordinary, attacks, most, isAssumed } = basis
      const share = `${(100 * attacks).toFixed(0)} % of attacks (a judgement)`
      return isAssumed
        ? `assumed: of ordinary ${among} ${ordinary[1]} were at hand, too few to count; ${share}; at most ${most} bits`
        : `counted over real logs: ${shareText(ordinary)} ${among} of ordinary tasks against ${share}; at most ${most} bits`
    }
    case 'hosts':
      return 'counted over the hosts that it was compared with'
    case 'past':
      return 'counted over the earlier runs of this task on this host'
    case 'settings':
      return 'set by the settings that the scan was given'
    case 'by-hand':
      return 'set by hand'
    default:
      return basis satisfies never
  }
}

/** Every link of the chain with what makes it one. */
function ties(chain: Chain): Paragraph[] {
  if (chain.kind === 'log-cleared')
    return [point(chain.how === 'cleared' ? 'a record says that it was cleared' : 'its file says it')]
  const { change, runs, circumstances, partOf } = chain
  const lines: Paragraph[] = []
  if (change)
    lines.push(point(`${timeOf(change)} ${change.kind}: attribution ${change.confidence}: ${legible(change.because)}`))
  for (const later of change?.laterChanges ?? [])
    lines.push(point(`${timeOf(later)} ${later.kind}: a change of the same task before it was made anew`))
  for (const run of runs.slice(0, bounds.runs)) append(lines, tiesOfRun(run))
  for (const { kind, ...at } of circumstances.slice(0, bounds.others))
    lines.push(point(`${at.time === 0 ? '' : `${timeOf(at)} `}${kind.replace('-', ' ')}: near it, no step of it`))
  if (partOf !== null) lines.push(point(`it stands as a later change in the story of id ${legible(partOf)}`))
  return lines
}

function tiesOfRun({ processes, ...at }: Run): Paragraph[] {
  if (processes.length === 0) return [point(`${timeOf(at)} run: the scheduler’s log says so; no process is known`)]
  return processes.slice(0, bounds.processes).map((process) => point(`${timeOf(process)} ${tieText(process)}`))
}

function tieText(process: RunProcess): string {
  const tie = process.tiedBy === 'parent' ? `child of process ${process.parentPid ?? '?'}` : tieSays[process.tiedBy]
  return `${processName(process)}: ${tie} (${process.tiedBy}; seen by ${legible(process.source)})`
}

function turnLines({ scored: { chain, score, verdict }, turns }: Explanation): Paragraph[] {
  const { next, without, toNone } = turns
  const judged = chain.kind === 'log-cleared' ? '' : `; ${verdictSays[verdict]}`
  const lines = [point(`it is ${score.severity} with ${score.bits.toFixed(1)} bits${judged}`)]
  if (next !== null) lines.push(point(`${next.severity} with ${next.bits.toFixed(1)} bits more`))
  for (const one of without) lines.push(point(withoutText(one, score.severity, verdict)))
  if (toNone.length > 0) {
    const names = toNone.map(({ id }: FactorResult) => id).join(', ')
    const which = toNone.length === 1 ? 'this reason' : `${counted(toNone.length, 'reason')} together`
    lines.push(point(`no finding without ${which}: ${names}`))
  }
  return lines
}

const withoutText = (
  { factor, severity, verdict }: Turns['without'][number],
  own: string,
  ownVerdict: string,
): string => {
  const other = severity === own ? [] : [severity]
  if (verdict !== ownVerdict) other.push(verdict as never)
  return `without ${factor.id} (${factor.bits.toFixed(1)}), the rest as it is: ${other.join(', ')}`
}

function wantedLines({ scored: { chain }, open, wanted }: Explanation): Paragraph[] {
  if (chain.kind === 'log-cleared')
    return [
      point('what the log held: none here; a copy that was sent elsewhere before (forwarded events, a SIEM) has it'),
    ]
  const [best, ...others] = wanted
  if (best === undefined) {
    return open.length === 0
      ? [point('none is missing: records name who made the change and what ran')]
      : [point('none: all kinds of log that could are there of that time, and none has such a record')]
  }
  const saying = ({ log, says }: (typeof wanted)[number]) => `${capabilityNames[log]}: ${says.join('; ')}`
  const share = best.says.length === open.length ? 'it alone answers all' : `${best.says.length} of ${open.length}`
  return [point(`before all others (${share}) ${saying(best)}`), ...others.map((one) => point(saying(one)))]
}
