import { cutText, isCutText } from './cut-text.ts'

/**
 * No task has a longer path: schtasks.exe takes names of up to 238 characters, and the task's file must lie within MAX_PATH (260);
 * twice that leaves room for a key that was written past the service, of 255 characters a part. In UTF-16 code units.
 * Source: https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks-create
 */
const longestPath = 512
/** What is kept of a longer one, before how much was cut. */
const keptOfLonger = 400

/**
 * A task's path in one form: one leading backslash, single backslashes, no trailing space or backslash, case kept. Of one that is
 * longer than any on Windows the beginning is kept, with how much was cut and a hash of that, so that two of them stay two.
 * Task names do not distinguish case: compare with `taskKey`.
 */
export function taskPath(name: string): string {
  if (inForm.test(name) && name.length <= longestPath) return name
  const parts = name
    .normalize('NFC')
    .trim()
    .split(/[\\/]+/)
    .filter((part) => part !== '')
  const path = `\\${parts.join('\\')}`
  // Task names do not distinguish case, and neither does the hash.
  return path.length > longestPath ? cutText(path, keptOfLonger, (rest) => rest.toLowerCase()) : path
}

/** In that form already, as most are: of plain ASCII, in which nothing is to be normalized. */
const inForm = /^(?:\\[ -.0-[\]-~]+)+(?<! )$/

/** The key under which a task's facts meet on one host. */
export function taskKey(path: string): string {
  return taskPath(path).toLowerCase()
}

/** Whether `taskPath` has cut it. */
export const isCutPath = (path: string): boolean => isCutText(path, keptOfLonger)
