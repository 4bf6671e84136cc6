/** In how many of how many distinct sources a trait was seen. */
export interface Counts {
  /** Ordinary sources that show it, and ordinary sources in all. */
  readonly ordinary: readonly [seen: number, of: number]
  readonly attack: readonly [seen: number, of: number]
}

/** Below so many sightings a trait is worth at most `cap` bits, whatever the ratio. */
const enough = 10
const cap = 2
/** So many sightings count for half of what the ratio says: with none behind it a ratio says nothing. */
const shrinkage = 1

/**
 * `log2(P(seen | attack) / P(seen | ordinary))` from counts, with half a sighting added on each side, drawn towards nothing where
 * sightings are few.
 */
export function weightOf({ ordinary: [n, ofOrdinary], attack: [m, ofAttacks] }: Counts): number {
  const ratio = Math.log2((m + 0.5) / (ofAttacks + 1) / ((n + 0.5) / (ofOrdinary + 1)))
  const seen = n + m
  const bits = (ratio * seen) / (seen + shrinkage)
  return seen < enough ? Math.max(-cap, Math.min(cap, bits)) : bits
}

/** The 95 % interval of the ratio's logarithm, in bits, by the normal approximation of its error. */
export function intervalOf({ ordinary: [n, ofOrdinary], attack: [m, ofAttacks] }: Counts): readonly [number, number] {
  const ratio = Math.log2((m + 0.5) / (ofAttacks + 1) / ((n + 0.5) / (ofOrdinary + 1)))
  const variance = 1 / (m + 0.5) - 1 / (ofAttacks + 1) + 1 / (n + 0.5) - 1 / (ofOrdinary + 1)
  const half = (1.96 * Math.sqrt(variance)) / Math.LN2
  return [ratio - half, ratio + half]
}

/**
 * What a trait is worth. The form of a source can make a trait look like evidence: most attacks come as schtasks commands, ordinary
 * tasks in all forms. So a weight is never more than among schtasks commands alone, nor does it turn its sign there.
 */
export function heldWeight(all: Counts, ofSchtasks: Counts): number {
  const bits = weightOf(all)
  const seen = ofSchtasks.ordinary[0] + ofSchtasks.attack[0]
  if (seen < enough) return bits
  const within = weightOf(ofSchtasks)
  if (Math.sign(within) !== Math.sign(bits)) return 0
  return Math.abs(within) < Math.abs(bits) ? within : bits
}
