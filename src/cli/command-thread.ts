import { parentPort, workerData } from 'node:worker_threads'
import { faultText } from '../model/problem.ts'
import { clean } from '../report/index.ts'
import { type RunProgress, TemporaryFolder } from '../run/index.ts'
import type { StandardInput } from '../sources/standard-input.ts'
import { type WorkName, works } from './command-work.ts'
import { exitCodes } from './exit-codes.ts'
import type { Reserved } from './outputs.ts'
import { temporaryText, UsageError, WriteError } from './refusals.ts'
import type { Terminal, Work } from './surroundings.ts'

// The thread in which a command works. It may be busy for as long as it likes: the main thread, which has nothing else to do, minds
// signals, what has to be cleaned up, and the terminal.

export interface ThreadData {
  readonly name: WorkName
  readonly wanted: unknown
  readonly temporary: string
  readonly out: Reserved | null
  readonly beside: Readonly<Record<string, Reserved>>
  readonly standardInput: StandardInput | null
  readonly terminal: Terminal | null
}

export type FromThread =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'say'; readonly line: string }
  /** The first of `done` is 1 and notified once no line is on the terminal, and none will be. */
  | { readonly kind: 'free-terminal'; readonly done: Int32Array<SharedArrayBuffer> }
  | { readonly kind: 'end'; readonly code: number }

/** How often progress is told: often enough to look alive, in milliseconds. */
const interval = 100
/** How long a result waits for the terminal, in milliseconds, if ever. */
const patience = 1000

if (!parentPort) throw new Error('this module runs as a worker thread')
const port = parentPort
const tell = (message: FromThread) => port.postMessage(message)
const { name, wanted, temporary, out, beside, standardInput, terminal } = workerData as ThreadData

let last: RunProgress | null = null
let told = 0

function onProgress(progress: RunProgress): void {
  const isNews = progress.stage !== last?.stage
  last = progress
  const now = Date.now()
  if (!isNews && now - told < interval) return
  told = now
  tell({ kind: 'progress', progress })
}

/** The line is the main thread's, which has nothing else to do: it answers at once. */
function freeTerminal(): void {
  const done = new Int32Array(new SharedArrayBuffer(4))
  tell({ kind: 'free-terminal', done })
  Atomics.wait(done, 0, 0, patience)
}

/** Listening keeps the thread alive, so only a service does. */
const stopped = () => new Promise<void>((resolve) => port.once('message', () => resolve()))

/** What an error says to the user, and the exit code. */
function ending(error: unknown): { line: string; code: number } {
  if (error instanceof UsageError) return { line: error.message, code: exitCodes.usage }
  if (error instanceof WriteError) return { line: error.message, code: exitCodes.cannotWrite }
  if (error instanceof Error && 'syscall' in error && isTemporary(error)) {
    return { line: temporaryText(error), code: exitCodes.cannotWrite }
  }
  return { line: `an error of its own${placeOf(last)}: ${faultText(error)}`, code: exitCodes.ownFault }
}

/** What is thrown of inputs and of outputs has been caught already; a write to an open file names no path. */
const isTemporary = (error: Error): boolean => !('path' in error) || String(error.path).startsWith(temporary)

const placeOf = (progress: RunProgress | null): string =>
  progress === null ? '' : ` while ${progress.stage}${progress.input === null ? '' : ` ${progress.input}`}`

try {
  const work = (await works[name]()) as Work<unknown>
  const code = await work(wanted, {
    temporary: new TemporaryFolder(temporary),
    out,
    beside,
    standardInput,
    terminal,
    onProgress,
    stopped,
    freeTerminal,
    say: (line) => tell({ kind: 'say', line }),
  })
  tell({ kind: 'end', code })
} catch (error) {
  const { line, code } = ending(error)
  tell({ kind: 'say', line: `tasktrail: ${clean(line)}` })
  tell({ kind: 'end', code })
}
port.unref() // nobody is waited for any more
