/** Shards that are weighed together at most: one that administers thousands is tied to all of them, and each to it. */
const mostTied = 16

/** Which shards' stories tell of changes that were commanded on others. */
export class Ties {
  readonly #targets: Map<string, readonly string[]>
  readonly #sources = new Map<string, Set<string>>()
  /** Those that changed since they were written. */
  readonly #changed = new Set<string>()

  constructor(written: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.#targets = new Map(written)
    for (const [shard, targets] of written) for (const target of targets) this.#sourcesOf(target).add(shard)
  }

  #sourcesOf(target: string): Set<string> {
    let sources = this.#sources.get(target)
    if (!sources) {
      sources = new Set()
      this.#sources.set(target, sources)
    }
    return sources
  }

  /** What a shard's stories name now. Gives those that they named before and name no more. */
  put(shard: string, targets: readonly string[]): string[] {
    const before = this.#targets.get(shard) ?? []
    if (before.length === targets.length && before.every((one, i) => one === targets[i])) return []
    for (const one of before) this.#sourcesOf(one).delete(shard)
    for (const one of targets) this.#sourcesOf(one).add(shard)
    if (targets.length > 0) this.#targets.set(shard, targets)
    else this.#targets.delete(shard)
    this.#changed.add(shard)
    return before.filter((one) => !targets.includes(one))
  }

  /** A shard and those that it is tied to, also by others, the nearest if they are too many; in order. */
  groupOf(shard: string, isKnown: (shard: string) => boolean): { readonly group: string[]; readonly isWhole: boolean } {
    const group = new Set([shard])
    let isWhole = true
    for (const one of group) {
      const next = new Set([...(this.#targets.get(one) ?? []), ...(this.#sources.get(one) ?? [])])
      for (const other of [...next].sort()) {
        if (group.has(other) || !isKnown(other)) continue
        if (group.size >= mostTied) isWhole = false
        else group.add(other)
      }
    }
    return { group: [...group].sort(), isWhole }
  }

  /** What is to be written: each shard that changed, with what it names now. */
  *changed(): Generator<readonly [shard: string, targets: readonly string[]]> {
    for (const shard of this.#changed) yield [shard, this.#targets.get(shard) ?? []]
  }

  written(): void {
    this.#changed.clear()
  }
}
