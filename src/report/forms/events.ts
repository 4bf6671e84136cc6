import type { Actor, Evidence } from '../../model/chain.ts'
import { append } from '../../model/lists.ts'
import { compareInstants, type Instant } from '../../model/time.ts'
import { startSays } from '../story.ts'
import type { ToldChain } from '../told.ts'
import { addressOf, brief } from './gist.ts'

/** Something that happened in a chain: a change, a run, a process of a run, or what a log showed near it. */
export interface ChainEvent extends Instant {
  readonly kind: 'change' | 'run' | 'process' | 'circumstance'
  /** In a word: `created`, `ran`, `started`, `log-cleared`. */
  readonly action: string
  /** One line, raw. */
  readonly says: string
  readonly user: string | null
  readonly address: string | null
  readonly image: string | null
  readonly pid: number | null
  readonly commandLine: string | null
  /** The record of this very moment, where the evidence has one. */
  readonly record: Evidence | null
}

type Said = Pick<ChainEvent, 'kind' | 'action' | 'says'>

/** What happened, in order of time; what has no time is left out. */
export function eventsOf(chain: ToldChain): ChainEvent[] {
  const task = chain.taskPath ?? 'a task that is not known'
  const events: ChainEvent[] = []
  const { change } = chain
  const recordAt = recordsByTime(chain.evidence)
  /** The command line of who changed the task is told whole once. */
  const by = (at: Instant, said: Said, actor: Actor | null, told = brief): ChainEvent => ({
    time: at.time,
    ticks: at.ticks,
    ...said,
    user: actor?.user ?? actor?.sid ?? null,
    address: addressOf(actor),
    image: actor?.process?.image ?? null,
    pid: actor?.process?.pid ?? null,
    commandLine: actor?.process?.commandLine ? told(actor.process.commandLine) : null,
    record: recordAt(at),
  })
  if (change) {
    const says = `Task ${task} ${change.kind}${change.outcome === 'attempted' ? ' (attempted)' : ''}${change.route === 'unknown' ? '' : ` through ${change.route}`}`
    events.push(by(change, { kind: 'change', action: change.kind, says }, change.actor, (text) => text))
    for (const later of change.laterChanges)
      events.push(by(later, { kind: 'change', action: later.kind, says: `Task ${task} ${later.kind}` }, later.actor))
  }
  for (const { kind, what, actor, ...at } of chain.circumstances)
    events.push(
      by(at, { kind: 'circumstance', action: kind, says: brief(`${kind.replaceAll('-', ' ')}: ${what}`) }, actor),
    )
  for (const run of chain.runs) {
    events.push(
      by(run, { kind: 'run', action: 'ran', says: `Task ${task} ran${startSays[run.startedBy]}` }, run.requestedBy),
    )
    append(
      events,
      run.processes.map((process) => ({
        time: process.time,
        ticks: process.ticks,
        kind: 'process' as const,
        action: 'started',
        says: `Task ${task} started ${brief(process.commandLine ?? process.image ?? '?')}`,
        user: process.user,
        address: null,
        image: process.image,
        pid: process.pid,
        commandLine: process.commandLine,
        record: recordAt(process),
      })),
    )
  }
  return events.filter(({ time }) => time !== 0).sort(compareInstants)
}

function recordsByTime(evidence: readonly Evidence[]): (at: Instant) => Evidence | null {
  const byTime = new Map<string, Evidence>()
  const keyOf = ({ time, ticks }: Instant) => `${time} ${ticks}`
  for (const one of evidence) if (!byTime.has(keyOf(one))) byTime.set(keyOf(one), one)
  return (at) => byTime.get(keyOf(at)) ?? null
}
