import type { Route } from '../model/chain.ts'
import { type Capability, capabilityNames, type HostSpans, type Span } from '../model/coverage.ts'
import { baseName, shortHost } from './match.ts'
import type { Told } from './told.ts'

/** Something that was done on purpose, and that a scan of the telemetry is expected to tell. */
export interface ExpectedCase {
  readonly name: string
  readonly host: string
  /** Milliseconds. */
  readonly time: number
  /** How far off the time may be, in milliseconds. */
  readonly within: number
  /** The task's path, with or without the folders above it; null where only the command is known. */
  readonly task: string | null
  /** Part of a command line that the task or its maker has; null where only the task is known. */
  readonly command: string | null
  readonly route: Route | null
  /** Whether the task ran; null where that does not matter. */
  readonly ran: boolean | null
}

export type Outcome = 'found-with-run' | 'found-without-run' | 'not-found'

export interface CaseResult {
  readonly expected: ExpectedCase
  readonly outcome: Outcome
  /** The chain that it was found in. */
  readonly told: Told | null
  /** Null: nothing was said of the route, or nothing was found. */
  readonly routeIsRight: boolean | null
  /** Why it was not found, or not with its run; what telemetry would have been needed. */
  readonly because: readonly string[]
}

/** Holds what was done against what a scan told, and says of what is missing which telemetry could have shown it. */
export function validateCase(
  expected: ExpectedCase,
  findings: readonly Told[],
  coverage: readonly HostSpans[],
): CaseResult {
  const here = findings.filter((told) => shortHost(told.host) === shortHost(expected.host))
  const [told = null] = here
    .filter((one) => isInTime(one, expected) && isOfTask(one, expected) && hasCommand(one, expected))
    .sort((a, b) => rank(b, expected) - rank(a, expected) || (a.id < b.id ? -1 : 1))
  const spans = coverage.find(({ host }) => shortHost(host) === shortHost(expected.host))?.spans
  if (told === null) {
    return { expected, outcome: 'not-found', told, routeIsRight: null, because: whyNotFound(expected, spans) }
  }
  const ran = told.runs > 0
  return {
    expected,
    outcome: ran ? 'found-with-run' : 'found-without-run',
    told,
    routeIsRight: expected.route === null ? null : told.change?.route === expected.route,
    because: ran || expected.ran === false ? [] : told.blindSpots,
  }
}

/** Whether everything that was expected was told: the case, its run if there was one, its route. */
export const isAsExpected = ({ outcome, expected, routeIsRight }: CaseResult): boolean =>
  outcome !== 'not-found' &&
  routeIsRight !== false &&
  (expected.ran === null || expected.ran === (outcome === 'found-with-run'))

function isInTime({ change, runTimes }: Told, { time, within }: ExpectedCase): boolean {
  const near = (at: number) => Math.abs(at - time) <= within
  return (change !== null && near(change.time)) || runTimes.some(near)
}

function isOfTask({ task, change }: Told, expected: ExpectedCase): boolean {
  if (expected.task === null) return true
  // a command that names no task (at.exe) is told without one
  if (task === null) return expected.command !== null && change !== null
  const [told, wanted] = [task.toLowerCase(), expected.task.toLowerCase().replace(/^\\+/, '')]
  return told === `\\${wanted}` || (!wanted.includes('\\') && baseName(told) === wanted)
}

const hasCommand = ({ commands }: Told, { command }: ExpectedCase): boolean =>
  command === null || commands.some((one) => one.includes(command.toLowerCase()))

/** The change itself before mere runs, the right route, and the one that ran. */
function rank({ change, runs, bits }: Told, { route }: ExpectedCase): number {
  const isOwner = change !== null && change.kind !== 'deleted' && change.kind !== 'disabled'
  return (isOwner ? 1000 : 0) + (route !== null && change?.route === route ? 500 : 0) + (runs > 0 ? 200 : 0) + bits
}

function whyNotFound({ time, within }: ExpectedCase, spans: HostSpans['spans'] | undefined): string[] {
  if (spans === undefined) return ['No record of this host is in the input.']
  const needed: Capability[] = ['task-audit', 'scheduler-log', 'process-starts']
  const reasons = needed.flatMap((capability) => whyBlind(capabilityNames[capability], spans[capability], time, within))
  if (spans['process-starts'] && !spans['command-lines']) reasons.push('The process events carry no command lines.')
  return reasons.length > 0
    ? reasons
    : [
        'Task events, scheduler and processes were all recorded at that time, and nothing shows it: it did not happen, or otherwise than expected.',
      ]
}

function whyBlind(what: string, span: Span | undefined, time: number, within: number): string[] {
  if (span === undefined) return [`No ${what} events of this host: is it switched on and collected?`]
  const iso = (at: number) => new Date(at).toISOString()
  if (span.last < time - within) return [`The last ${what} event is from ${iso(span.last)}, before it happened.`]
  if (span.first > time + within) return [`The first ${what} event is from ${iso(span.first)}, after it happened.`]
  return []
}
