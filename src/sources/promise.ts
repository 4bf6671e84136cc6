/** What a file's place or ending says that it holds. */
export type Promised = 'event-log' | 'task' | 'hive' | 'job'

/** Hives that this program reads; a hive's logs and copies (RegBack) may be empty, and are on a sound host. */
const hive = /(?:^|[\\/])config[\\/](?:software|system)$/i
const task = /(?:^|[\\/])windows[\\/](?:system32|syswow64)[\\/]tasks[\\/]/i
const job = /(?:^|[\\/])windows[\\/]tasks[\\/][^\\/]*\.job$/i
const log = /(?:^|[\\/])winevt[\\/]logs[\\/][^\\/]+$|\.evtx$/i

/** Null: nothing, so that a file that is none of the known kinds there is no loss. */
export function promiseOf(place: string): Promised | null {
  if (log.test(place)) return 'event-log'
  if (task.test(place)) return 'task'
  if (hive.test(place)) return 'hive'
  return job.test(place) ? 'job' : null
}

/** How a file that is not what it should be is told of. */
export const promises: Readonly<Record<Promised, string>> = {
  'event-log': 'an event log (EVTX)',
  task: 'a task’s file',
  hive: 'a registry hive',
  job: 'a .job file',
}

/** The name of the log that a file is of: `Microsoft-Windows-TaskScheduler%4Operational.evtx` has `/` written as `%4`. */
export function logNameOf(place: string): string {
  const name = place.split(/[\\/!]/).at(-1) ?? place
  return name.replace(/\.evtx$/i, '').replaceAll('%4', '/')
}
