import type { Fact, ScriptRan } from '../model/fact.ts'
import { isPart, readScript, ScriptParts, scriptOf } from '../normalize/index.ts'

/** Scripts that are remembered; beyond, their parts are read one by one. */
const mostScripts = 100_000

/** What is known of the scripts that came in parts, once everything has been read. */
export interface SeenScripts {
  /** Scripts that were whole within one unit, and speak of tasks. */
  readonly whole: Set<string>
  /** The parts of all others. */
  readonly parts: Map<string, Set<number>>
}

export const noScripts = (): SeenScripts => ({ whole: new Set(), parts: new Map() })

/** Takes what another worker saw. */
export function addScripts(to: SeenScripts, from: SeenScripts): void {
  for (const script of from.whole) to.whole.add(script)
  for (const [script, parts] of from.parts) for (const part of parts) notePart(to, script, part)
}

function notePart({ parts }: SeenScripts, script: string, part: number): void {
  const known = parts.get(script)
  if (known) known.add(part)
  else if (parts.size < mostScripts) parts.set(script, new Set([part]))
}

/** Takes up what a fact shows of scripts: a part that no unit could join, or a script that was whole within one. */
export function noteScript(seen: SeenScripts, fact: ScriptRan): void {
  const script = scriptOf(fact)
  if (script === null) return
  if (isPart(fact)) notePart(seen, script, fact.part)
  else if (fact.parts > 1 && seen.whole.size < mostScripts) seen.whole.add(script)
}

/**
 * Joins the parts of scripts within one unit. What is not whole there goes on as parts, of which another unit may have the
 * rest; `end` says that the unit is read.
 */
export function joinInUnit(seen: SeenScripts, give: (fact: Fact) => void): { add(part: ScriptRan): void; end(): void } {
  const parts = new ScriptParts((part) => {
    const script = scriptOf(part)
    if (script !== null) notePart(seen, script, part.part)
    give(part)
  })
  return {
    add(part) {
      const whole = parts.add(part)
      const read = whole && readScript(whole)
      if (!read) return
      const script = scriptOf(part)
      if (script !== null && seen.whole.size < mostScripts) seen.whole.add(script)
      give(read)
    },
    end: () => parts.end(),
  }
}

/**
 * Joins what several units had parts of, in the ordered stream of facts. It is known which scripts are there whole, so a part
 * waits for the others only when they come, and is read by itself only when they do not.
 */
export class ScriptsInOrder {
  readonly #seen: SeenScripts
  readonly #waiting = new ScriptParts(() => {})

  constructor(seen: SeenScripts) {
    this.#seen = seen
  }

  /** The fact to go on with; null for a part that waits, or says nothing. */
  next(fact: Fact): Fact | null {
    if (fact.kind !== 'script-ran' || !isPart(fact)) return fact
    const script = scriptOf(fact)
    if (script !== null) {
      if (this.#seen.whole.has(script)) return null
      if (this.#seen.parts.get(script)?.size === fact.parts) {
        const whole = this.#waiting.add(fact)
        return whole && readScript(whole)
      }
    }
    return readScript(fact)
  }
}
