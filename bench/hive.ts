/**
 * How fast the TaskCache of a large hive is read from a file, and in how much memory.
 *
 *     node bench/hive.ts [--mb N] [--tasks N] [--rounds N]
 *
 * Writes a hive SOFTWARE of at least N MB whose tasks lie among the other keys, reads it in a process of its own, and
 * prints the median time, the bytes read from the file and the resident memory.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openHive } from '../src/decode/registry/index.ts'
import { readTaskCache } from '../src/decode/task-cache/index.ts'
import { hiveBytes } from '../src/lab/hive-writer/hive-writer.ts'
import { type LabKey, regBytes, regText } from '../src/lab/hive-writer/lab-key.ts'
import { cachedTask, type LabCachedTask, softwareRoot } from '../src/lab/hive-writer/task-cache.ts'
import { OpenHiveFile } from '../src/sources/hive-file.ts'

const { values: options } = parseArgs({
  options: {
    mb: { type: 'string', default: '160' },
    tasks: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '7' },
    read: { type: 'string' },
  },
})

const time = { time: Date.UTC(2026, 2, 9, 6), ticks: 0 }

if (options.read !== undefined) read(options.read)
else bench()

function bench(): void {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-hive-'))
  try {
    const path = join(folder, 'SOFTWARE')
    const [megabytes, tasks] = [Number(options.mb), Number(options.tasks)]
    measure('one key beside the other, among others', path, largeHive(megabytes, tasks))
    measure('every key far from the next', path, scatteredHive(megabytes, tasks))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function measure(what: string, path: string, hive: Buffer): void {
  writeFileSync(path, hive)
  console.log(`${what}: ${(hive.length / 1e6).toFixed(0)} MB, ${options.tasks} tasks, node ${process.version}`)
  const rounds = Array.from({ length: Number(options.rounds) }, () => {
    const args = [...process.execArgv, import.meta.filename, '--read', path]
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    if (stderr !== '') throw new Error(stderr)
    return JSON.parse(stdout) as { ms: number; tasks: number; bytesRead: number; rss: number; grown: number }
  }).sort((a, b) => a.ms - b.ms)
  const { ms, tasks, bytesRead, rss, grown } = rounds[rounds.length >> 1] as (typeof rounds)[number]
  const mb = (count: number) => (count / 1e6).toFixed(1)
  console.log(`${tasks} tasks in ${ms.toFixed(0)} ms (${rounds[0]?.ms.toFixed(0)} to ${rounds.at(-1)?.ms.toFixed(0)})`)
  console.log(`${mb(bytesRead)} MB read from the file; resident ${mb(rss)} MB, of it ${mb(grown)} MB for the hive`)
}

/** One cold reading, with the process's start left out. */
function read(path: string): void {
  const before = process.memoryUsage.rss()
  const start = performance.now()
  const bytes = new OpenHiveFile(path)
  const { hive } = openHive({ file: path, bytes })
  if (hive === null) throw new Error('no hive')
  const { tasks, problems } = readTaskCache(hive)
  const ms = performance.now() - start
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const rss = process.memoryUsage.rss()
  console.log(JSON.stringify({ ms, tasks: tasks.length, bytesRead: bytes.bytesRead, rss, grown: rss - before }))
}

/** Many small keys with values of all sizes, as below Classes and Installer, before and behind the TaskCache. */
function largeHive(megabytes: number, tasks: number): Buffer {
  const filler = (folder: string, bytes: number): LabKey => {
    const each = 40 * 200
    return {
      name: folder,
      lastWritten: time,
      subkeys: Array.from({ length: Math.ceil(bytes / each) }, (_, index) => ({
        name: `{${String(index).padStart(8, '0')}-0000-4000-8000-000000000000}`,
        lastWritten: time,
        values: [
          regText('', `${folder} component ${index}`),
          regBytes('Data', Buffer.alloc(index % 50 === 0 ? 60_000 : each - 600 - 1200, index)),
        ],
        subkeys: [
          { name: 'InprocServer32', lastWritten: time, values: [regText('', 'C:\\Windows\\System32\\shell32.dll')] },
          { name: 'ProgID', lastWritten: time, values: [regText('', `${folder}.${index}`)] },
        ],
      })),
    }
  }
  const half = (megabytes * 1e6) / 2
  return hiveBytes(softwareRoot(manyTasks(tasks), time, [filler('Classes', half), filler('WOW6432Node', half)]))
}

/** Nothing but the TaskCache, spread over the file. */
function scatteredHive(megabytes: number, tasks: number): Buffer {
  const keys = 3 * tasks + 50
  return hiveBytes(softwareRoot(manyTasks(tasks), time), { gap: (megabytes * 1e6) / keys })
}

function manyTasks(count: number): LabCachedTask[] {
  const account = { sid: 'S-1-5-18', name: '' }
  return Array.from({ length: count }, (_, index) =>
    cachedTask({
      path: `\\Microsoft\\Windows\\Folder ${index % 40}\\Task ${index}`,
      id: `{${String(index).padStart(8, '0')}-1111-4111-8111-111111111111}`,
      registered: time,
      account,
      actions: [
        {
          kind: 'exec',
          id: null,
          command: `%windir%\\system32\\tool${index}.exe`,
          arguments: '/run',
          workingDirectory: null,
          hideAppWindow: false,
        },
      ],
      triggers: [{ kind: 'daily', start: '2026-03-09T06:00:00', days: 1 }, { kind: 'boot' }],
    }),
  )
}
