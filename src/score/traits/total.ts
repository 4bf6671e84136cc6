import type { TraitGroup } from './trait.ts'

export interface WeighedTrait {
  readonly group: TraitGroup
  readonly bits: number
}

/** How far traits count beside everything else. */
export interface TraitLimits {
  /** All that the author of a task chooses can make it look ordinary by so many bits and no more. */
  readonly habits: number
  /** Groups of which what ran has told already, and more. */
  readonly told: readonly TraitGroup[]
}

export const traitLimits: TraitLimits = { habits: 2, told: [] }

/** What counts of the traits that are seen: of each group the heaviest, and of what looks ordinary no more than the limit. */
export function counted<T extends WeighedTrait>(seen: readonly T[], { habits: most, told } = traitLimits): T[] {
  const heaviest = new Map<TraitGroup, T>()
  const habits: T[] = []
  let left = most
  for (const trait of [...seen].sort((a, b) => a.bits - b.bits)) {
    if (told.includes(trait.group)) continue
    if (trait.bits > 0) heaviest.set(trait.group, trait)
    else if (trait.bits < 0 && left > 0) {
      const bits = Math.max(trait.bits, -left)
      left += bits
      habits.push({ ...trait, bits })
    }
  }
  return [...heaviest.values(), ...habits]
}

export const totalOfTraits = (seen: readonly WeighedTrait[], limits = traitLimits): number =>
  counted(seen, limits).reduce((sum, { bits }) => sum + bits, 0)
