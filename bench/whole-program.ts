/**
 * The program as a user runs it: scan over 2 GB as many files and as one file, one worker and two, dump beside evtx_dump, memory
 * of the whole process, and the start of `--help`. Whole processes, in turn, so that a slow moment of the machine meets all alike.
 *
 *     npm run build && node bench/whole-program.ts FOLDER [--evtx-dump PATH] [--gigabytes N] [--rounds N]
 *
 * FOLDER holds EVTX files, which are repeated; the copies go to a temporary folder and are removed.
 */
import { spawn } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'evtx-dump': { type: 'string' },
    gigabytes: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
  },
})
const source = positionals[0]
if (source === undefined) throw new Error('name a folder with EVTX files')
const wanted = Number(options.gigabytes) * 1e9
const rounds = Number(options.rounds)
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tasktrail-bench-'))
const many = join(folder, 'many')
const one = join(folder, 'one.evtx')

interface Run {
  readonly seconds: number
  /** Largest resident set of the process with all its threads, in MB. */
  readonly megabytes: number
}

function run(program: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const begin = performance.now()
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'] })
    let peak = 0
    // VmHWM only grows: the last look before the end is the peak, up to what the last few milliseconds add.
    const look = () => {
      try {
        const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
        if (line) peak = Math.max(peak, Number(line[1]) / 1000)
      } catch {
        // It has ended.
      }
    }
    const watch = setInterval(look, 10)
    child.on('exit', () => {
      clearInterval(watch)
      resolve({ seconds: (performance.now() - begin) / 1000, megabytes: peak })
    })
  })
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number

/** Runs the cases in turn, `rounds` times after one round that does not count. */
async function inTurn(cases: readonly (readonly [string, string, readonly string[]])[]): Promise<Map<string, Run[]>> {
  const runs = new Map<string, Run[]>(cases.map(([name]) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, program, args] of cases) {
      const result = await run(program, args)
      if (round > 0) runs.get(name)?.push(result)
    }
  }
  return runs
}

function makeInputs(): number {
  mkdirSync(many)
  const files = readdirSync(source as string).filter((name) => name.endsWith('.evtx'))
  const whole = files.map((name) => readFileSync(join(source as string, name)))
  writeFileSync(one, (whole[0] as Buffer).subarray(0, 4096))
  let bytes = 0
  for (let i = 0; bytes < wanted; i++) {
    files.forEach((name, index) => {
      copyFileSync(join(source as string, name), join(many, `${String(i).padStart(4, '0')}-${name}`))
      const content = whole[index] as Buffer
      for (let at = 4096; at + 65_536 <= content.length; at += 65_536) {
        const chunk = content.subarray(at, at + 65_536)
        if (chunk.toString('latin1', 0, 7) === 'ElfChnk') appendFileSync(one, chunk)
      }
      bytes += content.length
    })
  }
  return bytes
}

try {
  makeInputs()
  const sizeOf = (path: string) =>
    statSync(path).isDirectory()
      ? readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0)
      : statSync(path).size
  const size = { one: sizeOf(one), many: sizeOf(many) }
  const node = process.execPath
  const scan = (jobs: number, path: string) => [
    main,
    'scan',
    '--quiet',
    '--format',
    'jsonl',
    '--jobs',
    String(jobs),
    path,
  ]
  console.log(
    `${(size.many / 1e9).toFixed(2)} GB in ${readdirSync(many).length} files, ${(size.one / 1e9).toFixed(2)} GB in one; node ${process.version}; medians of ${rounds}`,
  )

  const scans = await inTurn([
    ['scan, one file, 1 worker', node, scan(1, one)],
    ['scan, one file, 2 workers', node, scan(2, one)],
    ['scan, many files, 1 worker', node, scan(1, many)],
    ['scan, many files, 2 workers', node, scan(2, many)],
  ])
  for (const [name, runs] of scans) {
    const seconds = median(runs.map((r) => r.seconds))
    const bytes = name.includes('many') ? size.many : size.one
    console.log(
      `${name.padEnd(30)} ${seconds.toFixed(2).padStart(6)} s ${(bytes / seconds / 1e6).toFixed(0).padStart(5)} MB/s  peak ${median(runs.map((r) => r.megabytes)).toFixed(0)} MB`,
    )
  }
  for (const what of ['one file', 'many files']) {
    const single = scans.get(`scan, ${what}, 1 worker`) ?? []
    const double = scans.get(`scan, ${what}, 2 workers`) ?? []
    console.log(
      `${what}: two workers ${median(single.map((r, i) => r.seconds / (double[i] as Run).seconds)).toFixed(2)} × one`,
    )
  }

  const dumps = await inTurn([
    ['dump', node, [main, 'dump', '--quiet', one]],
    ...(options['evtx-dump'] === undefined
      ? []
      : ([['evtx_dump -t 1', options['evtx-dump'], ['-t', '1', '-o', 'jsonl', one]]] as const)),
  ])
  for (const [name, runs] of dumps) {
    const seconds = median(runs.map((r) => r.seconds))
    console.log(
      `${name.padEnd(30)} ${seconds.toFixed(2).padStart(6)} s ${(size.one / seconds / 1e6).toFixed(0).padStart(5)} MB/s  peak ${median(runs.map((r) => r.megabytes)).toFixed(0)} MB`,
    )
  }
  const own = dumps.get('dump') ?? []
  const other = dumps.get('evtx_dump -t 1')
  if (other)
    console.log(
      `dump: ${median(own.map((r, i) => (other[i] as Run).seconds / r.seconds)).toFixed(2)} of evtx_dump's speed`,
    )

  const help = await inTurn([['tasktrail --help', node, [main, '--help']]])
  for (const [name, runs] of help)
    console.log(`${name.padEnd(30)} ${(median(runs.map((r) => r.seconds)) * 1000).toFixed(0)} ms`)
} finally {
  rmSync(folder, { recursive: true })
}
