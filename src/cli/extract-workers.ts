import { Worker } from 'node:worker_threads'
import { noteStep } from '../engine/clock-steps.ts'
import { addNotes, type ExtractTally, newTally, noteHost } from '../engine/extract.ts'
import type { FactRun } from '../engine/fact-runs.ts'
import type { PackedFacts, Unit } from '../engine/ports.ts'
import { addScripts } from '../engine/scripts.ts'
import { addUnreadable } from '../engine/unreadable-records.ts'
import { append } from '../model/lists.ts'
import { type SpoolIndex, TemporaryFacts } from '../stores/temporary-facts.ts'
import type { ExtractResult, Progress } from './extract-result.ts'
import type { TemporaryFolder } from './temporary-folder.ts'

export type ToWorker = { readonly kind: 'read'; readonly unit: Unit } | { readonly kind: 'finish' }
export type FromWorker =
  | { readonly kind: 'read'; readonly bytes: number; readonly records: number }
  | {
      readonly kind: 'done'
      readonly runs: readonly ({ readonly blocks: readonly PackedFacts[] } | { readonly handles: readonly number[] })[]
      readonly spool: SpoolIndex
      readonly tally: ExtractTally
    }

/** Beside this module, in TypeScript in development and as JavaScript where it is published. */
const workerModule = new URL(`./extract-worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)

/** Hands out units to threads, the next to whoever is free; results are joined by the facts' own order. */
export async function extractWithWorkers(
  units: readonly Unit[],
  count: number,
  temporary: TemporaryFolder,
  progress: Progress,
): Promise<ExtractResult> {
  let next = 0
  const results = await Promise.all(
    Array.from({ length: count }, () => runWorker(() => units[next++], temporary.file('facts'), progress)),
  )
  const tally = newTally()
  for (const { tally: own } of results) {
    tally.records += own.records
    tally.bytes += own.bytes
    for (const host of own.hosts) tally.hosts.add(host)
    for (const [source, host] of own.hostOf) noteHost(tally.hostOf, source, host)
    for (const step of own.clockSteps) noteStep(tally.clockSteps, step)
    addScripts(tally.scripts, own.scripts)
    addNotes(tally.notes, own.notes)
    append(tally.problems, own.problems)
    addUnreadable(tally.unreadable, own.unreadable)
    tally.unlistedProblems += own.unlistedProblems
  }
  return { runs: results.flatMap((r) => r.runs), tally }
}

function runWorker(nextUnit: () => Unit | undefined, spool: string, progress: Progress): Promise<ExtractResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerModule, { workerData: { spool } })
    const feed = () => {
      const unit = nextUnit()
      const message: ToWorker = unit ? { kind: 'read', unit } : { kind: 'finish' }
      worker.postMessage(message)
    }
    worker.on('error', reject)
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'read') {
        progress(message.bytes, message.records)
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
