import { compareInstants } from '../../model/time.ts'
import { type BaseBlock, readBaseBlock } from './base-block.ts'
import { hex } from './damage.ts'
import { readDirtyPages } from './dirty-vector.ts'
import type { HiveBytes, HiveFile } from './hive-bytes.ts'
import { BASE_BLOCK_SIZE } from './limits.ts'
import { isNewLog, type LogEntry, readLogEntries } from './log-entries.ts'
import { Overlay } from './overlay.ts'
import type { ProblemList } from './problem-list.ts'

/** What was taken from one transaction log. */
export interface AppliedLog {
  readonly file: string
  readonly format: 'entries' | 'dirty-pages'
  /** Sequence numbers of the first and the last entry; null for the old format, which has none. */
  readonly firstSequence: number | null
  readonly lastSequence: number | null
  readonly entries: number
  readonly pages: number
}

/** What the logs did to the hive. */
export interface LogReplay {
  /** The hive was being written when it was copied: without its logs, or with them used up, it may be torn. */
  readonly dirty: boolean
  readonly applied: readonly AppliedLog[]
  /** Logs that were there and not used, with the reason. */
  readonly unused: readonly { readonly file: string; readonly why: string }[]
}

export interface Replayed {
  readonly bytes: HiveBytes
  /** The hive's own base block, or a log's where the hive's is damaged. */
  readonly base: BaseBlock | undefined
  readonly replay: LogReplay
}

/**
 * Brings a dirty hive up to date from its logs, without changing a byte of either.
 *
 * Entries of all logs form one sequence. It begins with the first that is not yet in the hive (not below the hive's second
 * sequence number) and goes on as long as no number is missing. Where the first one is not the expected one, what lies
 * between is lost, but the pages are applied all the same, as Windows and yarp do; that is told as a problem. Of a hive
 * whose base block is damaged nobody knows where it stood: the latest unbroken sequence is taken.
 * Source: msuhanov, "Windows registry file format specification", sections Dirty state of a hive, Multiple transaction logs.
 */
export function replayLogs(hive: HiveFile, logs: readonly HiveFile[], problems: ProblemList): Replayed {
  const own = readBaseBlock(hive.bytes)
  const sound = own?.checksumMatches === true
  const dirty = !sound || own.primarySequence !== own.secondarySequence
  const unused: { file: string; why: string }[] = []
  if (!dirty) {
    for (const { file } of logs) unused.push({ file, why: 'the hive is clean' })
    return { bytes: hive.bytes, base: own, replay: { dirty, applied: [], unused } }
  }
  const readable = logs.flatMap((log) => {
    const base = readBaseBlock(log.bytes)
    if (log.bytes.size === 0) unused.push({ file: log.file, why: 'it is empty' })
    else if (base === undefined || !base.checksumMatches) {
      problems.add('bad-log', 0, 'the log does not begin with a sound base block and is not used', log.file)
      unused.push({ file: log.file, why: 'its base block is damaged' })
    } else return [{ log, base }]
    return []
  })
  const latest = readable.reduce<BaseBlock | undefined>(
    (best, { base }) => (best && behind(base.primarySequence, best.primarySequence) ? best : base),
    undefined,
  )
  const base = sound ? own : (latest ?? own)
  const overlay = new Overlay(hive.bytes)
  const applied = readable.some(({ log }) => isNewLog(log))
    ? applyEntries(overlay, sound ? own : undefined, readable, problems, unused)
    : applyDirtyPages(overlay, sound ? own : undefined, readable, problems, unused)
  return { bytes: applied.length > 0 ? overlay : hive.bytes, base, replay: { dirty, applied, unused } }
}

interface ReadableLog {
  readonly log: HiveFile
  readonly base: BaseBlock
}

type Unused = { file: string; why: string }[]

function applyEntries(
  overlay: Overlay,
  base: BaseBlock | undefined,
  logs: readonly ReadableLog[],
  problems: ProblemList,
  unused: Unused,
): AppliedLog[] {
  const entries = logs.flatMap(({ log }) => readLogEntries(log))
  const sequence = chooseSequence(entries, base, problems)
  const used = new Map<HiveFile, { first: number; last: number; entries: number; pages: number }>()
  for (const entry of sequence) {
    if (!entry.pages.every((page) => overlay.lay(entry.log.bytes, page))) {
      problems.add('too-large', null, 'the logs replace more than a log can hold; the rest is not applied')
      break
    }
    overlay.growTo(BASE_BLOCK_SIZE + entry.binsSize)
    const sum = used.get(entry.log) ?? { first: entry.sequence, last: 0, entries: 0, pages: 0 }
    used.set(entry.log, sum)
    sum.last = entry.sequence
    sum.entries += 1
    sum.pages += entry.pages.length
  }
  for (const { log } of logs) {
    if (!used.has(log)) unused.push({ file: log.file, why: 'none of its entries follows on what the hive holds' })
  }
  return [...used].map(([log, { first, last, entries: count, pages }]) => ({
    file: log.file,
    format: 'entries',
    firstSequence: first,
    lastSequence: last,
    entries: count,
    pages,
  }))
}

/** The entries to apply, in order. */
function chooseSequence(all: readonly LogEntry[], base: BaseBlock | undefined, problems: ProblemList): LogEntry[] {
  const from = base?.secondarySequence ?? 0
  const entries = all
    .filter(({ sequence }) => base === undefined || !behind(sequence, from))
    .sort((a, b) => ((a.sequence - from) | 0) - ((b.sequence - from) | 0))
    .filter((entry, index, list) => entry.sequence !== list[index - 1]?.sequence)
  const runs: LogEntry[][] = []
  for (const entry of entries) {
    const run = runs.at(-1)
    if (run !== undefined && entry.sequence === ((run.at(-1) as LogEntry).sequence + 1) >>> 0) run.push(entry)
    else runs.push([entry])
  }
  const run = (base === undefined ? runs.at(-1) : runs[0]) ?? []
  const first = run[0]
  if (base !== undefined && first !== undefined && first.sequence !== from) {
    const gap = `${hex(from)} to ${hex(first.sequence - 1)}`
    problems.add('log-gap', 4, `the entries ${gap} are in no log: pages that only they changed are older than the rest`)
  }
  if (base !== undefined && runs[1]?.[0] !== undefined) {
    const next = runs[1][0].sequence
    problems.add('log-gap', 4, `after entry ${hex((run.at(-1) as LogEntry).sequence)} comes ${hex(next)}: not applied`)
  }
  return run
}

/** Of old logs one applies: the latest that is not older than the hive. */
function applyDirtyPages(
  overlay: Overlay,
  base: BaseBlock | undefined,
  logs: readonly ReadableLog[],
  problems: ProblemList,
  unused: Unused,
): AppliedLog[] {
  const finished = logs.filter((log) => log.base.primarySequence === log.base.secondarySequence)
  const best = finished
    .filter((log) => base === undefined || compareInstants(log.base.lastWritten, base.lastWritten) >= 0)
    .sort((a, b) => compareInstants(b.base.lastWritten, a.base.lastWritten))[0]
  for (const { log } of logs) {
    if (log !== best?.log) unused.push({ file: log.file, why: 'it is not finished, or older than the hive' })
  }
  if (best === undefined) return []
  const { file, bytes } = best.log
  const dirty = readDirtyPages(best.log, best.base)
  if (dirty === undefined) {
    problems.add('bad-log', 512, 'the log holds neither entries (HvLE) nor a list of dirty pages (DIRT)', file)
    unused.push({ file, why: 'it is of no known format' })
    return []
  }
  if (dirty.cut) problems.add('truncated', bytes.size, 'the log ends before the last of its dirty pages', file)
  let pages = 0
  for (const page of dirty.pages) if (overlay.lay(bytes, page)) pages += 1
  if (pages === 0) {
    unused.push({ file, why: 'it holds no pages' })
    return []
  }
  overlay.growTo(BASE_BLOCK_SIZE + best.base.binsSize)
  return [{ file, format: 'dirty-pages', firstSequence: null, lastSequence: null, entries: 1, pages }]
}

/** Whether a sequence number comes before another; they wrap around. */
function behind(sequence: number, other: number): boolean {
  return ((sequence - other) | 0) < 0
}
