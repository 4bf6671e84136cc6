/**
 * Facts through the correlator alone, from memory: the demo incident's facts, repeated day after day on one host.
 *
 *     node bench/correlate.ts [--days N] [--rounds N]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { extractInputs } from '../src/cli/extract-inputs.ts'
import { TemporaryFolder } from '../src/cli/temporary-folder.ts'
import { HostMachine } from '../src/correlate/index.ts'
import { mergeRuns } from '../src/engine/fact-runs.ts'
import { writeDemo } from '../src/lab/demo-incident.ts'
import type { Fact } from '../src/model/fact.ts'
import { findInputs } from '../src/sources/inputs.ts'

const { values: options } = parseArgs({
  allowPositionals: true,
  options: {
    days: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    'evtx-dump': { type: 'string' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-bench-'))
const temporary = new TemporaryFolder()
try {
  writeDemo(folder)
  const { runs } = await extractInputs(findInputs([folder]).inputs, 1, temporary, () => {})
  const story = [...mergeRuns(runs)].map(({ fact }) => fact).filter((f) => f.host.startsWith('ws5'))
  const length = 3 * 86_400_000
  const facts: Fact[] = []
  for (let day = 0; day < Number(options.days); day++) {
    for (const fact of story)
      facts.push({ ...fact, time: fact.time + day * length, recordId: fact.recordId + day * 1_000_000 })
  }
  const rates: number[] = []
  for (let round = 0; round <= Number(options.rounds); round++) {
    const machine = new HostMachine('ws5.example.test')
    const begin = performance.now()
    for (const fact of facts) machine.add(fact)
    machine.finish()
    if (round > 0) rates.push(facts.length / (performance.now() - begin))
  }
  rates.sort((a, b) => a - b)
  console.log(
    `${facts.length} facts of one host: ${((rates[rates.length >> 1] as number) * 1000).toFixed(0)} facts/s (median of ${options.rounds})`,
  )
} finally {
  temporary.remove()
  rmSync(folder, { recursive: true })
}
