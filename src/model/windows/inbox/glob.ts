/**
 * Whether a text is what a pattern says, in which `*` stands for one or more characters other than those of `never`. Both in one
 * case. It takes at most as many steps as both are long, times each other.
 */
export function matchesGlob(pattern: string, text: string, never: string): boolean {
  if (!pattern.includes('*')) return pattern === text
  let [at, from] = [0, 0]
  let star: { readonly at: number; from: number } | null = null
  for (;;) {
    if (pattern[at] === '*' && text[from] !== undefined && !never.includes(text[from] ?? '')) {
      star = { at, from: from + 1 }
      ;[at, from] = [at + 1, from + 1]
    } else if (at === pattern.length && from === text.length) return true
    else if (pattern[at] === text[from] && pattern[at] !== '*' && at < pattern.length) [at, from] = [at + 1, from + 1]
    else {
      const next = star === null ? undefined : text[star.from]
      if (star === null || next === undefined || never.includes(next)) return false
      star.from++
      ;[at, from] = [star.at + 1, star.from]
    }
  }
}
