import { Worker } from 'node:worker_threads'
import { addLogCounts } from '../coverage/index.ts'
import { noteStep } from '../engine/clock-steps.ts'
import { addNotes, type ExtractTally, newTally, noteHost } from '../engine/extract.ts'
import type { FactRun } from '../engine/fact-runs.ts'
import type { PackedFacts, Unit } from '../engine/ports.ts'
import { addScripts } from '../engine/scripts.ts'
import { addUnreadable } from '../engine/unreadable-records.ts'
import { append } from '../model/lists.ts'
import { ownFault } from '../model/problem.ts'
import { type SpoolIndex, TemporaryFacts } from '../stores/temporary-facts.ts'
import type { ExtractResult, ReadWatch } from './extract-result.ts'
import type { TemporaryFolder } from './temporary-folder.ts'
import { threadLimits } from './thread-limits.ts'

export type ToWorker = { readonly kind: 'read'; readonly unit: Unit } | { readonly kind: 'finish' }
export type FromWorker =
  | { readonly kind: 'read'; readonly bytes: number; readonly records: number }
  | {
      readonly kind: 'done'
      readonly runs: readonly ({ readonly blocks: readonly PackedFacts[] } | { readonly handles: readonly number[] })[]
      readonly spool: SpoolIndex
      readonly tally: ExtractTally
    }

/** In TypeScript in development, and as JavaScript where it is published, in a folder beside that of the chunk that this is in. */
const workerModule = new URL(`../run/extract-worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)

/** Hands out units to threads, the next to whoever is free; results are joined by the facts' own order. */
export async function extractWithWorkers(
  units: readonly Unit[],
  count: number,
  temporary: TemporaryFolder,
  watch: ReadWatch,
): Promise<ExtractResult> {
  const queue = new UnitQueue(units)
  const results = await Promise.all(
    Array.from({ length: count }, () => readUntilDone(queue, () => temporary.file('facts'), watch)),
  )
  const tally = newTally()
  for (const { tally: own } of results) addTally(tally, own)
  append(tally.problems, queue.faults)
  return { runs: results.flatMap((r) => r.runs), tally }
}

function addTally(tally: ExtractTally, own: ExtractTally): void {
  tally.records += own.records
  tally.facts += own.facts
  tally.bytes += own.bytes
  for (const host of own.hosts) tally.hosts.add(host)
  for (const [source, host] of own.hostOf) noteHost(tally.hostOf, source, host)
  for (const step of own.clockSteps.values()) noteStep(tally.clockSteps, step)
  addScripts(tally.scripts, own.scripts)
  addLogCounts(tally.logs, own.logs)
  addNotes(tally.notes, own.notes)
  append(tally.problems, own.problems)
  addUnreadable(tally.unreadable, own.unreadable)
  tally.unlistedProblems += own.unlistedProblems
}

/** Units that nobody has read, in order, and the inputs on which a thread broke. */
class UnitQueue {
  readonly faults: ReturnType<typeof ownFault>[] = []
  readonly #units: Unit[]

  constructor(units: readonly Unit[]) {
    this.#units = units.toReversed()
  }

  next(): Unit | undefined {
    return this.#units.pop()
  }

  giveBack(units: readonly Unit[]): void {
    for (const unit of units) this.#units.push(unit)
  }
}

/**
 * One thread, and another in its place where it breaks (its heap is full, say). The unit on which it broke is told and left out, and
 * those that it had read are read again: what it made of them is gone with it. Each break takes one unit away, so this ends.
 */
async function readUntilDone(queue: UnitQueue, spool: () => string, watch: ReadWatch): Promise<ExtractResult> {
  for (;;) {
    const read: Unit[] = []
    let inHand: Unit | undefined
    try {
      return await runWorker(
        () => {
          if (inHand) read.push(inHand)
          inHand = queue.next()
          return inHand
        },
        spool(),
        watch,
      )
    } catch (error) {
      if (inHand === undefined || (error instanceof Error && 'syscall' in error)) throw error
      queue.faults.push(ownFault(inHand.name, error))
      queue.giveBack(read)
    }
  }
}

function runWorker(nextUnit: () => Unit | undefined, spool: string, watch: ReadWatch): Promise<ExtractResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerModule, { workerData: { spool }, resourceLimits: threadLimits })
    const feed = () => {
      const unit = nextUnit()
      if (unit) watch.begin(unit.name)
      const message: ToWorker = unit ? { kind: 'read', unit } : { kind: 'finish' }
      worker.postMessage(message)
    }
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the thread that read it ended with code ${code}`)))
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'read') {
        watch.add(message.bytes, message.records)
        feed()
        return
      }
      const store = new TemporaryFacts(message.spool.path, message.spool.places)
      const runs = message.runs.map(
        (run): FactRun =>
          'blocks' in run
            ? { kind: 'blocks', blocks: run.blocks }
            : { kind: 'spooled', spool: store, handles: run.handles },
      )
      resolve({ runs, tally: message.tally })
    })
    feed()
  })
}
