/**
 * Reads mutated chunks for some minutes and tells each that breaks a promise: a throw, too much output, a slow read.
 *
 *     node scripts/fuzz-evtx.ts [MINUTES] [--seed N] [--only ROUND]
 *
 * The same seed gives the same inputs. A failing input is named by its round, and `--only` reads that one
 * again. Exit code 1 when there is a failure.
 */
import { parseArgs } from 'node:util'
import {
  MUTATION_KINDS,
  type Mutation,
  mutate,
  Reader,
  realChunks,
  syntheticChunk,
} from '../test/edges/evtx-mutations.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, only: { type: 'string' } },
})
const minutes = Number(positionals[0] ?? '5')
const seed = Number(options.seed)
const only = options.only === undefined ? undefined : Number(options.only)

/** Of the processor, not of the clock. A chunk takes well below a millisecond; this is a hang in the making. */
const SLOW_MS = 500

/** xorshift32: small, fast, the same everywhere. */
let state = seed | 0 || 1
function next(): number {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  return state >>> 0
}
const below = (limit: number) => next() % limit
const interesting = [0, 1, 0x21, 0x81, 0x2a2a, 0x7fff_ffff, 0xffff_ffff, 0x0001_010f, 0xffff, 0x0c, 0x0f, 65_535, 512]

const synthetic = syntheticChunk()
const seeds = [...Array.from({ length: 40 }, () => synthetic), ...realChunks(3)]
const reader = new Reader()

let rounds = 0
let records = 0
let largest = 0
let slowest = 0
let failures = 0
const end = Date.now() + minutes * 60_000
while (Date.now() < end && rounds !== only) {
  rounds += 1
  const original = seeds[below(seeds.length)] as Buffer
  // Changes that lie together reach deeper than those that lie everywhere.
  const window = original === synthetic ? 4096 : below(3) === 0 ? 65_536 : 2048
  const from = original === synthetic ? 0 : below(65_536 - window + 1)
  const list: Mutation[] = Array.from({ length: 1 + below(below(8) === 0 ? 200 : 8) }, () => ({
    kind: below(MUTATION_KINDS),
    at: from + below(window),
    value: below(2) === 0 ? (interesting[below(interesting.length)] as number) : next(),
  }))
  if (only !== undefined && rounds < only) continue
  const chunk = mutate(original, list)
  const start = process.threadCpuUsage()
  let ms = 0
  try {
    const result = reader.read(chunk)
    const { user, system } = process.threadCpuUsage(start)
    ms = (user + system) / 1000
    reader.parse()
    records += result.records
    largest = Math.max(largest, result.output)
  } catch (error) {
    failures += 1
    if (failures <= 20)
      console.log(`round ${rounds}: ${error instanceof Error ? error.stack : error}\n${JSON.stringify(list)}`)
  }
  if (ms > SLOW_MS) {
    failures += 1
    console.log(`round ${rounds}: slow, ${ms.toFixed(0)} ms\n${JSON.stringify(list)}`)
  }
  slowest = Math.max(slowest, ms)
}
const memory = (process.memoryUsage.rss() / 1e6).toFixed(0)
console.log(
  `seed ${seed}: ${rounds} chunks, ${records} records, ${failures} failures; largest output ${largest} bytes, slowest ${slowest.toFixed(0)} ms, resident memory ${memory} MB`,
)
if (failures > 0) process.exitCode = 1
