import { createHash } from 'node:crypto'
import { canonicalDefinition, looseDefinition } from '../model/canonical/index.ts'
import type { TaskDefinition } from '../model/definition.ts'

/** 128 bits: no two definitions meet by chance, and the text stays short. */
const digits = 32

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, digits)

/** Asked for again each time that somebody looks at a live host. */
const known = new WeakMap<TaskDefinition, string>()

/** The hash by which definitions are compared; null for one that was not read whole. docs/definitions.md says what goes into it. */
export function definitionHash(definition: TaskDefinition | null, problem: string | null): string | null {
  if (definition === null || problem !== null) return null
  let hash = known.get(definition)
  if (hash === undefined) {
    hash = hashOf(canonicalDefinition(definition))
    known.set(definition, hash)
  }
  return hash
}

/** The same for the looser form, which is one for the same software on a thousand hosts. */
export function looseHash(definition: TaskDefinition | null, problem: string | null): string | null {
  return definition === null || problem !== null ? null : hashOf(looseDefinition(definition))
}
