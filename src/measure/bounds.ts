import { ratio, type Score, type Share } from './score.ts'

/** What must at least be reached, from 0 to 1. */
export type Bounds = Readonly<Partial<Record<BoundName, number>>>
export const boundNames = ['recall', 'precision', 'route', 'user', 'process'] as const
export type BoundName = (typeof boundNames)[number]

export interface BoundResult {
  readonly name: BoundName
  readonly bound: number
  readonly share: Share
  readonly isReached: boolean
}

/** Where there was nothing to be right about, a bound is reached. */
export function holdAgainst(score: Score, bounds: Bounds): BoundResult[] {
  return boundNames.flatMap((name) => {
    const bound = bounds[name]
    if (bound === undefined) return []
    const share = score[name]
    return [{ name, bound, share, isReached: (ratio(share) ?? 1) >= bound }]
  })
}
