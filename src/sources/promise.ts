/** What a file's place or ending says that it holds. */
export type Promised = 'event-log' | 'task' | 'hive' | 'hive-copy' | 'job'

/** Hives that this program reads, where Windows keeps them or by their name as it writes it. */
const hive = /(?:^|[\\/])config[\\/](?:software|system)$/i
const nameOfHive = /(?:^|[\\/!])(?:SOFTWARE|SYSTEM)$/
/** A hive's logs and its copies, which may be empty, and are on a sound host. */
const hiveCopy = /(?:^|[\\/])regback[\\/](?:software|system)$|(?:^|[\\/!])(?:software|system)\.log[12]$/i
const task = /(?:^|[\\/])windows[\\/](?:system32|syswow64)[\\/]tasks[\\/]/i
const job = /(?:^|[\\/])windows[\\/]tasks[\\/][^\\/]*\.job$/i
const log = /(?:^|[\\/])winevt[\\/]logs[\\/][^\\/]+$|\.evtx$/i

/** Null: nothing, so that a file that is none of the known kinds there is no loss. */
export function promiseOf(place: string): Promised | null {
  if (log.test(place)) return 'event-log'
  if (task.test(place)) return 'task'
  if (hiveCopy.test(place)) return 'hive-copy'
  if (hive.test(place) || nameOfHive.test(place)) return 'hive'
  return job.test(place) ? 'job' : null
}

/** How a file that is not what it should be is told of. */
export const promises: Readonly<Record<Promised, string>> = {
  'event-log': 'an event log (EVTX)',
  task: 'a task’s file',
  hive: 'a registry hive',
  'hive-copy': 'a registry hive’s copy or log',
  job: 'a .job file',
}

/** The name of the log that a file is of: `Microsoft-Windows-TaskScheduler%4Operational.evtx` has `/` written as `%4`. */
export function logNameOf(place: string): string {
  const name = place.split(/[\\/!]/).at(-1) ?? place
  return name.replace(/\.evtx$/i, '').replaceAll('%4', '/')
}
