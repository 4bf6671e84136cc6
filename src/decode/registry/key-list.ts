import type { Cells } from './cells.ts'
import { Damage, hex } from './damage.ts'
import type { ProblemList } from './problem-list.ts'

/** What a list says of a key before its cell is read. */
export interface ListedKey {
  readonly offset: number
  /** Of an `lh` list: the hash of the name. */
  readonly hash: number | undefined
}

/** What several enumerations together may look at: see Hive.walk. */
export interface Steps {
  /** Elements of lists that may still be looked at. */
  left: number
  /** Offsets of lists that were: a list belongs to one key. */
  readonly lists: Set<number>
}

/** For one enumeration by itself: no more elements than there can be keys. Lists of a crafted hive can overlap. */
export function stepsFor(cells: Cells): Steps {
  return { left: cells.mostKeys, lists: new Set() }
}

/** A 16-bit number of elements of at most 8 bytes. */
const MAX_LIST_BYTES = 4 + 0xffff * 8

/**
 * The subkeys that a list names: `lf` and `lh` with hints, `li` without, `ri` a list of lists. Each offset comes once,
 * whatever the lists say, so that the walk ends.
 * Source: msuhanov, "Windows registry file format specification", sections Index leaf to Index root.
 */
export function* listedKeys(
  cells: Cells,
  offset: number,
  problems: ProblemList,
  steps: Steps = stepsFor(cells),
): Generator<ListedKey> {
  const seen = new Set<number>()
  if (steps.lists.has(offset)) {
    problems.add('loop', cells.fileOffset(offset), 'two keys share a list of subkeys')
    return
  }
  steps.lists.add(offset)
  const first = problems.attempt(() => readList(cells, offset))
  if (first === undefined) return
  if (first.kind !== 'ri') {
    yield* leaf(first, seen, cells, problems, steps)
    return
  }
  for (const { offset: below } of first.elements()) {
    if (steps.left < 0) return
    if (steps.lists.has(below)) {
      problems.add('loop', cells.fileOffset(offset), `a list of lists names ${hex(below)}, which was met before`)
      continue
    }
    steps.lists.add(below)
    const list = problems.attempt(() => readList(cells, below))
    if (list?.kind === 'ri') {
      problems.add('bad-list', cells.fileOffset(below), 'a list of lists inside a list of lists')
    } else if (list !== undefined) yield* leaf(list, seen, cells, problems, steps)
  }
}

interface List {
  readonly kind: 'lf' | 'lh' | 'li' | 'ri'
  readonly at: number
  elements(): Generator<ListedKey>
}

function* leaf(list: List, seen: Set<number>, cells: Cells, problems: ProblemList, steps: Steps): Generator<ListedKey> {
  for (const element of list.elements()) {
    steps.left -= 1
    if (steps.left < 0) return
    if (seen.has(element.offset)) {
      problems.add('loop', cells.fileOffset(list.at), `a list names the key at ${hex(element.offset)} twice`)
      continue
    }
    seen.add(element.offset)
    yield element
  }
}

function readList(cells: Cells, offset: number): List {
  const bytes = cells.read(offset, MAX_LIST_BYTES)
  const kind = bytes.toString('latin1', 0, 2)
  if (kind !== 'lf' && kind !== 'lh' && kind !== 'li' && kind !== 'ri') {
    throw new Damage('bad-list', cells.fileOffset(offset), `a list of subkeys begins with ${JSON.stringify(kind)}`)
  }
  const width = kind === 'lf' || kind === 'lh' ? 8 : 4
  const count = Math.min(bytes.readUInt16LE(2), Math.floor((bytes.length - 4) / width))
  return {
    kind,
    at: offset,
    *elements() {
      for (let at = 4; at < 4 + count * width; at += width) {
        yield { offset: bytes.readUInt32LE(at), hash: kind === 'lh' ? bytes.readUInt32LE(at + 4) : undefined }
      }
    },
  }
}
