import type { ScriptRan } from '../model/fact.ts'
import { readScriptText } from './commands/index.ts'
import { condition } from './interest.ts'
import { scriptWords } from './script-words.ts'

// biome-ignore lint/plugin: the words are our own
export const speaksOfTasks = condition('ScriptBlockText', ...scriptWords)

/** What a script asks of the Task Scheduler; null when it does not speak of it. */
export function readScript(script: ScriptRan): ScriptRan | null {
  return speaksOfTasks.isIn(script.text) ? { ...script, ...readScriptText(script.text) } : null
}

/** A part of a script that PowerShell logged in several. */
export const isPart = (script: ScriptRan): boolean => script.part > 0 && script.parts > 1

/** Which script a part is of; null where it cannot be joined with others. */
export function scriptOf({ scriptBlockId, parts, part, host }: ScriptRan): string | null {
  return scriptBlockId === null || parts > mostParts || part > parts ? null : `${host} ${scriptBlockId} ${parts}`
}

/** PowerShell cuts a script into parts of some 16 thousand characters; no script is longer than this. */
const mostParts = 2_000
/** What a part takes besides its text, as characters. */
const aroundText = 300

interface Open {
  readonly parts: Map<number, ScriptRan>
  characters: number
}

/**
 * Joins the parts of scripts, in whatever order they come. What it holds is bounded: the script that has waited longest
 * is let go when there are too many.
 */
export class ScriptParts {
  readonly #open = new Map<string, Open>()
  readonly #mostCharacters: number
  readonly #letGo: (part: ScriptRan) => void
  #characters = 0

  /** `letGo` gets the parts of scripts for which there is no more room. 16 million characters are some 50 MB. */
  constructor(letGo: (part: ScriptRan) => void, mostCharacters = 16_000_000) {
    this.#letGo = letGo
    this.#mostCharacters = mostCharacters
  }

  /** The whole script when this was the last of its parts that was missing; it has the record of the part that is last. */
  add(part: ScriptRan): ScriptRan | null {
    const script = scriptOf(part)
    if (script === null) {
      this.#letGo(part)
      return null
    }
    const open = this.#open.get(script) ?? { parts: new Map<number, ScriptRan>(), characters: 0 }
    this.#open.set(script, open)
    if (open.parts.has(part.part)) return null
    open.parts.set(part.part, part)
    const characters = part.text.length + aroundText
    open.characters += characters
    this.#characters += characters
    if (open.parts.size === part.parts) {
      this.#forget(script, open)
      return whole(open.parts)
    }
    while (this.#characters > this.#mostCharacters) this.#letGoOldest()
    return null
  }

  /** Lets go of every script that is not whole. */
  end(): void {
    while (this.#open.size > 0) this.#letGoOldest()
  }

  #letGoOldest(): void {
    for (const [script, open] of this.#open) {
      this.#forget(script, open)
      for (const part of open.parts.values()) this.#letGo(part)
      return
    }
  }

  #forget(script: string, open: Open): void {
    this.#open.delete(script)
    this.#characters -= open.characters
  }
}

function whole(parts: ReadonlyMap<number, ScriptRan>): ScriptRan {
  const inOrder = [...parts.values()].sort((a, b) => a.part - b.part)
  const last = inOrder.reduce((latest, part) => (isAfter(part, latest) ? part : latest))
  return { ...last, part: 0, text: inOrder.map((part) => part.text).join('') }
}

const isAfter = (a: ScriptRan, b: ScriptRan): boolean =>
  (a.time - b.time || a.ticks - b.ticks || a.recordId - b.recordId) > 0
