import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { reasonOf } from './reason.ts'

/** How standard input is named on the command line and in results. */
export const standardInputName = '-'

/** Standard input in a file, so that it can be read like one: in parts, several times, and from its end. */
export interface StandardInput {
  readonly path: string
  /** Why it ended before its end; null when it did not. What came until then is there. */
  readonly problem: string | null
}

/** Takes all that comes into a new file that only this user can read. Throws where that file cannot be written. */
export async function keepStandardInput(stream: Readable, path: string): Promise<StandardInput> {
  try {
    await pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    return { path, problem: null }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && (error.syscall === 'write' || error.syscall === 'open'))
      throw error
    return { path, problem: reasonOf(error) }
  }
}
