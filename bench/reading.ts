/**
 * How fast what shippers send is read to packed facts, on one core: an ordinary mix, in which 8 of 100 records make a fact, as Winlogbeat's
 * documents, in posts of so many. The posts are in memory; nothing is kept.
 *
 *     node bench/reading.ts [--documents 2000] [--facts 8] [--hosts 1]
 */
import { parseArgs } from 'node:util'
import { winlogbeat8Writer } from '../src/lab/carriers/ecs.ts'
import { demoIncident } from '../src/lab/demo-incident.ts'
import { PostReader } from '../src/serve/reading/post-reader.ts'
import { mixedLines } from './mixed-lines.ts'

const { values: options } = parseArgs({
  options: {
    documents: { type: 'string', default: '2000' },
    facts: { type: 'string', default: '8' },
    hosts: { type: 'string', default: '1' },
  },
})
const [documents, share, hosts] = [Number(options.documents), Number(options.facts), Number(options.hosts)]

const events = demoIncident().files.flatMap((file) => file.events)

const lines = mixedLines(events, winlogbeat8Writer, documents, share).map((line, i) =>
  line.replaceAll('.example.test', `-${i % hosts}.example.test`),
)
const text = Buffer.from(`${lines.join('\n')}\n`)
const bytes = new Uint8Array(new SharedArrayBuffer(text.length))
bytes.set(text)
const items = new Float64Array(lines.length)
lines.reduce((at, line, index) => {
  items[index] = at
  return at + Buffer.byteLength(line) + 1
}, 0)

const reader = new PostReader()
const rounds = Math.max(5, Math.ceil(40_000 / documents))
let facts = 0
const times: number[] = []
for (let round = 0; round < 2 * rounds; round++) {
  const start = performance.now()
  const { read } = await reader.read({ bytes, items, kind: 'json-lines', hosts: null, clock: null })
  if (round >= rounds) times.push(performance.now() - start)
  facts = read.shards.reduce((sum, shard) => sum + shard.facts.count, 0)
  if (read.problems.length > 0) throw new Error(JSON.stringify(read.problems[0]))
}
times.sort((a, b) => a - b)
const ms = times[times.length >> 1] as number
console.log(
  `${documents} documents of ${Math.round(text.length / documents)} bytes, ${facts} facts of ${hosts} × 3 hosts: ${Math.round(documents / ms)} thousand records/s, ${Math.round(text.length / ms / 1000)} MB/s`,
)
