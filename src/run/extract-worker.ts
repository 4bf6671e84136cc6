import { parentPort, workerData } from 'node:worker_threads'
import { TemporaryFacts } from '../stores/temporary-facts.ts'
import { Extraction } from './extract-here.ts'
import type { FromWorker, ToWorker } from './extract-workers.ts'

// One thread that reads units as they are handed to it, and at the end gives up its runs: spooled ones by their place in the
// temporary file, the last one packed.

if (!parentPort) throw new Error('this module runs as a worker thread')
const port = parentPort
const spool = new TemporaryFacts((workerData as { spool: string }).spool)
const extraction = new Extraction(spool)
const { collector, tally } = extraction
const say = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

port.on('message', async (message: ToWorker) => {
  if (message.kind === 'read') {
    let bytes = 0
    const before = tally.records
    await extraction.read(message.unit, (more) => {
      bytes += more
    })
    say({ kind: 'read', bytes, records: tally.records - before })
    return
  }
  const runs = collector
    .finish()
    .map((run) =>
      run.kind === 'rows'
        ? { blocks: [...run.rows.blocks()] }
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
