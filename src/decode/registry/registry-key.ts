import { counted } from '../../model/counted.ts'
import { type Instant, instantOfFileTime } from '../../model/time.ts'
import { type Cells, NOWHERE } from './cells.ts'
import { Damage, hex } from './damage.ts'
import { listedKeys, type Steps, stepsFor } from './key-list.ts'
import { cellName, nameHash, upperName } from './key-name.ts'
import { MAX_KEY_DEPTH, MAX_KEY_NAME_BYTES, MAX_SECURITY_BYTES } from './limits.ts'
import type { ProblemList } from './problem-list.ts'
import type { TreeNode } from './registry-tree.ts'
import { RegistryValue } from './registry-value.ts'

const HEADER = 76
const FLAG_COMPRESSED = 0x20
/** The number of values is a handle. */
const FLAG_PREDEFINED_HANDLE = 0x40
const SECURITY_HEADER = 20
/** Offsets of a list of values that are read at once: who stops at the first few values reads no more. */
const VALUES_AT_ONCE = 64

/**
 * A key of a hive. What lies below it is read when it is asked for; what of that is damaged is left out and told as a
 * problem of the hive.
 * Source: msuhanov, "Windows registry file format specification", section Key node.
 */
export class RegistryKey implements TreeNode {
  readonly name: string
  readonly parent: RegistryKey | null
  /** 0 for the root. */
  readonly depth: number
  readonly lastWritten: Instant
  /** Offset of the key's cell in the file. */
  readonly offset: number
  /** How many subkeys and values the key says that it has. */
  readonly subkeyCount: number
  readonly valueCount: number
  readonly #cells: Cells
  readonly #problems: ProblemList
  readonly #cell: Buffer

  private constructor(cells: Cells, cell: Buffer, at: number, parent: RegistryKey | null, problems: ProblemList) {
    const flags = cell.readUInt16LE(2)
    this.name = cellName(cell, HEADER, cell.readUInt16LE(72), (flags & FLAG_COMPRESSED) !== 0)
    this.parent = parent
    this.depth = parent === null ? 0 : parent.depth + 1
    this.lastWritten = instantOfFileTime(cell.readUInt32LE(4), cell.readUInt32LE(8))
    this.offset = at
    this.subkeyCount = cell.readUInt32LE(20)
    this.valueCount = (flags & FLAG_PREDEFINED_HANDLE) !== 0 ? 0 : cell.readUInt32LE(36)
    this.#cells = cells
    this.#problems = problems
    this.#cell = cell
  }

  /** Throws Damage when there is no key. */
  static read(cells: Cells, offset: number, parent: RegistryKey | null, problems: ProblemList): RegistryKey {
    const cell = cells.read(offset, HEADER + MAX_KEY_NAME_BYTES)
    const at = cells.fileOffset(offset)
    if (cell.length < HEADER || cell.toString('latin1', 0, 2) !== 'nk') {
      throw new Damage('bad-key', at, 'a key does not begin with nk')
    }
    const length = cell.readUInt16LE(72)
    if (HEADER + length > cell.length) throw new Damage('bad-key', at, `a key's name has ${counted(length, 'byte')}`)
    return new RegistryKey(cells, cell, at, parent, problems)
  }

  /** The names from below the root to this key: `Microsoft\Windows NT`; empty for the root. */
  get path(): string {
    const names: string[] = []
    for (let key: RegistryKey = this; key.parent !== null; key = key.parent) names.push(key.name)
    return names.reverse().join('\\')
  }

  /** `steps` when several enumerations together may list only so many: see Hive.walk. */
  *subkeys(steps: Steps = stepsFor(this.#cells)): Generator<RegistryKey> {
    const list = this.#cell.readUInt32LE(28)
    if (this.subkeyCount === 0 || list === NOWHERE) return
    let listed = 0
    for (const { offset } of listedKeys(this.#cells, list, this.#problems, steps)) {
      listed += 1
      const key = this.#subkeyAt(offset)
      if (key !== undefined) yield key
    }
    if (listed !== this.subkeyCount && steps.left >= 0) {
      this.#problems.add(
        'bad-list',
        this.offset,
        `${counted(this.subkeyCount, 'subkey')} of ${this.name}, ${listed} in its lists`,
      )
    }
  }

  /** A subkey by its name, in any case. */
  subkey(name: string): RegistryKey | undefined {
    const wanted = upperName(name)
    const list = this.#cell.readUInt32LE(28)
    if (this.subkeyCount === 0 || list === NOWHERE) return undefined
    const hash = nameHash(wanted)
    for (const listed of listedKeys(this.#cells, list, this.#problems)) {
      if (listed.hash !== undefined && listed.hash !== hash) continue
      const key = this.#subkeyAt(listed.offset)
      if (key !== undefined && upperName(key.name) === wanted) return key
    }
    for (const key of this.subkeys()) if (upperName(key.name) === wanted) return key // a hash can be damaged, too
    return undefined
  }

  *values(): Generator<RegistryValue> {
    const list = this.#cell.readUInt32LE(40)
    if (this.valueCount === 0 || list === NOWHERE) return
    const seen = new Set<number>()
    for (let done = 0; done < this.valueCount; ) {
      const wanted = Math.min(VALUES_AT_ONCE, this.valueCount - done)
      const part = this.#problems.attempt(() => this.#cells.part(list, done * 4, wanted * 4))
      if (part === undefined) return
      const got = Math.floor(part.length / 4)
      for (let index = 0; index < got; index++) yield* this.#valueAt(part.readUInt32LE(index * 4), seen)
      done += got
      if (got === wanted) continue
      this.#problems.add(
        'bad-list',
        this.offset,
        `${counted(this.valueCount, 'value')} of ${this.name}, ${done} in their list`,
      )
      return
    }
  }

  /** A value by its name, in any case. */
  value(name: string): RegistryValue | undefined {
    const wanted = upperName(name)
    for (const value of this.values()) if (upperName(value.name) === wanted) return value
    return undefined
  }

  /** The key's own security descriptor, self-relative; undefined when there is none that can be read. */
  security(): Buffer | undefined {
    const offset = this.#cell.readUInt32LE(44)
    if (offset === NOWHERE) return undefined
    return this.#problems.attempt(() => {
      const cell = this.#cells.read(offset, SECURITY_HEADER + MAX_SECURITY_BYTES)
      if (cell.length < SECURITY_HEADER || cell.toString('latin1', 0, 2) !== 'sk') {
        throw new Damage('bad-security-descriptor', this.#cells.fileOffset(offset), 'it does not begin with sk')
      }
      return cell.subarray(SECURITY_HEADER, SECURITY_HEADER + cell.readUInt32LE(16))
    })
  }

  *#valueAt(cell: number, seen: Set<number>): Generator<RegistryValue> {
    if (seen.has(cell)) {
      this.#problems.add('loop', this.offset, `the key ${this.name} names the value at ${hex(cell)} twice`)
      return
    }
    seen.add(cell)
    const value = this.#problems.attempt(() => RegistryValue.read(this.#cells, cell, this.#problems))
    if (value !== undefined) yield value
  }

  #subkeyAt(offset: number): RegistryKey | undefined {
    const at = this.#cells.fileOffset(offset)
    for (let key: RegistryKey | null = this; key !== null; key = key.parent) {
      if (key.offset !== at) continue
      this.#problems.add('loop', at, `the key ${key.name} is named as a subkey below itself`)
      return undefined
    }
    if (this.depth >= MAX_KEY_DEPTH) {
      this.#problems.add('too-deep', at, `keys are nested deeper than ${MAX_KEY_DEPTH}`)
      return undefined
    }
    return this.#problems.attempt(() => RegistryKey.read(this.#cells, offset, this, this.#problems))
  }
}
