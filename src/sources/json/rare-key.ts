const quote = 0x22
const dot = 0x2e
const backslash = 0x5c

/** Where a key stands that is rarely asked for; no part of a text is searched twice. */
export class RareKey {
  readonly #key: string
  #text = ''
  #next = -1

  constructor(key: string) {
    this.#key = key
  }

  begin(text: string): void {
    this.#text = text
    this.#next = -1
  }

  /** The end of the first that is a whole name between these places; -1 when there is none. */
  end(from: number, to: number): number {
    if (this.#next < from) this.#next = this.#find(from)
    return this.#next < to ? this.#next + this.#key.length : -1
  }

  #find(from: number): number {
    const text = this.#text
    for (let at = text.indexOf(this.#key, from); at !== -1; at = text.indexOf(this.#key, at + 1)) {
      const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at + this.#key.length)]
      if ((before === quote || before === dot) && (after === quote || after === backslash)) return at
    }
    return Number.POSITIVE_INFINITY
  }
}
