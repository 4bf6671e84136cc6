import type { JobTask } from '../../model/artifact.ts'
import { jobDefinition } from './job-definition.ts'
import type { JobReading } from './read-job.ts'

/** The file in the words of the model; null when it is no .job file. `path` comes from its name: `\At1`. */
export function toJobTask({ job, problems }: JobReading, source: number, path: string): JobTask | null {
  if (job === null) return null
  return {
    source,
    path,
    definition: jobDefinition(job),
    lastRun: job.lastRun,
    lastResult: job.lastRun === null ? null : job.exitCode,
    problem: problems[0]?.reason ?? null,
  }
}
