import { codeTraits } from './code.ts'
import { disguiseTraits } from './disguise.ts'
import { meansTraits } from './means.ts'
import { ordinaryPlaceTraits, placeTraits } from './place.ts'
import { habitTraits, scheduleTraits } from './schedule.ts'
import type { Trait } from './trait.ts'

export { groups, type Trait, type TraitGroup } from './trait.ts'

/** Everything about a definition and its command lines that is held against real ones. */
export const traits: readonly Trait[] = [
  ...placeTraits,
  ...disguiseTraits,
  ...codeTraits,
  ...meansTraits,
  ...scheduleTraits,
  ...ordinaryPlaceTraits,
  ...habitTraits,
]
