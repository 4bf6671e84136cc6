import type { Soon } from './source.ts'

/** Items that are asked for at once. */
const partSize = 100

/** A part of a list, and what is said of all of it. */
export interface Part<T> {
  readonly items: readonly T[]
  readonly total: number
  /** Of the item that was asked for by its id; null: it is not in the list. */
  readonly place: number | null
}

export type AskPart<T, P extends Part<T>> = (from: number, count: number, beside?: string) => Soon<P>

/** A list of any length, of which only what is looked at is there. */
export class Paged<T, P extends Part<T>> {
  readonly #ask: AskPart<T, P>
  readonly #changed: () => void
  #parts = new Map<number, readonly T[] | 'asked'>()
  #head: P | null = null
  #round = 0

  constructor(ask: AskPart<T, P>, changed: () => void) {
    this.#ask = ask
    this.#changed = changed
    this.want(0, 1)
  }

  /** What the last answer said; null: none has come yet. */
  get head(): P | null {
    return this.#head
  }

  at(place: number): T | undefined {
    const part = this.#parts.get(Math.floor(place / partSize))
    return part === 'asked' ? undefined : part?.[place % partSize]
  }

  /** Sees to it that these are there soon. */
  want(from: number, to: number): void {
    for (const part of partsOf(from, to))
      if (!this.#parts.has(part)) {
        this.#parts.set(part, 'asked')
        this.#fetch(part)
      }
  }

  #fetch(part: number): void {
    const round = this.#round
    const take = (answer: P) => {
      if (round !== this.#round) return
      this.#parts.set(part, answer.items)
      this.#head = answer
    }
    const answer = this.#ask(part * partSize, partSize)
    if (answer instanceof Promise)
      answer.then(
        (one) => {
          take(one)
          this.#changed()
        },
        () => round === this.#round && this.#parts.delete(part),
      )
    else take(answer)
  }

  /** Asks anew for these. Gives by how many places the item beside the one at `place` has moved, when all of it is there. */
  async refresh(
    from: number,
    to: number,
    beside: { readonly id: string; readonly place: number } | null,
  ): Promise<number> {
    const round = ++this.#round
    const moved = beside ? ((await this.#ask(0, 0, beside.id)).place ?? beside.place) - beside.place : 0
    const parts = new Map<number, readonly T[]>()
    let head: P | null = null
    for (const part of partsOf(Math.max(0, from + moved), Math.max(1, to + moved))) {
      head = await this.#ask(part * partSize, partSize)
      parts.set(part, head.items)
    }
    if (round !== this.#round) return 0
    this.#parts = parts
    this.#head = head
    return moved
  }
}

const partsOf = (from: number, to: number): number[] => {
  const first = Math.floor(Math.max(0, from) / partSize)
  const last = Math.floor(Math.max(from, to - 1) / partSize)
  return Array.from({ length: last - first + 1 }, (_, number) => first + number)
}
