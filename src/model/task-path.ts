/**
 * A task's path in one form: one leading backslash, single backslashes, no trailing space or backslash, case kept.
 * Task names do not distinguish case: compare with `taskKey`.
 */
export function taskPath(name: string): string {
  const parts = name
    .normalize('NFC')
    .trim()
    .split(/[\\/]+/)
    .filter((part) => part !== '')
  return `\\${parts.join('\\')}`
}

/** The key under which a task's facts meet on one host. */
export function taskKey(path: string): string {
  return taskPath(path).toLowerCase()
}
