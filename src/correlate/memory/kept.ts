import { refill } from '../../model/lists.ts'

/** What was noted on a host, the oldest first, with what there was no place for. */
export interface Kept<T> {
  readonly items: T[]
  /** How many were left out. */
  leftOut: number
}

export const nothingKept = <T>(): Kept<T> => ({ items: [], leftOut: 0 })

/** How a list that is full makes room. */
export interface Keeping<T> {
  /** How many it holds. */
  readonly most: number
  /** What is alike: however much there is of one kind, it crowds out no other. */
  kindOf(item: T): string
  /** Whether this kind has its place before others. */
  isTelling(item: T): boolean
}

/**
 * Notes an item. Of a full list half stays: of each kind in turn the first, the last, the second and so on, the telling kinds
 * before the others. Where there are more kinds than places, those stay that came first and last.
 */
export function keep<T>(list: Kept<T>, item: T, keeping: Keeping<T>): void {
  const { items } = list
  items.push(item)
  if (items.length <= keeping.most) return
  const stays = new Set<T>()
  const kinds = [...Map.groupBy(items, (one) => keeping.kindOf(one)).values()].map(outsideIn)
  const [telling, others] = [true, false].map((isTelling) =>
    outsideIn(kinds.filter(([one]) => one !== undefined && keeping.isTelling(one) === isTelling)),
  )
  const inOrder = [...(telling ?? []), ...(others ?? [])]
  for (let turn = 0; stays.size < keeping.most / 2; turn++) {
    for (const kind of inOrder) {
      const one = kind[turn]
      if (one !== undefined && stays.size < keeping.most / 2) stays.add(one)
    }
  }
  list.leftOut += items.length - stays.size
  refill(
    items,
    items.filter((one) => stays.has(one)),
  )
}

/** The first, the last, the second, the last but one, … */
function outsideIn<T>(list: readonly T[]): T[] {
  return list.map((_, i) => list[i % 2 === 0 ? i / 2 : list.length - (i + 1) / 2] as T)
}
