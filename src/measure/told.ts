import { z } from 'zod'
import { type Severity, severities } from '../model/finding.ts'
import { list, type Reading, readAs, text, timeOf } from './form.ts'

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

const processForm = z.object({ image: text, commandLine: text, pid: z.number().nullish() })

const findingForm = z.object({
  schema: z.literal('tasktrail.finding/1'),
  id: text,
  kind: text,
  host: text,
  task: z
    .object({
      path: text,
      statedAction: text,
      definition: z.object({ actions: list(z.object({ command: text, arguments: text, classId: text })) }).nullish(),
    })
    .nullish(),
  change: z
    .object({
      time: text,
      kind: text,
      outcome: text,
      route: text,
      actor: z.object({ user: text, process: processForm.nullish() }).nullish(),
    })
    .nullish(),
  runs: list(z.object({ time: text, processes: list(processForm) })),
  runSummary: z.object({ count: z.number() }).nullish(),
  verdict: text,
  score: z.object({ bits: z.number(), severity: z.enum(severities) }),
  blindSpots: list(z.string()),
})
type Finding = z.output<typeof findingForm>

const toldForm = findingForm.transform(
  (finding): Told => ({
    id: finding.id ?? '',
    kind: finding.kind ?? '',
    host: (finding.host ?? '').toLowerCase(),
    task: finding.task?.path ?? null,
    change: changeOf(finding.change),
    processes: finding.runs.flatMap(({ processes }) =>
      processes.map(({ image, pid }) => ({ image: image ?? '', pid: pid ?? Number.NaN })),
    ),
    runTimes: finding.runs.map(({ time }) => timeOf(time ?? '')),
    runs: finding.runs.length,
    commands: commandsOf(finding),
    hasMoreRuns: (finding.runSummary?.count ?? 0) > finding.runs.length,
    verdict: finding.verdict ?? '',
    bits: finding.score.bits,
    severity: finding.score.severity,
    blindSpots: finding.blindSpots,
  }),
)

/** Reads a finding of `scan --all --format jsonl`. */
export const readTold = (value: unknown): Reading<Told> => readAs(toldForm, value)

function changeOf(change: Finding['change']): Told['change'] {
  if (!change) return null
  return {
    time: timeOf(change.time ?? ''),
    kind: change.kind ?? '',
    outcome: change.outcome ?? '',
    route: change.route ?? '',
    user: change.actor?.user ?? null,
    process: change.actor?.process?.image ?? null,
  }
}

function commandsOf({ task, change, runs }: Finding): string[] {
  const processes = [change?.actor?.process ?? null, ...runs.flatMap((run) => run.processes)]
  return [
    task?.statedAction ?? null,
    ...(task?.definition?.actions ?? []).map(
      (action) => `${action.command ?? ''} ${action.arguments ?? ''} ${action.classId ?? ''}`,
    ),
    ...processes.map((process) => process && (process.commandLine ?? process.image)),
  ].flatMap((one) => (one === null ? [] : one.toLowerCase()))
}
