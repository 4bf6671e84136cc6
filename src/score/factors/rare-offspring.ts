import type { Factor } from '../factor.ts'
import { rarityWeight } from '../rarity-weight.ts'

/** What the task's program started is seen below few tasks of the baseline's hosts. That others do the same makes nothing ordinary. */
export const rareOffspring: Factor = {
  id: 'rare-offspring',
  weigh({ rarity }) {
    const weight = rarityWeight(rarity?.offspring ?? null)
    return weight && weight.bits > 0 ? weight : undefined
  },
}
