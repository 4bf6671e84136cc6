import { Worker } from 'node:worker_threads'
import { faultText } from '../model/problem.ts'
import { clean } from '../report/clean.ts'
import type { RunProgress } from '../run/progress.ts'
import { TemporaryFolder } from '../run/temporary-folder.ts'
import { threadLimits } from '../run/thread-limits.ts'
import { keepStandardInput, type StandardInput, standardInputName } from '../sources/standard-input.ts'
import type { FromThread, ThreadData } from './command-thread.ts'
import type { ArgumentsOf, WorkName } from './command-work.ts'
import { exitCodes, signalCodes } from './exit-codes.ts'
import { refuseStandardOutput, withLinked } from './inputs-guard.ts'
import { abandon, type OutputWish, type Reserved, refuseTwice, reserve } from './outputs.ts'
import { ProgressLine } from './progress.ts'
import { temporaryText, UsageError, WriteError } from './refusals.ts'
import type { Terminal } from './surroundings.ts'

/** In TypeScript in development, and as JavaScript where it is published, in a folder beside that of the chunk that this is in. */
export const threadModule = new URL(
  `../cli/command-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`,
  import.meta.url,
)

/** How long the thread may take to let go when the program is interrupted, in milliseconds: it waits only for a system call. */
const patience = 500

export interface CommandCall {
  /** What is read; no output may be or lie in it. */
  readonly inputs: readonly string[]
  /** Symbolic links below the inputs are followed: what they lead to is read, too. */
  readonly followLinks?: boolean
  /** Where results go; null: stdout. */
  readonly out: OutputWish | null
  /** Where else they go, by the name of the option; null: the option was not given. */
  readonly beside?: Readonly<Record<string, OutputWish | null>>
  readonly quiet: boolean
}

/**
 * Runs a command's work in a thread of its own and sets the process's exit code. This thread stays free, so a signal is answered at
 * once, whatever the work is busy with; and an error of the work, or a full heap, ends the work and not the program.
 */
export async function runCommand<Name extends WorkName>(
  name: Name,
  wanted: ArgumentsOf<Name>,
  { inputs, followLinks = false, out, beside = {}, quiet }: CommandCall,
): Promise<void> {
  const temporary = new TemporaryFolder()
  const kept = new TemporaryFolder()
  let reserved: Reserved | null = null
  const others: Record<string, Reserved> = {}
  let worker: Worker | null = null
  const line = new ProgressLine(quiet)
  process.stderr.on('error', () => {}) // nobody listens any more: that is no reason to stop

  const cleanUp = () => {
    line.clear()
    temporary.remove()
    kept.remove()
    for (const place of [reserved, ...Object.values(others)]) if (place) abandon(place)
  }
  let isEnding = false
  const interrupted = async (signal: keyof typeof signalCodes) => {
    if (isEnding) return // npm hands a signal on that the terminal has sent already
    isEnding = true
    // A thread that waits for a system call (a pipe that nobody empties) does not end, and the process would wait for it.
    setTimeout(() => {
      cleanUp()
      process.off(signal, interrupted)
      process.kill(process.pid, signal)
    }, patience)
    await worker?.terminate()
    cleanUp()
    if (!quiet) process.stderr.write(`tasktrail: ended by ${signal}; nothing was kept\n`)
    process.exit(signalCodes[signal])
  }
  const signals = Object.keys(signalCodes) as (keyof typeof signalCodes)[]
  for (const signal of signals) process.on(signal, interrupted)

  try {
    const read = followLinks ? withLinked(inputs) : inputs
    if (out === null) refuseStandardOutput(read)
    else reserved = reserve(out, read)
    for (const [option, wish] of Object.entries(beside)) if (wish) others[option] = reserve(wish, read)
    refuseTwice([reserved, ...Object.values(others)])
    const standardInput = inputs.includes(standardInputName) ? await standardInputIn(kept) : null
    const data: ThreadData = {
      name,
      wanted,
      temporary: temporary.path,
      out: reserved,
      beside: others,
      standardInput,
      terminal: terminalOf(),
    }
    worker = new Worker(threadModule, { workerData: data, resourceLimits: threadLimits })
    process.exitCode = await endOf(worker, line)
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof WriteError)) throw error
    process.stderr.write(`tasktrail: ${clean(error.message)}\n`)
    process.exitCode = error instanceof UsageError ? exitCodes.usage : exitCodes.cannotWrite
  } finally {
    cleanUp()
    for (const signal of signals) process.off(signal, interrupted)
  }
}

/** Columns of a terminal that does not say how many it has. */
const usualColumns = 80

export function terminalOf(): Terminal | null {
  const { isTTY, columns } = process.stdout
  if (!isTTY) return null
  return { columns: columns || usualColumns, color: !process.env.NO_COLOR && process.env.TERM !== 'dumb' }
}

/** What comes on standard input, in a file that can be looked at more than once. */
async function standardInputIn(folder: TemporaryFolder): Promise<StandardInput> {
  try {
    return await keepStandardInput(process.stdin, folder.file('stdin'))
  } catch (error) {
    throw new WriteError(temporaryText(error))
  }
}

/** The exit code, once the thread has ended; its lines are shown until then. */
export function endOf(worker: Worker, line: ProgressLine): Promise<number> {
  let last: RunProgress | null = null
  let code: number | null = null
  const say = (text: string) => {
    line.clear()
    process.stderr.write(`${text}\n`)
  }
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'say') say(message.line)
    else if (message.kind === 'end') code = message.code
    else if (message.kind === 'free-terminal') {
      line.end()
      Atomics.store(message.done, 0, 1)
      Atomics.notify(message.done, 0)
    } else {
      last = message.progress
      line.show(last)
    }
  })
  return new Promise((resolve) => {
    worker.on('error', (error) => {
      const at = last === null ? '' : ` while ${last.stage}${last.input === null ? '' : ` ${last.input}`}`
      say(`tasktrail: an error of its own${clean(at)}: ${clean(faultText(error))}`)
      code = exitCodes.ownFault
    })
    worker.on('exit', () => resolve(code ?? exitCodes.ownFault))
  })
}
