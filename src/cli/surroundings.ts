import type { TemporaryFolder } from '../run/index.ts'
import type { OnProgress } from '../run/progress.ts'
import type { StandardInput } from '../sources/standard-input.ts'
import type { Reserved } from './outputs.ts'

export interface Terminal {
  readonly columns: number
  /** Whether it is to have colours: `NO_COLOR` and a dumb terminal say no. */
  readonly color: boolean
}

/** What a command's work has around it, in its thread. */
export interface Surroundings {
  readonly temporary: TemporaryFolder
  /** Where results go; null: stdout. */
  readonly out: Reserved | null
  /** Where else they go, by the name of the option. */
  readonly beside: Readonly<Record<string, Reserved>>
  readonly standardInput: StandardInput | null
  /** What looks at the standard output; null: a file or another program. */
  readonly terminal: Terminal | null
  readonly onProgress: OnProgress
  /** Takes the line that tells the progress off the terminal, and returns when it is gone: a result is written there. */
  readonly freeTerminal: () => void
  /** Settles when a service is asked to end: it goes on until then. */
  readonly stopped: () => Promise<void>
  /** A line for people, on stderr. */
  readonly say: (line: string) => void
}

/** Does a command's work and returns the exit code. The arguments are plain data: they come from another thread. */
export type Work<Arguments> = (wanted: Arguments, around: Surroundings) => Promise<number> | number
