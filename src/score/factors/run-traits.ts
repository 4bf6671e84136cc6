import { evidenceOf } from '../evidence-of.ts'
import { type Factor, quote } from '../factor.ts'
import { launchesOf } from '../launch.ts'
import type { Subject } from '../subject.ts'
import { traits } from '../traits/index.ts'

/** What is as telling of a program's child as of the task's own program. */
const telling = new Set(['unseen-code', 'fetches', 'place-shared', 'place-temporary', 'system-name-elsewhere', 'proxy'])
/** How often ordinary tasks' children show it was not counted. */
const mostAssumed = 3

/** A process that the task's program started shows what the definition does not: it fetches code, or lies in a folder for all. */
export const runTraits: Factor = {
  id: 'offspring-trait',
  weigh(subject) {
    const { descendants } = subject
    if (descendants.length === 0) return undefined
    const lines = [...new Set(descendants.map((p) => p.commandLine ?? p.image ?? ''))].slice(0, 64)
    const below: Subject = { ...subject, launches: lines.flatMap(launchesOf) }
    let best: { bits: number; says: string } | undefined
    for (const trait of traits) {
      if (!telling.has(trait.id) || trait.seen(subject) !== undefined) continue
      const shown = trait.seen(below)
      const bits = Math.min(evidenceOf(trait.id).bits, mostAssumed)
      if (shown === undefined || bits <= (best?.bits ?? 0)) continue
      best = {
        bits,
        says: `What its program started does it: “${quote(shown)}”; attacks’ tasks ${trait.says} more often than ordinary ones.`,
      }
    }
    return best
  },
}
