export type { JobFile, JobPriority, JobSettings, JobSignature, JobTrigger } from './job-file.ts'
export { toJobTask } from './job-task.ts'
export { JOB_SNIFF_SIZE, type JobReading, looksLikeJob, readJob } from './read-job.ts'
