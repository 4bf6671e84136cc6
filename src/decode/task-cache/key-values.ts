import type { ProblemList } from '../registry/problem-list.ts'
import type { TreeNode, TreeValue } from '../registry/registry-tree.ts'
import { MAX_BLOB_BYTES, MAX_TASK_CACHE_BYTES, MAX_VALUES_PER_KEY } from './limits.ts'

/** How many bytes of names and values may still be read. */
export interface ByteBudget {
  left: number
}

/** For a hive of so many bytes: a value lies in it once, and what is made of it is some times as long. */
export function taskCacheBudget(hiveBytes: number): ByteBudget {
  return { left: Math.min(MAX_TASK_CACHE_BYTES, 4 * hiveBytes) }
}

const REG_NONE = 0
const REG_BINARY = 3

/** The values of one key by their names, each of the type that it should have. */
export class KeyValues {
  readonly #key: TreeNode
  readonly #values = new Map<string, TreeValue>()
  readonly #asked = new Set<string>()
  readonly #budget: ByteBudget
  readonly #problems: ProblemList

  constructor(key: TreeNode, budget: ByteBudget, problems: ProblemList) {
    this.#key = key
    this.#budget = budget
    this.#problems = problems
    for (const value of key.values()) {
      if (this.#values.size >= MAX_VALUES_PER_KEY || budget.left <= 0) {
        problems.add('too-large', key.offset, `more than ${this.#values.size} values in the key ${key.name}`)
        break
      }
      budget.left -= value.name.length
      this.#values.set(value.name.toLowerCase(), value)
    }
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase())
  }

  /** Null when there is none, or one of another type. */
  text(name: string): string | null {
    const value = this.#take(name)
    if (value === undefined) return null
    const text = value.text()
    if (text === undefined) this.#wrongType(value, 'text')
    return text ?? null
  }

  number(name: string): number | null {
    const value = this.#take(name)
    if (value === undefined) return null
    const number = value.number()
    if (number === undefined) this.#wrongType(value, 'a number')
    return number ?? null
  }

  /** Of another type, too: a tool that writes bytes can call them what it likes. */
  bytes(name: string): Buffer | null {
    const value = this.#take(name)
    if (value === undefined) return null
    if (value.type !== REG_BINARY && value.type !== REG_NONE) this.#wrongType(value, 'binary')
    return value.data()
  }

  /** Names of values that nobody asked for. */
  others(): string[] {
    return [...this.#values].filter(([name]) => !this.#asked.has(name)).map(([, value]) => value.name)
  }

  #take(name: string): TreeValue | undefined {
    const lower = name.toLowerCase()
    this.#asked.add(lower)
    const value = this.#values.get(lower)
    if (value === undefined) return undefined
    if (value.size > MAX_BLOB_BYTES || value.size > this.#budget.left) {
      this.#problems.add('too-large', value.offset, `${name} of ${this.#key.name} has ${value.size} bytes; not read`)
      return undefined
    }
    this.#budget.left -= value.size
    return value
  }

  #wrongType(value: TreeValue, wanted: string): void {
    const type = value.typeName ?? `type ${value.type}`
    this.#problems.add(
      'bad-value',
      value.offset,
      `${value.name} of ${this.#key.name} should be ${wanted}, it is ${type}`,
    )
  }
}
