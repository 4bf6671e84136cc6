/** Something that the user can mend by calling the program otherwise: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Something that the user can mend on his disk: exit code 74. */
export class WriteError extends Error {
  override readonly name = 'WriteError'
}
