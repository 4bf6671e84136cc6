/** Something in the input that could not be read: where it is and why. Reading goes on around it. */
export interface Problem {
  /** The input as the user named it, or its path below the folder that was named. */
  readonly file: string
  /** Byte offset in the file, where there is one. */
  readonly offset: number | null
  /** Index of the 64 KiB chunk of an EVTX file, where there is one. */
  readonly chunk: number | null
  /** A stable word for the kind of damage, e.g. `bad-checksum`, `truncated`, `bad-record`. */
  readonly code: string
  /** One sentence for a person: expected, found, what was lost. */
  readonly reason: string
}

/** The code of a problem that is a fault of this program, not of the input; the exit code says so, too. */
export const ownFaultCode = 'own-fault'

/** A fault of ours that an input met: what else it holds and all other inputs are still used. */
export const ownFault = (file: string, error: unknown, where = ''): Problem => ({
  file,
  offset: null,
  chunk: null,
  code: ownFaultCode,
  reason: `${where}an error of tasktrail's own, not of the input: ${faultText(error)}`,
})

/** An error in one line: what it is, and where in the program it was thrown, as far as that is known. */
export function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return 'the memory that Node allows is full; NODE_OPTIONS=--max-old-space-size=N allows N megabytes'
  }
  const [, place] = /[\\/]((?:src|dist)[\\/][^()\n]+:\d+):\d+\)?$/m.exec(error.stack ?? '') ?? []
  const says = `${error.name}: ${error.message}`.replace(/\s+/g, ' ')
  return place === undefined ? says : `${says} (at ${place.replaceAll('\\', '/')})`
}

/** Whether an error can only come of a fault in the program: nothing that was read throws these on purpose. */
export const isOwnFault = (error: unknown): boolean =>
  (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) && !('code' in error)
