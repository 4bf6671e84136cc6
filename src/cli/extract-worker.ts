import { parentPort, workerData } from 'node:worker_threads'
import { readDefinition } from '../decode/task-xml/index.ts'
import { extract, newTally } from '../engine/extract.ts'
import { blocksOf, FactCollector } from '../engine/fact-runs.ts'
import { interests } from '../normalize/index.ts'
import { openReader } from '../sources/index.ts'
import { TemporaryFacts } from '../stores/temporary-facts.ts'
import type { FromWorker, ToWorker } from './extract-workers.ts'

// One thread that reads units as they are handed to it, and at the end gives up its runs: spooled ones by their place in the
// temporary file, the last one packed.

if (!parentPort) throw new Error('this module runs as a worker thread')
const port = parentPort
const reader = openReader(interests)
const spool = new TemporaryFacts((workerData as { spool: string }).spool)
const collector = new FactCollector(spool)
const tally = newTally()
const say = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

port.on('message', async (message: ToWorker) => {
  if (message.kind === 'read') {
    let bytes = 0
    const before = tally.records
    await extract(
      message.unit,
      reader,
      readDefinition,
      (fact) => collector.add(fact),
      tally,
      (more) => {
        bytes += more
      },
    )
    say({ kind: 'read', bytes, records: tally.records - before })
    return
  }
  const runs = collector
    .finish()
    .map((run) =>
      run.kind === 'facts'
        ? { blocks: blocksOf([...run.facts]) }
        : run.kind === 'spooled'
          ? { handles: run.handles }
          : { blocks: run.blocks },
    )
  const transfer = runs.flatMap((run) =>
    'blocks' in run ? run.blocks.flatMap((b) => [b.numbers.buffer, b.texts.buffer]) : [],
  )
  say({ kind: 'done', runs, spool: spool.index, tally }, transfer)
  spool.close()
  port.close()
})
