/**
 * Holds what `tasktrail dump` says of EVTX files against independent decoders: libevtx (Debian's evtxexport), the Rust
 * crate `evtx` (evtx_dump) and, when asked, python-evtx. Prints what was compared and every class of difference.
 *
 *     node scripts/compare-evtx.ts FOLDER… [--evtx-dump PATH] [--python PATH] [--examples N] [--write FILE]
 *
 * Records that only one side has, over the project's data (looked up in the bytes):
 * - evtxexport stops a file at the first record that it cannot render: elements without a template (forwarded and
 *   re-written logs), and damage. All of "only ours" of evtxexport beyond those of the next point.
 * - Where a page of a chunk is older than the next, a record is torn: its two sizes differ. We tell it as lost and look
 *   for the next whole record in the chunk; evtx_dump prints what the torn record's slots happen to hold (ids and
 *   times of 0) and gives up on what follows. All of "only ours" and "only theirs" of evtx_dump.
 * - python-evtx does not read elements without a template, and loses a chunk's rest at the first damage.
 *
 * `--write` stores counts and digests of what WE say of each file, and by how many others each count is confirmed:
 * test/edges/evtx-reference.test.ts compares with that.
 */
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Decoder,
  evtxDump,
  evtxexport,
  isEvtx,
  ourLines,
  ourRecords,
  pythonEvtx,
} from './compare-evtx/decoders.ts'
import { differenceClasses } from './compare-evtx/differences.ts'
import { digestOf } from './compare-evtx/digest.ts'
import { type Flat, flattenTree } from './compare-evtx/flatten.ts'
import { parseXml, unescapeXml } from './compare-evtx/xml.ts'

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    'evtx-dump': { type: 'string', default: 'evtx_dump' },
    python: { type: 'string' },
    examples: { type: 'string', default: '2' },
    write: { type: 'string' },
  },
})

/** What python-evtx makes of an array with empty items has other items at other places. */
const EMPTY_ITEMS = 'arrays with empty items'

interface Tally {
  records: number
  onlyOurs: number
  onlyTheirs: number
  values: number
  equal: number
  readonly classes: Map<string, { count: number; examples: string[] }>
}

const decoders: Decoder[] = [evtxexport, evtxDump(options['evtx-dump'])]
if (options.python !== undefined) decoders.push(pythonEvtx(options.python))
const tallies = new Map<string, Tally>(
  decoders.map(({ name }) => [
    name,
    { records: 0, onlyOurs: 0, onlyTheirs: 0, values: 0, equal: 0, classes: new Map() },
  ]),
)
const reference: Record<string, { records: number; digest: string; agreed: Record<string, number> }> = {}

let files = 0
let records = 0
for (const folder of folders) {
  for (const path of evtxFiles(folder)) {
    files += 1
    const ours = ourRecords(path)
    records += ours.length
    const agreed: Record<string, number> = {}
    for (const decoder of decoders) agreed[decoder.name] = compareFile(path, ours, decoder)
    const lines = ourLines(path)
    reference[`${basename(folder)}/${basename(path)}`] = { records: lines.length, digest: digestOf(lines), agreed }
  }
}
print()
if (options.write !== undefined) writeFileSync(options.write, `${JSON.stringify(reference, null, 2)}\n`)

function evtxFiles(folder: string): string[] {
  if (statSync(folder).isFile()) return [folder]
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return found.map((name) => join(folder, name)).filter((path) => statSync(path).isFile() && isEvtx(path))
}

/** The number of our records that the other decoder has, too, and with the same values. */
function compareFile(path: string, ours: Flat[], decoder: Decoder): number {
  const tally = tallies.get(decoder.name) as Tally
  const theirs = new Map<string, Flat[]>()
  for (const record of decoder.records(path)) {
    const key = keyOf(record)
    theirs.set(key, [...(theirs.get(key) ?? []), record])
  }
  let agreed = 0
  let missing = 0
  for (const our of ours) {
    const their = theirs.get(keyOf(our))?.shift()
    if (their === undefined) {
      missing += 1
      continue
    }
    tally.records += 1
    if (compareRecord(path, new Map(our), their, decoder.name, tally)) agreed += 1
  }
  tally.onlyOurs += missing
  let extra = 0
  for (const left of theirs.values()) extra += left.length
  tally.onlyTheirs += extra
  if (missing > 0 || extra > 0) {
    console.log(`${basename(path)}: of ${ours.length} records ${missing} only ours, ${extra} only ${decoder.name}'s`)
  }
  return agreed
}

/** Records are paired by record id and event id, in the order of the file; their times are compared like all values. */
function keyOf(record: Flat): string {
  return `${record.get('recordId') ?? ''} ${record.get('eventId') ?? ''}`
}

/** True when nothing differs but in ways that are explained. */
function compareRecord(path: string, ours: Flat, theirs: Flat, tool: string, tally: Tally): boolean {
  let explained = true
  if (tool === 'evtxexport') expandEmbeddedXml(ours, theirs)
  const brokenArray = tool === 'python-evtx' && expandArrays(theirs) && hasEmptyItem(ours)
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const our = ours.get(key)
    const their = theirs.get(key)
    tally.values += 1
    if (our === their) {
      tally.equal += 1
      continue
    }
    const known = differenceClasses.find(({ holds }) => holds(tool, key, our, their))?.name
    const name = known ?? (brokenArray && /^data\/\d+$/.test(key) ? EMPTY_ITEMS : 'UNEXPLAINED')
    if (name === 'UNEXPLAINED') explained = false
    const found = tally.classes.get(name) ?? { count: 0, examples: [] }
    tally.classes.set(name, found)
    found.count += 1
    if (found.examples.length < Number(options.examples)) {
      found.examples.push(`${basename(path)} ${ours.get('recordId')} ${key}: ${show(our)} | ${show(their)}`)
    }
  }
  return explained
}

/**
 * evtxexport does not escape `<` in a text that is XML itself, so that it reads back as elements: take ours apart, too,
 * and compare item by item.
 */
function expandEmbeddedXml(ours: Flat, theirs: Flat): void {
  const paths = [...theirs.keys()]
  for (const [key, text] of [...ours]) {
    if (!text.includes('<') || !paths.some((path) => path.startsWith(`${key}/`))) continue
    const parsed = parseXml(`<x>${text}</x>`)
    if (parsed === undefined) continue
    ours.delete(key)
    flattenTree(parsed, key, ours)
  }
}

/** python-evtx prints an array as one text of `<string>a</string>` lines; Windows, as we, as one Data for each item. */
function expandArrays(theirs: Flat): boolean {
  let expanded = false
  for (const [path, text] of [...theirs]) {
    if (!/^(<string>[\s\S]*<\/string>\s*)+$/.test(text)) continue
    expanded = true
    const items = [...text.matchAll(/<string>([\s\S]*?)<\/string>/g)].map(([, item]) => unescapeXml(item as string))
    if (path === 'data/0') {
      const rest = [...theirs].filter(([key]) => /^data\/[1-9]\d*$/.test(key)).map(([, value]) => value)
      for (const [position, item] of [...items, ...rest].entries()) theirs.set(`data/${position}`, item)
    } else for (const [i, item] of items.entries()) theirs.set(i === 0 ? path : `${path}[${i}]`, item)
  }
  return expanded
}

function hasEmptyItem(ours: Flat): boolean {
  return [...ours].some(([key, text]) => text === '' && /^data\/\d+$/.test(key))
}

function show(text: string | undefined): string {
  return text === undefined ? '(absent)' : JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text)
}

function print(): void {
  console.log(`\n${files} files, ${records} records`)
  for (const [tool, tally] of tallies) {
    console.log(
      `\n${tool}: ${tally.records} records in both, ${tally.onlyOurs} only ours, ${tally.onlyTheirs} only theirs`,
    )
    console.log(`  ${tally.values} values compared, ${tally.equal} equal to the letter`)
    for (const [name, { count, examples }] of [...tally.classes].sort((a, b) => b[1].count - a[1].count)) {
      console.log(`  ${count} × ${name}`)
      const why = differenceClasses.find((difference) => difference.name === name)?.why
      if (why !== undefined) console.log(`      ${why}`)
      for (const example of examples) console.log(`      e.g. ${example}`)
    }
  }
}
