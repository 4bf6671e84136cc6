import type { Subject } from '../subject.ts'

/**
 * Something that a definition, or the command line of what it started, either shows or does not. What it is worth stands in the
 * table of evidence, counted over real definitions.
 */
export interface Trait {
  readonly id: string
  /** Traits of one group say nearly the same: of those that are seen only the heaviest counts. */
  readonly group: TraitGroup
  /** How the sentence about the counts ends: "3 of 217 ordinary tasks and 30 of 106 attacks …". */
  readonly says: string
  /** The piece of text that shows it; undefined when it does not apply. */
  seen(subject: Subject): string | undefined
}

/** What a trait speaks of. `habit`: what ordinary tasks show; all that the task's author may choose, so that it never says much. */
export const groups = ['place', 'disguise', 'name', 'code', 'intent', 'means', 'schedule', 'account', 'habit'] as const
export type TraitGroup = (typeof groups)[number]
