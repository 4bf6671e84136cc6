// What `push(...items)` and `splice(0, n, ...items)` do, for lists as long as the input says: arguments lie on the stack.

export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item)
}

/** Puts these items in the place of all that the list had. They may have been made from it, but are not the list itself. */
export function refill<T>(list: T[], items: readonly T[]): void {
  list.length = 0
  append(list, items)
}

/** The item at a place that the list is known to have; throws where it has not. */
export function itemAt<T>(list: readonly T[], place: number): T {
  const item = list[place]
  if (item === undefined) throw new RangeError(`a list of ${list.length} has nothing at place ${place}`)
  return item
}
