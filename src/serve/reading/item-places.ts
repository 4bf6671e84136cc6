import type { ItemProblem } from '../ports.ts'

/** Problems of a post that are listed. */
const mostListed = 1_000
/** Characters of what is said of one: it may name what was sent. */
const longestReason = 300

/** Which item of the protocol holds a place of the post; null: it has no items, or the place is before the first. */
function itemAt(items: Float64Array | null, position: number): number | null {
  if (items === null) return null
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle] as number) <= position) low = middle + 1
    else high = middle
  }
  return low === 0 ? null : low - 1
}

/** Collects what could not be read of a post, by its items. */
export class ItemProblems {
  readonly listed: ItemProblem[] = []
  unlisted = 0
  readonly #items: Float64Array | null

  constructor(items: Float64Array | null) {
    this.#items = items
  }

  /** `position`: where it stands in the post; null: it is of the whole. */
  add(code: ItemProblem['code'], position: number | null, reason: string): void {
    if (this.listed.length >= mostListed) this.unlisted++
    else {
      const item = position === null ? null : itemAt(this.#items, position)
      this.listed.push({ item, code, reason: reason.slice(0, longestReason) })
    }
  }
}
