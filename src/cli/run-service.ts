import { Worker } from 'node:worker_threads'
import { TemporaryFolder } from '../run/temporary-folder.ts'
import { serviceLimits } from '../run/thread-limits.ts'
import type { ThreadData } from './command-thread.ts'
import type { ArgumentsOf, WorkName } from './command-work.ts'
import { signalCodes } from './exit-codes.ts'
import { ProgressLine } from './progress.ts'
import { endOf, terminalOf, threadModule } from './run-command.ts'

/** How long the service may take to end when it is asked to, in milliseconds: less than what watches over services waits. */
const patience = 60_000
/** A signal that comes so soon after another is the same one: npm hands on what the terminal has sent already. In milliseconds. */
const echo = 1_000

/** What its thread may take: more where Node was told so, which a thread does not hear of. */
function limits() {
  const said = `${process.env.NODE_OPTIONS ?? ''} ${process.execArgv.join(' ')}`
  const wish = /--max[-_]old[-_]space[-_]size[= ](\d+)/.exec(said)?.[1]
  return wish === undefined ? serviceLimits : { ...serviceLimits, maxOldGenerationSizeMb: Number(wish) }
}

/**
 * Runs a service's work in a thread of its own until a signal ends it, and sets the process's exit code. The first signal asks it to end: it
 * answers what it has taken and keeps it. The second ends it at once, which loses nothing either, but costs the next start its time.
 */
export async function runService<Name extends WorkName>(name: Name, wanted: ArgumentsOf<Name>): Promise<void> {
  const temporary = new TemporaryFolder()
  process.stderr.on('error', () => {}) // nobody listens any more: that is no reason to stop
  const data: ThreadData = {
    ...{ name, wanted, temporary: temporary.path },
    ...{ out: null, beside: {}, standardInput: null, terminal: terminalOf() },
  }
  const worker = new Worker(threadModule, { workerData: data, resourceLimits: limits() })
  type Signal = keyof typeof signalCodes
  let asked = 0
  const endNow = async (signal: Signal) => {
    await worker.terminate()
    temporary.remove()
    process.stderr.write(`tasktrail: ended by ${signal} in the middle of its work; the next start takes it up\n`)
    process.exit(signalCodes[signal])
  }
  const onSignal = (signal: Signal) => {
    if (asked === 0) {
      asked = Date.now()
      worker.postMessage('stop')
      setTimeout(() => endNow(signal), patience).unref()
    } else if (Date.now() - asked > echo) endNow(signal)
  }
  const signals = Object.keys(signalCodes) as Signal[]
  for (const signal of signals) process.on(signal, onSignal)
  process.exitCode = await endOf(worker, new ProgressLine(true))
  temporary.remove()
  for (const signal of signals) process.off(signal, onSignal)
}
