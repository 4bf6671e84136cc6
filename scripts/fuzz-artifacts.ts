/**
 * Minutes of damaged input for the readers of hives, TaskCache values and .job files. Everything follows from the seed.
 *
 *     node scripts/fuzz-artifacts.ts [--minutes N] [--seed N] [--most-ms N]
 *
 * A throw, more problems than the cap, or one input that takes longer than `--most-ms` is printed with the seed of that
 * round and, for bytes, written to a file in the current folder; the exit code is then 1.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readJob } from '../src/decode/job/index.ts'
import { bytesInMemory, openHive } from '../src/decode/registry/index.ts'
import { MAX_PROBLEMS_PER_HIVE } from '../src/decode/registry/limits.ts'
import {
  readActions,
  readDynamicInfo,
  readTaskCache,
  readTriggers,
  toCachedTask,
} from '../src/decode/task-cache/index.ts'
import { dirtyPagesLog, entriesLog } from '../src/lab/hive-writer/hive-log.ts'
import { hiveBytes } from '../src/lab/hive-writer/hive-writer.ts'
import { regBytes } from '../src/lab/hive-writer/lab-key.ts'
import { actionsBlob, dynamicInfoBlob, ORDINARY_FLAGS, triggersBlob } from '../src/lab/hive-writer/task-blobs.ts'
import { cachedTask, softwareRoot } from '../src/lab/hive-writer/task-cache.ts'
import { jobBytes } from '../src/lab/job-writer/job-writer.ts'
import { Random } from '../src/lab/random.ts'
import type { Action } from '../src/model/definition.ts'

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    'most-ms': { type: 'string', default: '2000' },
  },
})
const first = Number(options.seed)
const mostMs = Number(options['most-ms'])
const time = { time: Date.UTC(2026, 2, 9, 6), ticks: 0 }
const account = { sid: 'S-1-5-21-1-2-3-1001', name: 'OFFICE\\ann' }
const action: Action = {
  kind: 'exec',
  ...{ id: null, command: 'cmd.exe', arguments: '/c dir', workingDirectory: 'C:\\', hideAppWindow: false },
}
const triggers = [
  { kind: 'daily', start: '2026-03-09T06:00:00', days: 1 },
  { kind: 'logon', user: account },
  { kind: 'boot' },
] as const

const tasks = Array.from({ length: 12 }, (_, index) =>
  cachedTask({
    path: `\\Folder ${index % 3}\\Task ${index}`,
    id: `{0000000${index.toString(16)}-1111-4111-8111-111111111111}`,
    ...{ registered: time, account, actions: [action], triggers },
  }),
)
const big = { name: 'Big', lastWritten: time, values: [regBytes('Big', Buffer.alloc(40_000, 7))] }
const hive = hiveBytes(softwareRoot(tasks, time, [big]), { longestList: 4, sequence: [2, 1] })
const base = { lastWritten: time, minorVersion: 5, rootOffset: 0x20, binsSize: hive.length - 4096, name: 'SOFTWARE' }
const page = (offset: number) => ({ offset, bytes: hive.subarray(4096 + offset, 8192 + offset) })
const newLog = entriesLog(base, [
  { sequence: 1, binsSize: base.binsSize, pages: [page(0), page(8192)] },
  { sequence: 2, binsSize: base.binsSize + 4096, pages: [page(4096)] },
])
const oldLog = dirtyPagesLog(base, Buffer.alloc(hive.length), hive.subarray(4096), 2)
const blobs = {
  actions: actionsBlob('Author', [
    action,
    { kind: 'com-handler', id: 'x', classId: '{00112233-4455-6677-8899-AABBCCDDEEFF}', data: 'data' },
    { kind: 'show-message', id: null, title: 'a', body: 'b' },
  ]),
  dynamicInfo: dynamicInfoBlob({ created: time, lastRun: time, lastResult: 1, lastSuccessfulRun: time }),
  triggers: triggersBlob({ flags: ORDINARY_FLAGS, principalId: 'Author', account, triggers }),
}
const job = jobBytes({
  id: '{00112233-4455-6677-8899-AABBCCDDEEFF}',
  applicationName: 'cmd.exe',
  parameters: '/c dir',
  triggers: [1, 2, 3, 7].map((type) => ({ start: { year: 2026, month: 3, day: 9, hour: 6, minute: 0 }, type })),
  signature: Buffer.alloc(64),
})

const readers: Record<string, { readonly sound: Buffer; read(bytes: Buffer, random: Random): void }> = {
  hive: { sound: hive, read: (bytes) => readHive(bytes, []) },
  'new log': { sound: newLog, read: (bytes) => readHive(hive, [bytes]) },
  'old log': { sound: oldLog, read: (bytes) => readHive(hive, [bytes]) },
  'hive and logs': { sound: hive, read: (bytes, random) => readHive(bytes, [newLog, damaged(newLog, random)]) },
  actions: { sound: blobs.actions, read: readActions },
  triggers: { sound: blobs.triggers, read: readTriggers },
  'dynamic info': { sound: blobs.dynamicInfo, read: readDynamicInfo },
  job: { sound: job, read: (bytes) => capped(readJob('x', bytes).problems.length) },
}

function readHive(bytes: Buffer, logs: readonly Buffer[]): void {
  const files = logs.map((log, index) => ({ file: `LOG${index}`, bytes: bytesInMemory(log) }))
  const opened = openHive({ file: 'SOFTWARE', bytes: bytesInMemory(bytes) }, files)
  if (opened.hive === null && opened.problems.length === 0) throw new Error('no hive, and no reason')
  if (opened.hive === null) return
  for (const entry of readTaskCache(opened.hive).tasks) toCachedTask(entry, 0)
  for (const key of opened.hive.walk()) {
    key.security()
    for (const value of key.values()) value.data()
  }
  capped(opened.hive.problems.all().length)
}

function capped(problems: number): void {
  if (problems > MAX_PROBLEMS_PER_HIVE + 20) throw new Error(`${problems} problems`)
}

/** Changes that a parser finds hardest: other numbers at aligned places, pieces copied over others, a cut. */
function damaged(sound: Buffer, random: Random): Buffer {
  let bytes = Buffer.from(sound)
  const numbers = [0, 1, 4, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, 0x8000_0000, bytes.length, 0x20]
  for (let change = random.whole(0, 12); change >= 0; change--) {
    const at = random.whole(0, bytes.length - 5)
    switch (random.whole(0, 5)) {
      case 0:
        bytes[at] = random.whole(0, 255)
        break
      case 1:
        bytes.writeUInt32LE((numbers[random.whole(0, numbers.length - 1)] as number) >>> 0, at & ~3)
        break
      case 2:
        bytes.writeUInt16LE((numbers[random.whole(0, numbers.length - 1)] as number) & 0xffff, at & ~1)
        break
      case 3: // one offset over another: cells that point at each other
        bytes.copy(bytes, at & ~3, random.whole(0, bytes.length - 5) & ~3, (at & ~3) + 4)
        break
      case 4: {
        const from = random.whole(0, bytes.length - 1)
        bytes.copy(bytes, at & ~7, from & ~7, from + random.whole(0, 600))
        break
      }
      default:
        if (random.whole(0, 9) === 0) bytes = bytes.subarray(0, Math.max(5, at))
    }
    if (bytes.length < 10) break
  }
  return bytes
}

const end = performance.now() + Number(options.minutes) * 60_000
const names = Object.keys(readers)
let failures = 0
let rounds = 0
let slowest = { ms: 0, what: '' }
for (let seed = first; performance.now() < end && failures < 20; seed++, rounds++) {
  const name = names[seed % names.length] as string
  const { sound, read } = readers[name] as (typeof readers)[string]
  const random = new Random(seed)
  const bytes = damaged(sound, random)
  const start = performance.now()
  let wrong = ''
  try {
    read(bytes, random)
  } catch (error) {
    wrong = String(error instanceof Error ? error.stack : error)
  }
  const ms = performance.now() - start
  if (ms > slowest.ms) slowest = { ms, what: `${name}, seed ${seed}` }
  if (ms > mostMs) wrong ||= `took ${ms.toFixed(0)} ms`
  if (wrong === '') continue
  failures += 1
  const file = `fuzz-${name.replaceAll(' ', '-')}-${seed}.bin`
  writeFileSync(file, bytes)
  console.log(`${name}, seed ${seed}, ${file}: ${wrong}`)
}
console.log(
  `${rounds} inputs from seed ${first}, ${failures} failures, the slowest took ${slowest.ms.toFixed(0)} ms (${slowest.what})`,
)
if (failures > 0) process.exitCode = 1
