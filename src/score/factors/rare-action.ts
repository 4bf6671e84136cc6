import type { Factor } from '../factor.ts'
import { rarityWeight } from '../rarity-weight.ts'

/** Below this many hosts rarity says nothing. */
const enoughHosts = 4

/** Few hosts have a task with these actions, or a program that a task runs: of the baseline's hosts, else of the input's. */
export const rareAction: Factor = {
  id: 'rare-action',
  weigh({ chain, actions, prevalence: { hosts, hostsWithAction }, rarity }) {
    if (rarity !== null) return rarityWeight(rarity.action)
    if (actions.length === 0 || !chain.change || hosts < enoughHosts) return undefined
    const bits = Math.min(Math.log2(hosts / hostsWithAction), 5) - 1
    if (bits >= 0.5)
      return {
        bits,
        says: `${hostsWithAction} of ${hosts} hosts ${hostsWithAction === 1 ? 'has' : 'have'} a task with this action.`,
      }
    return hostsWithAction * 2 >= hosts
      ? { bits: -2, says: `${hostsWithAction} of ${hosts} hosts have a task with this action.` }
      : undefined
  },
}
