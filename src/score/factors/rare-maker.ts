import type { Factor } from '../factor.ts'
import { rarityWeight } from '../rarity-weight.ts'

/** Who made the change, with what, and when is a hint, no more: people change places and tools, and what they make counts for itself. */
const most = 1

/** Few hosts of the baseline have seen this person, this program or this hour change tasks. */
export const rareMaker: Factor = {
  id: 'rare-maker',
  weigh({ rarity }) {
    const weight = rarityWeight(rarity?.maker ?? null)
    return weight && weight.bits > 0 ? { ...weight, bits: Math.min(weight.bits, most) } : undefined
  },
}
