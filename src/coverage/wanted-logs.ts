import type { Chain, TaskChain } from '../model/chain.ts'
import { type Capability, capabilities, type HostSpans } from '../model/coverage.ts'
import type { WantedLog } from '../model/explanation.ts'

/** How far from a chain's time a log may begin or end and still be of that time, in milliseconds: quiet hosts log little. */
const near = 3_600_000

/** A question that a chain leaves open, and what each kind of log would have answered. */
interface OpenQuestion {
  readonly asks: string
  readonly answers: Readonly<Partial<Record<Capability, string>>>
}

/**
 * What no record says of a chain, and the kinds of log that its host does not have of that time and that would say it, the one that
 * answers most first.
 */
export function wantedLogs(
  chain: Chain,
  spans: HostSpans['spans'],
): { readonly open: readonly string[]; readonly wanted: readonly WantedLog[] } {
  const questions = chain.kind === 'log-cleared' ? [] : [...aboutChange(chain), ...aboutRuns(chain)]
  const wanted = capabilities.flatMap((log): WantedLog[] => {
    const span = spans[log]
    const isThere = span !== undefined && span.first - near <= chain.at.time && span.last + near >= chain.at.time
    const says = isThere ? [] : questions.flatMap(({ answers }) => answers[log] ?? [])
    return says.length > 0 ? [{ log, says }] : []
  })
  wanted.sort((a, b) => b.says.length - a.says.length)
  return { open: questions.map(({ asks }) => asks), wanted }
}

function aboutChange({ change, taskPath }: TaskChain): OpenQuestion[] {
  if (change === null) {
    const made = 'its registration: by whom, when, and the definition'
    if (taskPath === null) return []
    return [
      {
        asks: 'who made the task',
        answers: { 'task-audit': made, 'scheduler-log': 'when and by which account it was registered' },
      },
    ]
  }
  const questions: OpenQuestion[] = []
  if (change.outcome === 'attempted') {
    questions.push({
      asks: 'whether the command succeeded',
      answers: { 'task-audit': 'whether the task was registered', 'scheduler-log': 'whether the task was registered' },
    })
  }
  if (change.confidence !== 'certain') {
    questions.push({
      asks: 'which process or caller made the change, beyond doubt',
      answers: {
        'task-audit': 'the caller’s session, and on Windows 10 and later the very process (ClientProcessId)',
        'process-starts': 'what the process was that asked for the change',
        'command-lines': 'which command line asked for the change',
        ...(change.route === 'remote-rpc' ? { logons: 'the address that the session came from' } : {}),
      },
    })
  }
  if (change.route === 'remote-rpc' && change.actor.remote?.address == null)
    questions.push({
      asks: 'the address that the change came from',
      answers: { logons: 'the address of the logon (4624)' },
    })
  return questions
}

function aboutRuns({ kind, runs, taskPath }: TaskChain): OpenQuestion[] {
  if (kind === 'hidden-task' || kind === 'reconciliation') return []
  if (runs.length === 0) {
    return [
      {
        asks: 'whether it ran',
        answers: {
          'scheduler-log': 'each run, with the id of its process (events 129, 200, 201)',
          'process-starts': 'the processes that the scheduler started',
        },
      },
    ]
  }
  const processes = runs.flatMap((run) => run.processes)
  const questions: OpenQuestion[] = []
  if (processes.length === 0)
    questions.push({
      asks: 'what a run started',
      answers: { 'process-starts': 'the run’s processes and what they started' },
    })
  if (processes.some(({ depth, tiedBy }) => depth === 0 && tiedBy !== 'pid')) {
    questions.push({
      asks: taskPath === null ? 'of which task the process is' : 'that the process is of this task, beyond doubt',
      answers: { 'scheduler-log': 'the id of the run’s process (events 129, 200)' },
    })
  }
  if (processes.some(({ commandLine }) => commandLine === null))
    questions.push({
      asks: 'with which command line each process ran',
      answers: { 'command-lines': 'the command lines' },
    })
  return questions
}
