// What `push(...items)` and `splice(0, n, ...items)` do, for lists as long as the input says: arguments lie on the stack.

export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item)
}

/** Puts these items in the place of all that the list had. They may have been made from it, but are not the list itself. */
export function refill<T>(list: T[], items: readonly T[]): void {
  list.length = 0
  append(list, items)
}
