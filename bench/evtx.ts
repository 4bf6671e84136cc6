/**
 * How fast EVTX files are read from memory, on one core: looking at every record, reading the fields of the kinds that
 * matter, and dumping everything, beside the Rust crate's evtx_dump over the same chunks in the same rounds.
 *
 *     node bench/evtx.ts FOLDER… [--evtx-dump PATH] [--repeat N] [--rounds N]
 *
 * Prints medians over the rounds. Each measure has a process of its own, as the command that it stands for would have.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { EvtxDecoder, type EvtxRecord, JsonLines } from '../src/decode/evtx/index.ts'
import type { Interest } from '../src/model/record.ts'
import { chunksOf, median, placeOf, writeEvtx } from './evtx-chunks.ts'

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    'evtx-dump': { type: 'string' },
    repeat: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '9' },
    measure: { type: 'string' },
  },
})
const repeat = Number(options.repeat)
const rounds = Number(options.rounds)
/** Rounds in which the engine warms up. */
const WARM_UP = 2

/** Fields that the facts of these kinds need; close to what `normalize` reads. */
const fields: Readonly<Record<number, readonly string[]>> = {
  4688: ['NewProcessId', 'NewProcessName', 'ProcessId', 'CommandLine', 'SubjectUserSid', 'SubjectUserName'],
  4624: ['TargetUserSid', 'TargetUserName', 'TargetDomainName', 'TargetLogonId', 'LogonType', 'IpAddress', 'IpPort'],
  4698: ['SubjectUserSid', 'SubjectUserName', 'SubjectLogonId', 'TaskName', 'TaskContent'],
  1: ['ProcessGuid', 'ProcessId', 'Image', 'CommandLine', 'User', 'LogonId', 'ParentProcessId', 'ParentImage'],
}
const security = 'Microsoft-Windows-Security-Auditing'
const sysmon = 'Microsoft-Windows-Sysmon'
const scripts = ['schtasks', 'scheduledtask', 'schedule.service']
const wanted: readonly Interest[] = [
  { provider: security, eventId: 4688 },
  { provider: security, eventId: 4624 },
  { provider: security, eventId: 4698 },
  { provider: security, eventId: 5145, where: { field: 'RelativeTargetName', contains: ['atsvc'] } },
  { provider: sysmon, eventId: 1 },
  { provider: sysmon, eventId: 7, where: { field: 'ImageLoaded', contains: ['taskschd.dll'] } },
  {
    provider: 'Microsoft-Windows-PowerShell',
    eventId: 4104,
    where: { field: 'ScriptBlockText', contains: scripts },
  },
]

interface Measure {
  readonly name: string
  readonly interests: readonly Interest[] | 'all'
  readonly visit: (record: EvtxRecord) => void
}

const lines = new JsonLines()
/** Keeps what was read from being optimised away. */
let seen = 0
const measures: Readonly<Record<string, Measure>> = {
  look: { name: 'look: id, time, provider, event id', interests: [{ provider: '-', eventId: 1 }], visit: () => {} },
  host: {
    name: 'look, and read host and channel',
    interests: 'all',
    visit: (record) => {
      seen += record.computer.length + record.channel.length + record.provider.length
    },
  },
  fields: {
    name: 'fields of the kinds that matter',
    interests: wanted,
    visit: (record) => {
      for (const field of fields[record.eventId] ?? []) seen += record.field(field)?.length ?? 0
    },
  },
  dump: {
    name: 'dump every field as JSON lines',
    interests: 'all',
    visit: (record) => {
      lines.write(record)
      if (lines.length > 1_000_000) lines.clear()
    },
  },
}

if (options.measure === undefined) runAll()
else runOne(measures[options.measure] as Measure)

function runAll(): void {
  const { files, chunks } = chunksOf(folders)
  const size = ((chunks.length * repeat * 65_536) / 1e6).toFixed(0)
  console.log(`${files} files, ${chunks.length} chunks × ${repeat} = ${size} MB in memory; node ${process.version}`)
  for (const measure of Object.keys(measures)) {
    const args = [import.meta.filename, ...process.argv.slice(2), '--measure', measure]
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
    if (status !== 0) process.exit(status ?? 1)
  }
}

function runOne(measure: Measure): void {
  const { chunks } = chunksOf(folders)
  const decoder = new EvtxDecoder({ interests: measure.interests })
  const program = measure === measures.dump ? options['evtx-dump'] : undefined
  const beside = program === undefined ? undefined : besideUs(program, chunks)
  const ours: number[] = []
  const ratios: number[] = []
  const theirs: number[] = []
  let records = 0
  for (let round = 0; round < WARM_UP + rounds; round++) {
    const start = performance.now()
    records = 0
    for (let i = 0; i < repeat; i++) {
      for (const [index, chunk] of chunks.entries()) {
        records += decoder.chunk(chunk, placeOf(index), measure.visit, () => {}).records
      }
    }
    const ms = performance.now() - start
    if (round < WARM_UP) continue
    ours.push(ms)
    if (beside === undefined) continue
    const theirMs = beside.run()
    theirs.push(theirMs)
    ratios.push(theirMs / ms)
  }
  beside?.end()
  const bytes = chunks.length * 65_536 * repeat
  const memory = `${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB resident`
  console.log(`${rateOf(measure.name, bytes, records, ours)}  ${memory}`)
  if (beside === undefined) return
  console.log(rateOf('evtx_dump -t 1 -o jsonl', bytes, records, theirs))
  console.log(`  our dump has ${median(ratios).toFixed(2)} of its speed (median of the ratios of ${rounds} rounds)`)
  if (seen < 0) throw new Error('never')
}

function rateOf(name: string, bytes: number, records: number, times: readonly number[]): string {
  const ms = median(times)
  const spread = (time: number) => `${((time / ms - 1) * 100).toFixed(0)} %`
  const megabytes = (bytes / ms / 1000).toFixed(0).padStart(6)
  const thousands = (records / ms).toFixed(0).padStart(6)
  const range = `(${spread(Math.min(...times))} … +${spread(Math.max(...times))})`
  return `${name.padEnd(38)} ${megabytes} MB/s ${thousands} k records/s  ${range}`
}

/** evtx_dump reads files: it gets the same chunks as one file, and the time for a file of one chunk is its start. */
function besideUs(program: string, chunks: readonly Buffer[]): { run: () => number; end: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-bench-'))
  const full = join(folder, 'full.evtx')
  const small = join(folder, 'small.evtx')
  writeFileSync(full, writeEvtx(Array.from({ length: repeat }, () => chunks).flat()))
  writeFileSync(small, writeEvtx(chunks.slice(0, 1)))
  const time = (path: string) => {
    const start = performance.now()
    const { error } = spawnSync(program, ['-t', '1', '-o', 'jsonl', path], { stdio: 'ignore' })
    if (error) throw error
    return performance.now() - start
  }
  return { run: () => time(full) - time(small), end: () => rmSync(folder, { recursive: true }) }
}
