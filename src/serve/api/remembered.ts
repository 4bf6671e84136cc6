/** Something that takes long to find out, found out at most so often. */
export class Remembered<T> {
  readonly #find: () => T
  readonly #now: () => number
  readonly #every: number
  #value: { readonly found: T; readonly at: number } | null = null

  /** `every`: milliseconds. */
  constructor(find: () => T, every: number, now: () => number) {
    this.#find = find
    this.#every = every
    this.#now = now
  }

  get value(): T {
    const now = this.#now()
    if (this.#value === null || now - this.#value.at >= this.#every || now < this.#value.at)
      this.#value = { found: this.#find(), at: now }
    return this.#value.found
  }
}
