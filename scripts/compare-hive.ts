/**
 * Holds what the hive reader says of every key (path, time, values and their data) against libregf (Debian's
 * python3-libregf) and regipy (`pip install regipy`). Logs that lie beside a dirty hive are applied by us and by regipy.
 *
 *     node scripts/compare-hive.ts FOLDER… [--python PATH] [--regipy PATH] [--examples N]
 *
 * A folder holds hives, perhaps compressed with xz, and their logs (name.LOG1, name.LOG2). `--python` is the Python that
 * has pyregf, `--regipy` the one that has regipy; without them that comparison is left out.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { hiveFileKind, openHive, valueTypes } from '../src/decode/registry/index.ts'
import { FILETIME_EPOCH_MS } from '../src/model/time.ts'
import { withHiveFiles } from '../src/sources/hive-file.ts'

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: '/usr/bin/python3' },
    regipy: { type: 'string' },
    examples: { type: 'string', default: '3' },
  },
})

interface Key {
  readonly path: string
  readonly written: string
  /** Name, type, digest of the data; a part that the reader does not give is null. */
  readonly values: readonly (readonly [name: string, type: string, digest: string | null])[]
}

const tools = join(import.meta.dirname, 'compare-hive')
const work = mkdtempSync(join(tmpdir(), 'tasktrail-compare-'))
const differences = new Map<string, { count: number; examples: string[] }>()
try {
  for (const folder of folders) compareFolder(folder)
  for (const [what, { count, examples }] of differences) {
    console.log(`${count} × ${what}`)
    for (const example of examples) console.log(`    ${example}`)
  }
} finally {
  rmSync(work, { recursive: true })
}

function compareFolder(folder: string): void {
  const files = readdirSync(folder)
    .sort()
    .map((name) => unpacked(join(folder, name)))
  const kinds = new Map(files.map((path) => [path, hiveFileKind(readFileSync(path).subarray(0, 512))]))
  for (const hive of files.filter((path) => kinds.get(path) === 'hive')) {
    compareHive(hive, [])
    const logs = files.filter(
      (path) => kinds.get(path) === 'log' && path.toLowerCase().startsWith(`${hive.toLowerCase()}.log`),
    )
    if (logs.length > 0) compareHive(hive, logs)
  }
}

function unpacked(path: string): string {
  if (!path.endsWith('.xz')) return path
  const target = join(work, basename(path, '.xz'))
  writeFileSync(target, execFileSync('xz', ['-dkc', path], { maxBuffer: 2 ** 30 }))
  return target
}

function compareHive(hive: string, logs: readonly string[]): void {
  const name = `${basename(hive)}${logs.length > 0 ? ` with ${logs.map((log) => basename(log)).join(', ')}` : ''}`
  const { keys, note } = ourKeys(hive, logs)
  const values = keys.reduce((sum, key) => sum + key.values.length, 0)
  console.log(`${name}: ${keys.length} keys, ${values} values${note}`)
  let target = hive
  if (logs.length > 0) {
    if (options.regipy === undefined) return
    target = join(work, 'restored')
    const pages = execFileSync(options.regipy, [join(tools, 'regipy_apply.py'), hive, target, ...logs])
    console.log(`  regipy applies ${String(pages).trim()} pages`)
  }
  compareWith(name, keys, 'libregf', options.python, 'pyregf_keys.py', target)
  if (options.regipy !== undefined) compareWith(name, keys, 'regipy', options.regipy, 'regipy_keys.py', target)
}

function ourKeys(path: string, logPaths: readonly string[]): { keys: Key[]; note: string } {
  const named = (each: string) => ({ path: each, name: basename(each) })
  return withHiveFiles(named(path), logPaths.map(named), (file, logs) => {
    const { hive, problems } = openHive(file, logs)
    if (hive === null) return { keys: [], note: `: ${problems[0]?.reason}` }
    const keys = [...hive.walk()].map((key) => ({
      path: key.path,
      written: String(BigInt(key.lastWritten.time + FILETIME_EPOCH_MS) * 10_000n + BigInt(key.lastWritten.ticks)),
      values: [...key.values()].map((each) => [each.name, String(each.type), digest(each.data())] as const),
    }))
    const met = hive.problems.all()
    const applied = hive.replay.applied.map(
      ({ file: log, entries, pages }) => `${log} ${entries} entries, ${pages} pages`,
    )
    return {
      keys,
      note: `${met.length > 0 ? `, ${met.length} problems told` : ''}${applied.length > 0 ? `; applied ${applied.join('; ')}` : ''}`,
    }
  })
}

function digest(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function compareWith(
  hive: string,
  ours: readonly Key[],
  tool: string,
  python: string,
  script: string,
  path: string,
): void {
  const { stdout, stderr, status } = spawnSync(python, [join(tools, script), path], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  const lines = stdout.split('\n').filter((line) => line !== '')
  const last = stderr.trim().split('\n').at(-1) ?? ''
  if (lines.length === 0) {
    console.log(`  ${tool}: reads nothing (status ${status}: ${last.slice(0, 160)})`)
    return
  }
  const theirs = new Map<string, { written: string; values: unknown[][]; error?: string }>()
  let errors = 0
  for (const line of lines) {
    const key = JSON.parse(line.replace(/"written": (\d+)/, '"written": "$1"'))
    if (key.error !== undefined) errors += 1
    else theirs.set(key.path.join('\\'), key)
  }
  let equal = 0
  let values = 0
  for (const our of ours) {
    const their = theirs.get(tool === 'regipy' ? ascii(our.path) : our.path)
    theirs.delete(tool === 'regipy' ? ascii(our.path) : our.path)
    if (their === undefined) count(`${hive}: a key that ${tool} does not have`, our.path)
    else if (compareKey(hive, tool, our, their)) {
      equal += 1
      values += our.values.length
    }
  }
  for (const path of theirs.keys()) count(`${hive}: a key that only ${tool} has`, path)
  console.log(
    `  ${tool}: ${equal} keys equal with ${values} values${errors > 0 ? `, ${errors} errors of its own` : ''}`,
  )
}

function compareKey(hive: string, tool: string, our: Key, their: { written: string; values: unknown[][] }): boolean {
  let same = true
  const differs = (what: string, example: string) => {
    same = false
    count(`${hive}: ${what} differs from ${tool}`, `${our.path}: ${example}`)
  }
  if (our.written !== their.written) differs('the time', `${our.written} | ${their.written}`)
  const named = (name: string) => (tool === 'regipy' ? ascii(name) : name)
  const ourNames = our.values.map(([name]) => named(name === '(default)' && tool === 'regipy' ? '' : name))
  const theirNames = their.values.map(([name]) => String(name))
  if (JSON.stringify(ourNames) !== JSON.stringify(theirNames)) {
    differs(
      'the list of values',
      `${ourNames.length} ${ourNames.slice(0, 4)} | ${theirNames.length} ${theirNames.slice(0, 4)}`,
    )
    return false
  }
  our.values.forEach(([name, type, data], index) => {
    const [, theirType, theirData] = their.values[index] as [string, number | string, string | null]
    const typeName = tool === 'regipy' ? (valueTypes[Number(type)] ?? '') : type
    if (typeName !== '' && String(theirType) !== typeName && !likeInRegipy(typeName, String(theirType))) {
      differs('the type of a value', `${name}: ${type} | ${theirType}`)
    }
    if (theirData !== null && theirData !== data) differs('the data of a value', `${name}: ${data} | ${theirData}`)
  })
  return same
}

/** regipy decodes Latin-1 names as ASCII and puts a mark for each byte beyond it; UTF-16 names it reads as they are. */
function ascii(text: string): string {
  return /[^\0-\xff]/.test(text) ? text : text.replace(/[\x80-\xff]/g, '\ufffd')
}

/** Its names for types that it has under another name. */
function likeInRegipy(ours: string, theirs: string): boolean {
  return ours === 'REG_EXPAND_SZ' && theirs === 'REG_EXPAND'
}

function count(what: string, example: string): void {
  const found = differences.get(what) ?? { count: 0, examples: [] }
  differences.set(what, found)
  found.count += 1
  if (found.examples.length < Number(options.examples)) found.examples.push(example)
}
