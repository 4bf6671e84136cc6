import { asked } from './asked.ts'
import type { ChangeDraft } from './change-draft.ts'
import type { HostState } from './host-state.ts'
import { addEvidence } from './run-draft.ts'

/** The service names what at.exe asks for: At and the number of the job, which is used again when the job is gone. */
const atJob = /^\\at\d{1,9}$/

/**
 * at.exe names no task. The next job that the service made after it, and that can be what it asked for, is its task; the
 * command alone is then no attempt any more.
 * Source: https://learn.microsoft.com/windows-server/administration/windows-commands/at, [MS-TSCH] 3.2.5.2.1
 */
export function claimAtJobs(host: HostState): void {
  const jobs = atJobsOf(host)
  if (jobs.length === 0) return
  const commands = host.loose
    .filter((change) => change.command?.tool === 'at' && change.command.verb === 'create' && !change.isOnOtherHost)
    .sort((a, b) => a.at.time - b.at.time)
  const claimed = new Set<ChangeDraft>()
  let next = 0
  for (const command of commands) {
    while ((jobs[next]?.first.time ?? Number.POSITIVE_INFINITY) < command.at.time) next++
    const job = jobs.slice(next, next + mostJobs).find((one) => one.tool === null && isAskedFor(host, command, one))
    if (!job) continue
    job.tool = command.tool
    job.command = command.command
    for (const one of command.evidence) addEvidence(job.evidence, one)
    claimed.add(command)
  }
  host.loose.splice(0, host.loose.length, ...host.loose.filter((change) => !claimed.has(change)))
}

/** Jobs looked at for one command: nobody makes more of them within seconds. */
const mostJobs = 64

function atJobsOf(host: HostState): ChangeDraft[] {
  const made: ChangeDraft[] = []
  for (const [key, task] of host.tasks) {
    if (!atJob.test(key)) continue
    for (const { change } of task.eras) if (change && change.kind !== 'tampered') made.push(change)
  }
  return made.sort((a, b) => a.first.time - b.first.time)
}

function isAskedFor(host: HostState, { at, command }: ChangeDraft, job: ChangeDraft): boolean {
  const wait = job.first.time - at.time
  return wait >= 0 && wait <= host.settings.commandToChange && asked({ ...job, command })?.compatible !== 'no'
}
