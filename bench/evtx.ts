/**
 * How fast EVTX files are read from memory, on one core: looking at every record, reading the fields of the kinds that
 * matter, and dumping everything, beside the Rust crate's evtx_dump over the same files in the same run.
 *
 *     node bench/evtx.ts FOLDER… [--evtx-dump PATH] [--repeat N] [--rounds N]
 *
 * Prints medians over the rounds; the first round, in which the engine warms up, does not count.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CHUNK_SIZE, EvtxDecoder, type EvtxRecord } from '../src/decode/evtx/index.ts'
import { JsonLines } from '../src/decode/evtx/json-lines.ts'
import { DEFAULT_BLOCK_SIZE } from '../src/decode/evtx/file-header.ts'
import type { Interest } from '../src/model/record.ts'

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    'evtx-dump': { type: 'string' },
    repeat: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '7' },
  },
})
const repeat = Number(options.repeat)
const rounds = Number(options.rounds)

const files = folders.flatMap((folder) => readdirSync(folder).sort().map((name) => join(folder, name)))
/** Only slots that hold a chunk: empty ones would flatter the figures. */
const chunks = files.flatMap((path) => {
  const bytes = readFileSync(path)
  const found: Buffer[] = []
  for (let at = DEFAULT_BLOCK_SIZE; at < bytes.length; at += CHUNK_SIZE) {
    const chunk = bytes.subarray(at, at + CHUNK_SIZE)
    if (chunk.toString('latin1', 0, 7) === 'ElfChnk') found.push(Buffer.from(chunk))
  }
  return found
})
const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0) * repeat

const place = (index: number) => ({ file: 'bench', source: 0, index, offset: 0 })
const quiet = () => {}

/** Runs over all chunks `repeat` times and returns milliseconds and records. */
function pass(decoder: EvtxDecoder, visit: (record: EvtxRecord) => void): { ms: number; records: number } {
  let records = 0
  const start = performance.now()
  for (let i = 0; i < repeat; i++) {
    chunks.forEach((chunk, index) => {
      records += decoder.chunk(chunk, place(index), visit, quiet).records
    })
  }
  return { ms: performance.now() - start, records }
}

function measure(name: string, run: () => { ms: number; records: number }): number {
  const times: number[] = []
  let records = 0
  for (let round = 0; round <= rounds; round++) {
    const result = run()
    records = result.records
    if (round > 0) times.push(result.ms)
  }
  const ms = median(times)
  const rate = (count: number) => (count / ms) * 1000
  const spread = `${((Math.min(...times) / ms - 1) * 100).toFixed(0)}…+${((Math.max(...times) / ms - 1) * 100).toFixed(0)} %`
  console.log(
    `${name.padEnd(40)} ${(rate(bytes) / 1e6).toFixed(0).padStart(6)} MB/s ${(rate(records) / 1e3).toFixed(0).padStart(6)} k records/s  (${spread})`,
  )
  return ms
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] as number
}

console.log(`${files.length} files, ${chunks.length} chunks × ${repeat} = ${(bytes / 1e6).toFixed(0)} MB in memory, node ${process.version}`)

const nothing: Interest[] = [{ provider: 'Nobody', eventId: 1 }]
const looking = new EvtxDecoder({ interests: nothing })
measure('look (id, time, provider, event id)', () => pass(looking, quiet))

const all = new EvtxDecoder({ interests: 'all' })
let seen = 0
measure('look and read host and channel', () =>
  pass(all, (record) => {
    seen += record.computer.length + record.channel.length + record.provider.length + record.eventId
  }),
)

/** The kinds of event that speak of processes, logons and tasks, and the fields that their facts need. */
const fields: Record<string, string[]> = {
  4688: ['NewProcessId', 'NewProcessName', 'ProcessId', 'CommandLine', 'SubjectUserSid', 'SubjectUserName', 'SubjectLogonId', 'ParentProcessName', 'TokenElevationType'],
  4624: ['TargetUserSid', 'TargetUserName', 'TargetDomainName', 'TargetLogonId', 'LogonType', 'IpAddress', 'IpPort', 'WorkstationName'],
  4698: ['SubjectUserSid', 'SubjectUserName', 'SubjectLogonId', 'TaskName', 'TaskContent'],
  1: ['ProcessGuid', 'ProcessId', 'Image', 'CommandLine', 'User', 'LogonId', 'ParentProcessGuid', 'ParentProcessId', 'ParentImage', 'ParentCommandLine'],
}
const wanted: Interest[] = [
  { provider: 'Microsoft-Windows-Security-Auditing', eventId: 4688 },
  { provider: 'Microsoft-Windows-Security-Auditing', eventId: 4624 },
  { provider: 'Microsoft-Windows-Security-Auditing', eventId: 4698 },
  { provider: 'Microsoft-Windows-Security-Auditing', eventId: 5145, where: { field: 'RelativeTargetName', contains: ['atsvc'] } },
  { provider: 'Microsoft-Windows-Sysmon', eventId: 1 },
  { provider: 'Microsoft-Windows-Sysmon', eventId: 7, where: { field: 'ImageLoaded', contains: ['taskschd.dll'] } },
  { provider: 'Microsoft-Windows-PowerShell', eventId: 4104, where: { field: 'ScriptBlockText', contains: ['schtasks', 'scheduledtask', 'schedule.service'] } },
]
const some = new EvtxDecoder({ interests: wanted })
measure('fields of the kinds that matter', () =>
  pass(some, (record) => {
    for (const field of fields[record.eventId] ?? []) seen += record.field(field)?.length ?? 0
  }),
)

const lines = new JsonLines()
const ours = measure('dump every field (JSON lines)', () =>
  pass(all, (record) => {
    lines.write(record)
    if (lines.length > 1_000_000) lines.clear()
  }),
)

if (options['evtx-dump'] !== undefined) besideEvtxDump(options['evtx-dump'])
console.log(`resident memory ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB, of it the chunks ${(bytes / repeat / 1e6).toFixed(0)} MB`)

/** evtx_dump reads files, so it gets the same chunks as one file, and its start is taken off with an empty one. */
function besideEvtxDump(program: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-bench-'))
  try {
    const full = join(folder, 'full.evtx')
    const empty = join(folder, 'empty.evtx')
    const header = fileHeader(chunks.length * repeat)
    writeFileSync(full, Buffer.concat([header, ...Array.from({ length: repeat }, () => chunks).flat()]))
    writeFileSync(empty, Buffer.concat([fileHeader(1), chunks[0] as Buffer]))
    const time = (path: string) => {
      const start = performance.now()
      const { error } = spawnSync(program, ['-t', '1', '-o', 'jsonl', path], { stdio: 'ignore' })
      if (error) throw error
      return performance.now() - start
    }
    const times: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const whole = time(full)
      if (round > 0) times.push(whole - time(empty))
    }
    const theirs = median(times)
    console.log(
      `${'evtx_dump -t 1 -o jsonl'.padEnd(40)} ${((bytes / theirs / 1e6) * 1000).toFixed(0).padStart(6)} MB/s from ${(statSync(full).size / 1e6).toFixed(0)} MB`,
    )
    console.log(`our dump has ${(theirs / ours).toFixed(2)} of its speed`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function fileHeader(count: number): Buffer {
  const header = Buffer.alloc(DEFAULT_BLOCK_SIZE)
  header.write('ElfFile\0', 0, 'latin1')
  header.writeBigUInt64LE(BigInt(count - 1), 16)
  header.writeUInt32LE(128, 32)
  header.writeUInt16LE(1, 36)
  header.writeUInt16LE(3, 38)
  header.writeUInt16LE(DEFAULT_BLOCK_SIZE, 40)
  header.writeUInt16LE(Math.min(count, 0xffff), 42)
  return header
}
if (seen < 0) throw new Error('unreachable')
