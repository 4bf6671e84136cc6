// What a baseline of a large fleet weighs, how long it takes to open, and how fast it is asked:
//   node bench/baseline.ts [HOSTS] [DAYS] [THINGS]
// One thing in sixteen is on more hosts than are kept, the others on one to a dozen.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mostHosts, type Thing, type ThingSeen } from '../src/model/baseline.ts'
import { Rarity } from '../src/score/baseline/rarity.ts'
import { baselineSettings } from '../src/score/baseline/settings.ts'
import { BaselineFile, writeBaseline } from '../src/stores/baseline-file.ts'

const [hostCount = 100_000, dayCount = 90, thingCount = 320_000] = process.argv.slice(2).map(Number)
const today = 20_500
const say = (text: string) => process.stdout.write(`${text}\n`)
/** Of the processor: a busy machine does not change them. */
const now = () => process.cpuUsage()
const seconds = (since: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}
const hashOf = (n: number) => createHash('sha256').update(`ws${n}`).digest('hex').slice(0, 16)

const kinds = ['child', 'command', 'hour', 'made', 'maker', 'program', 'task', 'user'] as const
const keyOf = (n: number) =>
  `%programfiles%\\vendor ${n % 997}\\product ${n}\\program.exe runs %systemroot%\\system32\\tool${n}.exe`

function* things(hashes: readonly string[]): Iterable<ThingSeen> {
  const perKind = Math.ceil(thingCount / kinds.length)
  const lowest = hashes.slice(0, mostHosts).map((host) => ({ host, first: today - dayCount, last: today }))
  for (const kind of kinds) {
    const keys = Array.from({ length: perKind }, (_, n) => (kind === 'made' ? `program ${keyOf(n)}` : keyOf(n)))
    for (const [n, key] of keys.sort().entries()) {
      const count = 1 + (n % 12)
      const from = (n * 7919) % (hashes.length - count)
      const few = hashes.slice(from, from + count).map((host) => ({ host, first: today - 9, last: today }))
      yield n % 16 === 0 ? { kind, key, hosts: lowest, isSample: true } : { kind, key, hosts: few, isSample: false }
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-bench-'))
try {
  const path = join(folder, 'baseline.db')
  const roles = ['workstation', 'workstation', 'workstation', 'server'] as const
  const hosts = Array.from({ length: hostCount }, (_, n) => ({
    hash: hashOf(n),
    name: `ws${n}`,
    role: roles[n % 4] ?? ('unknown' as const),
    spans: [today - dayCount + 1, today],
  })).sort((a, b) => (a.hash < b.hash ? -1 : 1))
  const hashes = hosts.map(({ hash }) => hash)
  let at = now()
  writeBaseline(path, { hosts, things: things(hashes), held: [] }, 'bench')
  say(
    `${hostCount} hosts, ${dayCount} days, ${thingCount} things: ${(statSync(path).size / 1e6).toFixed(0)} MB, written in ${seconds(at).toFixed(1)} s`,
  )
  at = now()
  const file = new BaselineFile(path)
  say(`opened in ${seconds(at).toFixed(1)} s`)
  at = now()
  const rarity = new Rarity(file, baselineSettings)
  say(
    `ready to be asked after ${seconds(at).toFixed(1)} s more, ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident`,
  )
  const asker = { host: hashOf(hostCount + 1), role: 'workstation', day: today, isMade: false } as const
  const asked: Thing[] = Array.from({ length: 200_000 }, (_, n) => ({
    kind: 'program',
    key: keyOf(n % (2 * Math.ceil(thingCount / kinds.length))),
  }))
  for (const round of ['first', 'second']) {
    at = now()
    for (const thing of asked) rarity.most([thing], asker)
    say(`${round} time: ${Math.round(asked.length / seconds(at))} a second`)
  }
  file.close()
} finally {
  rmSync(folder, { recursive: true })
}
