/**
 * Holds what the hive reader says of every key (path, time, values and their data) against libregf (Debian's
 * python3-libregf) and regipy (`pip install regipy`). Logs that lie beside a dirty hive are applied by us and by regipy; regipy gets those logs that we apply, in our order: by
 * itself it applies the second log before the first, and entries that the hive holds already, whatever their numbers say.
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

interface Value {
  readonly name: string
  readonly type: number
  readonly size: number
  readonly digest: string
  /** Of the data up to the first end mark of a text. */
  readonly textDigest: string
}

interface Key {
  readonly path: string
  readonly written: string
  readonly values: readonly Value[]
}

/** A type that setup programs use for placeholders without data. */
const SKIPPED_BY_REGIPY = 0x20_0000

/** REG_SZ, REG_EXPAND_SZ, REG_LINK. */
const textTypes = [1, 2, 6]
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
  const { keys, note, applied, damaged } = ourKeys(hive, logs)
  const values = keys.reduce((sum, key) => sum + key.values.length, 0)
  console.log(`${name}: ${keys.length} keys, ${values} values${note}`)
  let target = hive
  if (logs.length > 0) {
    if (options.regipy === undefined) return
    target = join(work, 'restored')
    // It applies what it takes for the second log first.
    const inOrder = applied.map((log) => logs.find((path) => basename(path) === log) as string).reverse()
    const pages = execFileSync(options.regipy, [join(tools, 'regipy_apply.py'), hive, target, ...inOrder])
    console.log(`  regipy applies ${String(pages).trim()} pages`)
  }
  compareWith(name, damaged, keys, 'libregf', options.python, 'pyregf_keys.py', target)
  if (options.regipy !== undefined) compareWith(name, damaged, keys, 'regipy', options.regipy, 'regipy_keys.py', target)
}

function ourKeys(
  path: string,
  logPaths: readonly string[],
): {
  keys: Key[]
  note: string
  applied: readonly string[]
  /** Cells of it cannot be read. */
  damaged: boolean
} {
  const named = (each: string) => ({ path: each, name: basename(each) })
  return withHiveFiles(named(path), logPaths.map(named), (file, logs) => {
    const { hive, problems } = openHive(file, logs)
    if (hive === null) return { keys: [], note: `: ${problems[0]?.reason}`, applied: [], damaged: true }
    const keys = [...hive.walk()].map((key) => ({
      path: key.path,
      written: String(BigInt(key.lastWritten.time + FILETIME_EPOCH_MS) * 10_000n + BigInt(key.lastWritten.ticks)),
      values: [...key.values()].map((value) => ({
        name: value.name,
        type: value.type,
        size: value.size,
        digest: digest(value.data()),
        textDigest: digest(untilEndMark(value.data())),
      })),
    }))
    const met = hive.problems.all()
    const applied = hive.replay.applied
    const told = met.length > 0 ? `, ${met.length} problems told` : ''
    const from = applied.map((log) => `${log.file} ${log.entries} entries, ${log.pages} pages`).join('; ')
    return {
      keys,
      note: `${told}${from === '' ? '' : `; applied ${from}`}`,
      applied: applied.map((log) => log.file),
      damaged: met.some(({ code }) => code === 'bad-cell'),
    }
  })
}

function untilEndMark(data: Buffer): Buffer {
  for (let at = 0; at + 1 < data.length; at += 2) if (data.readUInt16LE(at) === 0) return data.subarray(0, at)
  return data
}

function digest(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function compareWith(
  hive: string,
  damaged: boolean,
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
  const onlyTheirs = damaged ? ' (explained: it reads on where a cell cannot be)' : ''
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
  for (const path of theirs.keys()) count(`${hive}: a key that only ${tool} has${onlyTheirs}`, path)
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
  const values = our.values.filter((value) => !(tool === 'regipy' && value.type === SKIPPED_BY_REGIPY))
  if (values.length < our.values.length)
    count(`${hive}: explained: regipy leaves values of type 0x200000 out`, our.path)
  const ourNames = values.map(({ name }) => (tool === 'regipy' ? ascii(name === '(default)' ? '' : name) : name))
  const theirNames = their.values.map(([name]) => String(name))
  if (JSON.stringify(ourNames) !== JSON.stringify(theirNames)) {
    differs(
      'the list of values',
      `${ourNames.length} ${ourNames.slice(0, 4)} | ${theirNames.length} ${theirNames.slice(0, 4)}`,
    )
    return false
  }
  values.forEach((value, index) => {
    const [, theirType, theirData, theirText] = their.values[index] as [string, number | string, string | null, string?]
    const type = tool === 'regipy' ? valueTypes[value.type] : value.type
    if (type !== undefined && String(theirType) !== String(type)) {
      differs('the type of a value', `${value.name}: ${value.type} | ${theirType}`)
    }
    if (theirData === null || theirData === value.digest) return
    if (tool === 'libregf' && value.size < 4 && theirData === digest(Buffer.alloc(value.size))) {
      count(
        `${hive}: explained: libregf 20201007 reads values of 1 to 3 bytes, which lie in the value itself, as zeros`,
        our.path,
      )
    } else if (tool === 'libregf' && textTypes.includes(value.type) && theirText === value.textDigest) {
      count(`${hive}: explained: libregf gives a text one end mark, whether it has none or several`, our.path)
    } else if (tool === 'libregf' && textTypes.includes(value.type) && value.textDigest === value.digest) {
      count(`${hive}: explained: libregf reads on behind a text without an end mark`, `${our.path}: ${value.name}`)
    } else differs('the data of a value', `${value.name}: ${value.digest} | ${theirData}`)
  })
  return same
}

/** regipy decodes Latin-1 names as ASCII and puts a mark for each byte beyond it; UTF-16 names it reads as they are. */
function ascii(text: string): string {
  return /[^\0-\xff]/.test(text) ? text : text.replace(/[\x80-\xff]/g, '\ufffd')
}

function count(what: string, example: string): void {
  const found = differences.get(what) ?? { count: 0, examples: [] }
  differences.set(what, found)
  found.count += 1
  if (found.examples.length < Number(options.examples)) found.examples.push(JSON.stringify(example.slice(0, 200)))
}
