import { counted } from '../model/counted.ts'
import type { BoundResult } from './bounds.ts'
import { junit } from './junit.ts'
import type { Judgement } from './match.ts'
import { ratio, type Score, type Share } from './score.ts'

const percent = (share: Share): string => {
  const value = ratio(share)
  return `${share.right}/${share.of}${value === null ? '' : ` (${(value * 100).toFixed(1)} %)`}`
}

const nameOf = ({ chain }: Judgement): string => chain.attackName ?? `${chain.task ?? '(no task)'} on ${chain.host}`

/** What is short of the truth in how a chain was told, in words; empty when nothing is. */
function shortOf({ told, route, user, process, processes, chain }: Judgement): string {
  if (told === null) return 'not found'
  return [
    route === false ? `route ${told.change?.route}, not ${chain.route}` : '',
    user === false ? `user ${told.change?.user ?? 'unknown'}, not ${chain.user}` : '',
    process === false ? `process ${told.change?.process ?? 'unknown'}, not ${chain.process}` : '',
    processes.missing > 0 ? `${processes.missing} of ${chain.processes.length} processes missing` : '',
  ]
    .filter((one) => one !== '')
    .join('; ')
}

export function scoreText(score: Score, bounds: readonly BoundResult[], isLab: boolean): string {
  const lines = [
    `${isLab ? 'lab figures: ' : ''}${score.set}, ${counted(score.hosts, 'host')}${score.days === null ? '' : `, ${counted(score.days, 'day')}`}`,
    '',
    `attack chains found           ${percent(score.attacks)}`,
    `  at medium or above          ${percent(score.recall)}`,
    `findings that are an attack's ${percent(score.precision)} at medium or above`,
    `all changes found             ${percent(score.changes)}`,
    `  right route                 ${percent(score.route)}`,
    `  right user                  ${percent(score.user)}`,
    `  right process               ${percent(score.process)}`,
    `processes of the runs         ${score.processes.named} named, ${score.processes.counted} in runs that are only counted, ${score.processes.missing} missing`,
  ]
  if (score.perThousandHostDays) {
    const { findings, falseAlarms } = score.perThousandHostDays
    lines.push(`per 1,000 hosts and day       ${findings} findings at medium or above, ${falseAlarms} of them false`)
  }
  lines.push('', 'severity        findings  of an attack')
  for (const { severity, right, of } of score.severities) {
    lines.push(`${severity.padEnd(14)} ${String(of).padStart(9)}  ${String(right).padStart(12)}`)
  }
  lines.push('', 'attack                                    severity       bits  verdict          short of the truth')
  for (const judgement of score.chains.filter(({ chain }) => chain.isAttack)) {
    const { told } = judgement
    lines.push(
      `${nameOf(judgement).padEnd(41)} ${(told?.severity ?? '-').padEnd(14)} ${(told?.bits.toFixed(1) ?? '-').padStart(4)}  ${(told?.verdict ?? '-').padEnd(16)} ${shortOf(judgement)}`.trimEnd(),
    )
  }
  lines.push('', 'threshold  recall  precision  false per 1,000 hosts and day')
  for (const { bits, recall, precision, falsePerThousandHostDays } of score.curve) {
    lines.push(
      `${String(bits).padStart(9)}  ${recall.toFixed(3).padStart(6)}  ${(precision?.toFixed(3) ?? '-').padStart(9)}  ${falsePerThousandHostDays ?? '-'}`,
    )
  }
  if (score.falseAlarms.length > 0) lines.push('', 'medium or above, and no attack')
  for (const { host, task, severity, bits, kind } of score.falseAlarms.slice(0, 50)) {
    lines.push(`  ${severity} ${bits.toFixed(1)}  ${task ?? kind} on ${host}`)
  }
  if (bounds.length > 0) lines.push('')
  for (const { name, bound, share, isReached } of bounds) {
    lines.push(`${isReached ? 'reached' : 'NOT REACHED'}  ${name} ${percent(share)}, wanted ${bound}`)
  }
  return `${lines.map(clean).join('\n')}\n`
}

/** Task names come from the input: no control character reaches the terminal. */
const clean = (line: string): string => line.replace(/\p{C}/gu, '\ufffd')

export function scoreJson(score: Score, bounds: readonly BoundResult[], isLab: boolean): string {
  const { chains, falseAlarms, ...figures } = score
  const value = {
    schema: 'tasktrail.lab-score/1',
    origin: isLab ? 'lab' : 'labelled telemetry',
    ...figures,
    attackChains: chains
      .filter(({ chain }) => chain.isAttack)
      .map((judgement) => ({
        name: nameOf(judgement),
        host: judgement.chain.host,
        task: judgement.chain.task,
        finding: judgement.told?.id ?? null,
        severity: judgement.told?.severity ?? null,
        bits: judgement.told?.bits ?? null,
        verdict: judgement.told?.verdict ?? null,
        route: judgement.route,
        user: judgement.user,
        process: judgement.process,
        processes: judgement.processes,
      })),
    falseAlarms: falseAlarms.map(({ id, host, task, severity, bits }) => ({ id, host, task, severity, bits })),
    bounds,
  }
  return `${JSON.stringify(value, null, 1)}\n`
}

/** A case for each attack, which fails when it was not found, and one for each bound. */
export function scoreJunit(score: Score, bounds: readonly BoundResult[]): string {
  return junit([
    {
      name: 'attacks',
      cases: score.chains
        .filter(({ chain }) => chain.isAttack)
        .map((judgement) => ({
          name: `${nameOf(judgement)} on ${judgement.chain.host}`,
          failure: judgement.told === null ? 'not found' : null,
          output: shortOf(judgement) || 'as it was',
        })),
    },
    {
      name: 'bounds',
      cases: bounds.map(({ name, bound, share, isReached }) => ({
        name: `${name} at least ${bound}`,
        failure: isReached ? null : `${percent(share)}, wanted ${bound}`,
      })),
    },
  ])
}
