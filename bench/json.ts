/**
 * How fast files with an event a line are read to facts, on one core, beside `JSON.parse` of every line of the same file in
 * the same run; and packed files beside zlib alone.
 *
 *     node bench/json.ts FILE… [--rounds N]
 *
 * Prints medians over the rounds; the first round, in which the engine warms up, does not count. Files are read from the
 * page cache by both. A file that ends in .gz is compared with zlib, any other with JSON.parse.
 */
import { createReadStream, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { createGunzip } from 'node:zlib'
import { readDefinition } from '../src/decode/task-xml/index.ts'
import { extract, newTally } from '../src/engine/extract.ts'
import { interests } from '../src/normalize/index.ts'
import { openReader, stepsOf } from '../src/sources/index.ts'
import { findInputs } from '../src/sources/inputs.ts'

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
})
const rounds = Number(options.rounds)

const { inputs } = await findInputs(files)
for (const input of inputs) {
  const isPacked = input.name.endsWith('.gz')
  const size = isPacked ? await inflate(input.path) : input.bytes
  const reader = openReader(interests)
  let facts = 0
  const ours = await measure(async () => {
    facts = 0
    const tally = newTally()
    const unit = {
      source: 0,
      path: input.path,
      name: input.name,
      kind: input.kind,
      from: 0,
      to: stepsOf(input),
      bytes: 0,
    }
    await extract(unit, { reader, readDefinition, give: () => facts++ }, tally)
    return tally.records
  })
  const theirs = await measure(async () => (isPacked ? inflate(input.path) : parseEveryLine(input.path)))
  const rate = (ms: number) => `${(size / ms / 1000).toFixed(0).padStart(5)} MB/s`
  console.log(
    `${basename(input.name).slice(0, 50).padEnd(52)} ${(size / 1e6).toFixed(0).padStart(5)} MB ${rate(ours.ms)} ours, ` +
      `${rate(theirs.ms)} ${isPacked ? 'zlib alone' : 'JSON.parse'}: ${(theirs.ms / ours.ms).toFixed(2)} × (${ours.result} records, ${facts} facts)`,
  )
}
console.log(`resident memory ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB, ${process.version}`)

async function measure<T>(run: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const times: number[] = []
  let result = await run()
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    result = await run()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return { ms: times[times.length >> 1] as number, result }
}

/** As a reader would that parses all: the file's bytes, its lines, their values. */
function parseEveryLine(path: string): number {
  const bytes = readFileSync(path)
  let lines = 0
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from)
    const to = end === -1 ? bytes.length : end
    if (to > from && JSON.parse(bytes.toString('utf8', from, to)) !== null) lines++
    from = to + 1
  }
  return lines
}

async function inflate(path: string): Promise<number> {
  let size = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 256 << 10 }).pipe(
    createGunzip({ chunkSize: 256 << 10 }),
  ))
    size += (chunk as Buffer).length
  return size
}
