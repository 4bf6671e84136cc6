/**
 * Minutes of hostile sequences of events for the whole program: what an attacker's commands, tools and clocks can make a host's logs
 * say, in every carrier. Everything follows from the seed.
 *
 *     node scripts/fuzz-events.ts [--minutes N] [--seed N] [--rounds N] [--keep FOLDER] [--program FILE]
 *
 * Each round takes the records of an incident, puts hostile ones beside them, scans both as a user would, and asks that the program
 * ends by itself with an exit code that is meant, within 10 s of processor time and 512 MB of memory, that its JSON is JSON without
 * control characters, that the incident is still a finding, that whatever could not be read ends in exit code 3, and that every
 * record was looked at otherwise. A round that fails is printed with its seed and its files are kept; the exit code is then 1.
 * Memory and processor time come from /proc: where there is none they are not asked for.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { demoIncident } from '../src/lab/demo-incident.ts'
import { Random } from '../src/lab/random.ts'
import { hostileRound } from '../test/hostile/hostile-round.ts'

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string', default: 'fuzz-events-failures' },
    program: { type: 'string', default: fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)) },
  },
})
const MOST_CPU_MS = 10_000
const MOST_WALL_MS = 90_000
const MOST_KB = 512 * 1024
const MOST_FAILURES = 20
/** Linux counts a process's time in hundredths of a second. */
const TICK_MS = 10

interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
  readonly cpuMs: number
  readonly peakKb: number
}

/** Runs the program on a folder and watches what it takes. */
function scan(folder: string): Promise<Ended> {
  const child = spawn(process.execPath, [options.program, 'scan', '--quiet', '--format', 'json', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (block: Buffer) => out.push(block))
  child.stderr.on('data', (block: Buffer) => err.push(block))
  let cpuMs = 0
  let peakKb = 0
  const look = setInterval(() => {
    const so = usage(child.pid ?? 0)
    cpuMs = Math.max(cpuMs, so.cpuMs)
    peakKb = Math.max(peakKb, so.peakKb)
  }, 25)
  const end = setTimeout(() => child.kill('SIGKILL'), MOST_WALL_MS)
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearInterval(look)
      clearTimeout(end)
      const [stdout, stderr] = [Buffer.concat(out).toString(), Buffer.concat(err).toString()]
      resolve({ code, signal, stdout, stderr, cpuMs, peakKb })
    })
  })
}

function usage(pid: number): { cpuMs: number; peakKb: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS, peakKb: Number(peak?.[1] ?? 0) }
  } catch {
    return { cpuMs: 0, peakKb: 0 } // gone already, or no Linux
  }
}

interface Document {
  readonly summary: { readonly records: number }
  readonly findings: readonly { readonly task: { readonly path: string | null } | null }[]
}

/** What is wrong with an end; nothing where all is well. */
function faults(end: Ended, round: ReturnType<typeof hostileRound>): string[] {
  const wrong: string[] = []
  if (end.signal !== null) wrong.push(`ended by ${end.signal}`)
  else if (end.code !== 0 && end.code !== 3) wrong.push(`exit code ${end.code}: ${end.stderr.slice(0, 300)}`)
  if (end.cpuMs > MOST_CPU_MS) wrong.push(`${end.cpuMs} ms of processor time`)
  if (end.peakKb > MOST_KB) wrong.push(`${Math.round(end.peakKb / 1024)} MB`)
  if (wrong.length > 0) return wrong
  if (steering.test(end.stdout)) wrong.push('a control character in the output')
  let told: Document
  try {
    told = JSON.parse(end.stdout) as Document
  } catch (error) {
    return [...wrong, `no JSON: ${String(error)}`]
  }
  if (!told.findings.some(({ task }) => task?.path === round.attackedTask)) wrong.push('the incident is no finding')
  if (round.isDamaged && end.code !== 3) wrong.push(`damage, and exit code ${end.code}`)
  if (end.code === 0 && told.summary.records !== round.records)
    wrong.push(`${told.summary.records} of ${round.records} records looked at, and exit code 0`)
  return wrong
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

const incident = demoIncident()
const work = mkdtempSync(join(tmpdir(), 'tasktrail-fuzz-'))
const end = performance.now() + Number(options.minutes) * 60_000
const first = Number(options.seed)
let failures = 0
let rounds = 0
let [mostCpu, mostKb, records] = [0, 0, 0]
const codes = new Map<number | null, number>()
for (
  let seed = first;
  rounds < Number(options.rounds) && performance.now() < end && failures < MOST_FAILURES;
  seed++, rounds++
) {
  const round = hostileRound(incident, new Random(seed))
  const folder = join(work, 'evidence')
  mkdirSync(folder)
  for (const [name, content] of round.files) writeFileSync(join(folder, name), content)
  const ended = await scan(folder)
  const wrong = faults(ended, round)
  records += round.records
  mostCpu = Math.max(mostCpu, ended.cpuMs)
  mostKb = Math.max(mostKb, ended.peakKb)
  codes.set(ended.code, (codes.get(ended.code) ?? 0) + 1)
  if (wrong.length > 0) {
    failures += 1
    if (!existsSync(options.keep)) mkdirSync(options.keep)
    rmSync(join(options.keep, `${seed}`), { recursive: true, force: true })
    renameSync(folder, join(options.keep, `${seed}`))
    console.log(`seed ${seed}, ${round.what}: ${wrong.join('; ')}`)
  } else rmSync(folder, { recursive: true })
}
rmSync(work, { recursive: true })
const ends = [...codes].map(([code, count]) => `${count} with exit code ${code}`).join(', ')
console.log(
  `${rounds} rounds from seed ${first} (${records} records; ${ends}), ${failures} failures; the most were ${mostCpu} ms of processor time and ${Math.round(mostKb / 1024)} MB`,
)
if (failures > 0) process.exitCode = 1
