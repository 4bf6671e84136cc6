/**
 * Records to facts on one core: over real files, where most records do not matter, and over the lab's logs, where nearly every
 * record does (processes, logons, tasks).
 *
 *     node bench/facts.ts FOLDER [--rounds N]
 */
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readDefinition } from '../src/decode/task-xml/index.ts'
import { extract, newTally } from '../src/engine/extract.ts'
import { demoIncident } from '../src/lab/demo-incident.ts'
import { EvtxWriter, fileSink } from '../src/lab/evtx-writer/evtx-writer.ts'
import { interests } from '../src/normalize/index.ts'
import { unitsOf } from '../src/run/index.ts'
import { openReader } from '../src/sources/index.ts'
import { findInputs } from '../src/sources/inputs.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, 'evtx-dump': { type: 'string' } },
})
const rounds = Number(options.rounds)

async function measure(name: string, folder: string, repeat: number): Promise<void> {
  const units = unitsOf((await findInputs([folder])).inputs)
  const reader = openReader(interests)
  const rates: { bytes: number; records: number; share: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const tally = newTally()
    let facts = 0
    const begin = performance.now()
    for (let i = 0; i < repeat; i++)
      for (const unit of units) await extract(unit, { reader, readDefinition, give: () => facts++ }, tally)
    const seconds = (performance.now() - begin) / 1000
    if (round > 0)
      rates.push({ bytes: tally.bytes / seconds, records: tally.records / seconds, share: facts / tally.records })
  }
  const middle = rates.sort((a, b) => a.bytes - b.bytes)[rates.length >> 1]
  if (!middle) return
  console.log(
    `${name.padEnd(36)} ${(middle.bytes / 1e6).toFixed(0).padStart(5)} MB/s ${(middle.records / 1e3).toFixed(0).padStart(5)} k records/s, ${(middle.share * 100).toFixed(0)} % of the records are facts`,
  )
}

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-bench-'))
try {
  if (positionals[0] !== undefined) await measure('real files', positionals[0], 4)
  const { files } = demoIncident()
  for (const { path, events } of files.filter((f) => f.path.includes('WS5'))) {
    const writer = new EvtxWriter(fileSink(openSync(join(folder, path.replaceAll('/', '-')), 'w')))
    for (let day = 0; day < 200; day++) for (const event of events) writer.write(event)
    writer.end()
  }
  await measure('lab logs, nearly every record matters', folder, 1)
} finally {
  rmSync(folder, { recursive: true })
}
