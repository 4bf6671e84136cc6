import { type Severity, severities } from '../model/finding.ts'
import { isObject, textOf, timeOf } from './truth.ts'

/** What a scan told of one chain: the parts of a `tasktrail.finding/1` that the measure reads. */
export interface Told {
  readonly id: string
  readonly kind: string
  /** Lower case. */
  readonly host: string
  readonly task: string | null
  readonly change: {
    readonly time: number
    readonly kind: string
    readonly outcome: string
    readonly route: string
    readonly user: string | null
    readonly process: string | null
  } | null
  readonly processes: readonly { readonly image: string; readonly pid: number }[]
  /** When each listed run began, in milliseconds. */
  readonly runTimes: readonly number[]
  readonly runs: number
  /** Whatever names a program or its arguments, lower case: actions, command lines of the actor and of what ran. */
  readonly commands: readonly string[]
  /** There were more runs than are listed. */
  readonly hasMoreRuns: boolean
  readonly verdict: string
  readonly bits: number
  readonly severity: Severity
  readonly blindSpots: readonly string[]
}

/** Reads a line of `scan --all --format jsonl`; null when it is none. */
export function readTold(value: unknown): Told | null {
  if (!isObject(value) || value.schema !== 'tasktrail.finding/1' || !isObject(value.score)) return null
  const runs = (Array.isArray(value.runs) ? value.runs : []).filter(isObject)
  const severity = severities.find((one) => one === (value.score as Record<string, unknown>).severity)
  if (severity === undefined) return null
  const count = isObject(value.runSummary) && typeof value.runSummary.count === 'number' ? value.runSummary.count : 0
  return {
    id: textOf(value.id) ?? '',
    kind: textOf(value.kind) ?? '',
    host: (textOf(value.host) ?? '').toLowerCase(),
    task: isObject(value.task) ? textOf(value.task.path) : null,
    change: changeOf(value.change),
    processes: runs.flatMap((run) =>
      (Array.isArray(run.processes) ? run.processes : []).filter(isObject).map((process) => ({
        image: textOf(process.image) ?? '',
        pid: Number(process.pid),
      })),
    ),
    runTimes: runs.flatMap((run) => timeOf(textOf(run.time) ?? '')),
    runs: runs.length,
    commands: commandsOf(value, runs),
    hasMoreRuns: count > runs.length,
    verdict: textOf(value.verdict) ?? '',
    bits: typeof value.score.bits === 'number' ? value.score.bits : 0,
    severity,
    blindSpots: (Array.isArray(value.blindSpots) ? value.blindSpots : []).filter((one) => typeof one === 'string'),
  }
}

function changeOf(value: unknown): Told['change'] {
  if (!isObject(value)) return null
  const actor = isObject(value.actor) ? value.actor : {}
  return {
    time: timeOf(textOf(value.time) ?? ''),
    kind: textOf(value.kind) ?? '',
    outcome: textOf(value.outcome) ?? '',
    route: textOf(value.route) ?? '',
    user: textOf(actor.user),
    process: isObject(actor.process) ? textOf(actor.process.image) : null,
  }
}

function commandsOf(value: Record<string, unknown>, runs: readonly Record<string, unknown>[]): string[] {
  const task = isObject(value.task) ? value.task : {}
  const definition = isObject(task.definition) ? task.definition : {}
  const actions = (Array.isArray(definition.actions) ? definition.actions : []).filter(isObject)
  const actor = isObject(value.change) && isObject(value.change.actor) ? value.change.actor : {}
  const processes = [
    ...(isObject(actor.process) ? [actor.process] : []),
    ...runs.flatMap((run) => (Array.isArray(run.processes) ? run.processes : [])).filter(isObject),
  ]
  return [
    textOf(task.statedAction),
    ...actions.map(
      (action) => `${textOf(action.command) ?? ''} ${textOf(action.arguments) ?? ''} ${textOf(action.classId) ?? ''}`,
    ),
    ...processes.map((process) => textOf(process.commandLine) ?? textOf(process.image)),
  ].flatMap((one) => (one === null ? [] : one.toLowerCase()))
}
