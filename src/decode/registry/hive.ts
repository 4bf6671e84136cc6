import type { Problem } from '../../model/problem.ts'
import type { BaseBlock } from './base-block.ts'
import { Cells } from './cells.ts'
import { asBuffer, type HiveFile } from './hive-bytes.ts'
import type { Steps } from './key-list.ts'
import { BASE_BLOCK_SIZE } from './limits.ts'
import { ProblemList } from './problem-list.ts'
import { RegistryKey } from './registry-key.ts'
import type { RegistryTree } from './registry-tree.ts'
import { type LogReplay, replayLogs } from './replay.ts'

/** The first cell of the first bin, where Windows puts the root. */
const USUAL_ROOT = 0x20
/** What Windows XP and later write. */
const USUAL_MINOR_VERSION = 5

/** A hive that is open for reading, with its logs applied. */
export class Hive implements RegistryTree<RegistryKey> {
  readonly file: string
  /** Undefined where neither the hive nor a log has a sound one. */
  readonly base: BaseBlock | undefined
  readonly replay: LogReplay
  readonly root: RegistryKey
  readonly problems: ProblemList
  /** Bytes of it, its logs applied. */
  readonly size: number
  readonly #mostKeys: number

  constructor(
    file: string,
    { mostKeys, size }: Pick<Cells, 'mostKeys' | 'size'>,
    { base, replay, root, problems }: Pick<Hive, 'base' | 'replay' | 'root' | 'problems'>,
  ) {
    this.file = file
    this.#mostKeys = mostKeys
    this.size = size
    this.base = base
    this.replay = replay
    this.root = root
    this.problems = problems
  }

  /** A key by the names from below the root, in any case: `Microsoft\Windows NT\CurrentVersion`. */
  key(path: string): RegistryKey | undefined {
    let key: RegistryKey | undefined = this.root
    for (const name of path.split('\\')) {
      if (name !== '') key = key?.subkey(name)
    }
    return key
  }

  /**
   * The key and all keys below it, parents first, each cell and each list once: what is damaged cannot make it endless. Lists
   * of a crafted hive can overlap, so their elements are counted, too: no real hive has more than one for a key.
   */
  *walk(from: RegistryKey = this.root, most: number = this.#mostKeys): Generator<RegistryKey> {
    const steps: Steps = { left: most, lists: new Set() }
    const seen = new Set([from.offset])
    const open = [from.subkeys(steps)]
    yield from
    for (let below = open.at(-1); below !== undefined; below = open.at(-1)) {
      const { value: key, done } = below.next()
      if (done) open.pop()
      else if (seen.has(key.offset)) this.problems.add('loop', key.offset, `the key ${key.name} has two parents`)
      else {
        seen.add(key.offset)
        yield key
        open.push(key.subkeys(steps))
      }
    }
    if (steps.left < 0) this.problems.add('too-large', from.offset, `more than ${most} keys below ${from.name}`)
  }
}

/** An open hive, or null when there is nothing to read; `problems` says why. */
export interface HiveReading {
  readonly hive: Hive | null
  /** What was met while opening; what is met later is in `hive.problems`. */
  readonly problems: readonly Problem[]
}

/**
 * Opens a hive. Logs are applied when the hive says that it was being written. A hive whose base block is destroyed is
 * read all the same when its first bin is there.
 */
export function openHive(file: HiveFile, logs: readonly HiveFile[] = []): HiveReading {
  const problems = new ProblemList(file.file)
  const { bytes, base, replay } = replayLogs(file, logs, problems)
  const binsFollow = asBuffer(bytes.read(BASE_BLOCK_SIZE, 4)).toString('latin1') === 'hbin'
  if (!binsFollow && (base === undefined || base.fileType !== 0)) {
    problems.add('not-a-hive', 0, 'the file begins with neither a hive’s base block nor, after it, a bin')
    return { hive: null, problems: problems.all() }
  }
  if (base === undefined) {
    problems.add('bad-base-block', 0, 'the hive does not begin with regf; its first bin is read all the same')
  } else {
    if (!base.checksumMatches) problems.add('bad-checksum', 0, 'the checksum of the base block is wrong')
    const end = BASE_BLOCK_SIZE + base.binsSize
    if (bytes.size < end) {
      problems.add('truncated', bytes.size, `the hive has ${bytes.size} bytes of ${end}; what lies there is read`)
    }
  }
  if (replay.dirty && replay.applied.length === 0) {
    problems.add('dirty-hive', 4, 'the hive was being written when it was copied, and no log completes it')
  }
  const cells = new Cells(bytes, base?.minorVersion ?? USUAL_MINOR_VERSION)
  const offsets = new Set([base?.rootOffset ?? USUAL_ROOT, USUAL_ROOT])
  for (const offset of offsets) {
    const root = problems.attempt(() => RegistryKey.read(cells, offset, null, problems))
    if (root !== undefined) {
      return { hive: new Hive(file.file, cells, { base, replay, root, problems }), problems: problems.all() }
    }
  }
  return { hive: null, problems: problems.all() }
}
