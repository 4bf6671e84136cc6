import type { Problem } from '../../model/problem.ts'
import { Damage, type DamageCode } from './damage.ts'
import { MAX_PROBLEMS_PER_HIVE } from './limits.ts'

/**
 * Collects a file's problems: each once, the first ones and the first of each kind one by one, the rest as a number.
 */
export class ProblemList {
  readonly #file: string
  readonly #list: Problem[] = []
  readonly #known = new Set<string>()
  readonly #kinds = new Set<DamageCode>()
  #more = 0

  constructor(file: string) {
    this.#file = file
  }

  /** `file` when the problem is in another file than the list's: a transaction log. */
  add(code: DamageCode, offset: number | null, reason: string, file: string = this.#file): void {
    const key = `${code} ${offset} ${file}`
    if (this.#known.has(key)) return
    if (this.#list.length >= MAX_PROBLEMS_PER_HIVE && this.#kinds.has(code)) {
      this.#more += 1
      return
    }
    this.#known.add(key)
    this.#kinds.add(code)
    this.#list.push({ file, offset, chunk: null, code, reason })
  }

  /** Runs `read`; what is damaged becomes a problem and `undefined`. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Damage)) throw error
      this.add(error.code, error.at, error.message)
      return undefined
    }
  }

  /** What was met up to now. */
  all(): Problem[] {
    const last: Problem = {
      file: this.#file,
      offset: null,
      chunk: null,
      code: 'more-problems',
      reason: `${this.#more} more problems in this hive`,
    }
    return this.#more > 0 ? [...this.#list, last] : [...this.#list]
  }
}
