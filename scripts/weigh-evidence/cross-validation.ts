import { crc32 } from 'node:zlib'
import { type Observed, totalOf, weightsOf } from './observations.ts'

const folds = 10

/** Every definition's total under weights of which neither its source nor its own command's twins were part. */
export function crossValidated(observed: readonly Observed[]): number[] {
  const group = groupsOf(observed)
  const foldOf = (k: number): number => crc32(observed[group[k] ?? k]?.item.id ?? '') % folds
  const totals = observed.map(() => 0)
  for (let fold = 0; fold < folds; fold++) {
    const weights = weightsOf(observed.filter((_, k) => foldOf(k) !== fold))
    observed.forEach((each, k) => {
      if (foldOf(k) === fold) totals[k] = totalOf(each, weights)
    })
  }
  return totals
}

/** Definitions of one source, and those that start the same command but for numbers, belong together. */
function groupsOf(observed: readonly Observed[]): number[] {
  const parent = observed.map((_, k) => k)
  const find = (k: number): number => {
    let root = k
    while (parent[root] !== root) root = parent[root] ?? root
    return root
  }
  const first = new Map<string, number>()
  observed.forEach(({ item }, k) => {
    const command = `${item.command ?? ''} ${item.arguments ?? ''}`
      .toLowerCase()
      .replace(/\d+/g, '0')
      .replaceAll('"', '')
      .trim()
    for (const key of [`source ${item.source}`, `command ${command}`]) {
      const other = first.get(key)
      if (other === undefined) first.set(key, k)
      else parent[find(k)] = find(other)
    }
  })
  return observed.map((_, k) => find(k))
}
