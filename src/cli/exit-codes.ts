/** What the program's exit code says; documented in the README. 69 and up are those of BSD's sysexits.h, above 128 those of shells. */
export const exitCodes = {
  done: 0,
  /** `--fail-on` was given and a finding is at or above that severity, or a bound was not reached. */
  found: 1,
  /** Also an output that was refused. */
  usage: 2,
  /** Done, but something that we know how to read was damaged. */
  damaged: 3,
  /** Nothing could be read, or nothing of what was asked for is in the evidence. */
  nothing: 4,
  /** A fault of ours. (69, a Node that is too old, is said by bin/tasktrail.cjs.) */
  ownFault: 70,
  /** Results or temporary files could not be written: a full disk, say. */
  cannotWrite: 74,
} as const

/** Signals that end the program, and what a shell says of a program that they have ended. */
export const signalCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const
