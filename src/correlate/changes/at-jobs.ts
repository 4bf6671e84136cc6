import type { TaskCommand } from '../../model/command.ts'
import { addEvidence } from '../fact-evidence.ts'
import { type HostMemory, tasksOf } from '../memory/host-memory.ts'
import { type CorrelateSettings, limits } from '../settings.ts'
import { asked } from './asked.ts'
import type { ChangeDraft } from './change-draft.ts'
import { askedFor, clueOf } from './clue.ts'

/** The service names what at.exe asks for: At and the number of the job, which is used again when the job is gone. */
const atJob = /^\\at\d{1,9}$/

/**
 * at.exe names no task. The next job that the service made after it, and that can be what it asked for, is its task; the
 * command alone is then no attempt any more.
 * Source: https://learn.microsoft.com/windows-server/administration/windows-commands/at, [MS-TSCH] 3.2.5.2.1
 */
export function claimedAtJobs(memory: HostMemory, { commandToChange }: CorrelateSettings): AtJobs {
  const jobs = atJobsOf(memory)
  const claimed: AtJobs = { jobs: new Map(), commands: new Set() }
  if (jobs.length === 0) return claimed
  const commands = memory.loose
    .filter((change) => isAtCreate(askedFor(change)) && !change.isOnOtherHost)
    .sort((a, b) => a.at.time - b.at.time)
  let next = 0
  for (const command of commands) {
    const isOver = (one: ChangeDraft) => one.first.time < command.at.time || claimed.jobs.has(one)
    for (let one = jobs[next]; one && isOver(one); one = jobs[next]) next++
    const job = jobs
      .slice(next, next + limits.jobsForCommand)
      .find((one) => !clueOf(one, 'command') && !claimed.jobs.has(one) && isAskedFor(command, one, commandToChange))
    if (!job) continue
    const evidence = [...job.evidence]
    for (const one of command.evidence) addEvidence(evidence, one)
    const asking = clueOf(command, 'command')
    claimed.jobs.set(job, { ...job, clues: [...job.clues, ...(asking ? [asking] : [])], evidence })
    claimed.commands.add(command)
  }
  return claimed
}

/** Which changes are jobs that at.exe asked for. */
export interface AtJobs {
  /** The change as it is with the command that asked for it, by the change as the logs alone show it. */
  readonly jobs: Map<ChangeDraft, ChangeDraft>
  /** The commands, which are no attempts any more. */
  readonly commands: Set<ChangeDraft>
}

function atJobsOf(memory: HostMemory): ChangeDraft[] {
  const made: ChangeDraft[] = []
  for (const [key, task] of tasksOf(memory)) {
    if (!atJob.test(key)) continue
    for (const { change } of task.eras) if (change && change.kind !== 'tampered') made.push(change)
  }
  return made.sort((a, b) => a.first.time - b.first.time)
}

const isAtCreate = (command: TaskCommand | null): boolean => command?.tool === 'at' && command.verb === 'create'

function isAskedFor(command: ChangeDraft, job: ChangeDraft, within: number): boolean {
  const wait = job.first.time - command.at.time
  return wait >= 0 && wait <= within && asked(job, askedFor(command))?.compatible !== 'no'
}
