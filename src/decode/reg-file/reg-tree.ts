import { upperName } from '../registry/key-name.ts'
import type { ProblemList } from '../registry/problem-list.ts'
import type { RegistryTree, TreeNode, TreeValue } from '../registry/registry-tree.ts'
import { valueTypes } from '../registry/registry-value.ts'

/** A value as an export writes it. */
export class RegValue implements TreeValue {
  readonly name: string
  readonly type: number
  readonly offset: number
  readonly #data: Buffer

  constructor(name: string, type: number, offset: number, data: Buffer) {
    this.name = name
    this.type = type
    this.offset = offset
    this.#data = data
  }

  get size(): number {
    return this.#data.length
  }

  get typeName() {
    return valueTypes[this.type]
  }

  data(): Buffer {
    return this.#data
  }

  text(): string | undefined {
    if (this.type !== 1 && this.type !== 2 && this.type !== 6) return undefined
    const text = this.#data.toString('utf16le', 0, this.#data.length & ~1)
    const end = text.indexOf('\0')
    return end < 0 ? text : text.slice(0, end)
  }

  number(): number | undefined {
    return this.type === 4 && this.#data.length >= 4 ? this.#data.readUInt32LE(0) : undefined
  }
}

/** A key of an export. */
export class RegKey implements TreeNode {
  readonly name: string
  readonly parent: RegKey | null
  readonly offset: number
  readonly lastWritten = null
  /** Whether it has a line of its own, and not only keys below it. */
  isWritten = false
  readonly #subkeys = new Map<string, RegKey>()
  readonly #values = new Map<string, RegValue>()

  constructor(name: string, parent: RegKey | null, offset: number) {
    this.name = name
    this.parent = parent
    this.offset = offset
  }

  subkey(name: string): RegKey | undefined {
    return this.#subkeys.get(upperName(name))
  }

  subkeys(): Iterable<RegKey> {
    return this.#subkeys.values()
  }

  values(): Iterable<RegValue> {
    return this.#values.values()
  }

  /** The subkey of this name, made where there is none. */
  grown(name: string, offset: number): RegKey {
    const known = this.subkey(name)
    if (known) return known
    const key = new RegKey(name, this, offset)
    this.#subkeys.set(upperName(name), key)
    return key
  }

  /** What is written twice holds as it was written last, as it does when it is imported. */
  put(value: RegValue): void {
    this.#values.set(upperName(value.name), value)
  }
}

/** What was exported of a hive, below the hive's own root. */
export class RegTree implements RegistryTree<RegKey> {
  readonly root: RegKey
  readonly problems: ProblemList
  readonly size: number

  constructor(root: RegKey, problems: ProblemList, size: number) {
    this.root = root
    this.problems = problems
    this.size = size
  }

  key(path: string): RegKey | undefined {
    let key: RegKey | undefined = this.root
    for (const name of path.split('\\')) if (name !== '') key = key?.subkey(name)
    return key
  }

  *walk(from: RegKey, most: number): Generator<RegKey> {
    const open = [from]
    for (let left = most; left >= 0; left--) {
      const key = open.pop()
      if (key === undefined) return
      yield key
      for (const below of [...key.subkeys()].reverse()) open.push(below)
    }
    this.problems.add('too-large', from.offset, `more than ${most} keys below ${from.name}`)
  }
}
