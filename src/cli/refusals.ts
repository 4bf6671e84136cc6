import { tmpdir } from 'node:os'
import { reasonOf } from '../sources/reason.ts'

/** Something that the user can mend by calling the program otherwise: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Something that the user can mend on his disk: exit code 74. */
export class WriteError extends Error {
  override readonly name = 'WriteError'
}

/** What to say when the system does not let temporary files be written. */
export const temporaryText = (error: unknown): string =>
  `a temporary file cannot be written in ${tmpdir()}: ${reasonOf(error)}; TMPDIR names another folder for such files`
