/** What the program's exit code says; documented in the README. */
export const exitCodes = {
  done: 0,
  /** `--fail-on` was given and a finding is at or above that severity. */
  found: 1,
  usage: 2,
  /** Done, but something that we know how to read was damaged. */
  damaged: 3,
  /** Nothing could be read. */
  nothing: 4,
  interrupted: 130,
} as const
