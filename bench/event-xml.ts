/**
 * Windows' event XML to facts, from a file, one core: the whole way through the reader, the sieve and normalize.
 *
 *     node bench/event-xml.ts FILE [--rounds N]
 *
 * FILE is an export such as `evtx_dump -o xml` or `wevtutil qe /f:xml` makes.
 */
import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readDefinition } from '../src/decode/task-xml/index.ts'
import { extract, newTally } from '../src/engine/extract.ts'
import { interests } from '../src/normalize/index.ts'
import { openReader } from '../src/sources/index.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
})
const [path] = positionals
if (path === undefined) throw new Error('name a file of event XML')
const bytes = statSync(path).size
const rates: number[] = []
let facts = 0
let records = 0
for (let round = 0; round <= Number(values.rounds); round++) {
  const tally = newTally()
  facts = 0
  const unit = { source: 0, path, name: path, kind: 'event-xml', from: 0, to: 1, bytes }
  const begin = performance.now()
  await extract(unit, { reader: openReader(interests), readDefinition, give: () => facts++ }, tally)
  if (round > 0) rates.push(bytes / 1000 / (performance.now() - begin))
  records = tally.records
}
rates.sort((a, b) => a - b)
console.log(
  `${(bytes / 1e6).toFixed(0)} MB, ${records} events, ${facts} facts: ${(rates[rates.length >> 1] ?? 0).toFixed(0)} MB/s (median of ${values.rounds})`,
)
