import type { Thing } from '../model/baseline.ts'
import { counted, grouped } from '../model/counted.ts'
import { quote } from './factor.ts'
import type { ThingRarity } from './known.ts'

/** What is said of a thing, before the numbers. */
const sayings: Readonly<Record<Thing['kind'], (key: string) => string>> = {
  program: (key) => `Tasks ran ${key}`,
  command: (key) => `A task was to run “${key}”`,
  task: (key) => `“${key}” was seen`,
  made: (key) => `“${key}” was made`,
  child: (key) => `Below a task “${key}” was seen`,
  maker: (key) => `Tasks were made with ${key}`,
  user: (key) => `Tasks were made by ${key}`,
  hour: (key) => `Tasks were made by ${key}`,
}

/** Less is no reason. */
const least = 0.3

/** The weight of a rarity, with the numbers behind it; undefined where it says next to nothing. */
export function rarityWeight(rarity: ThingRarity | null): { readonly bits: number; readonly says: string } | undefined {
  if (rarity === null || Math.abs(rarity.bits) < least) return undefined
  const { thing, others, hosts, days, role, bits, isCapped } = rarity
  const one = role === null || role === 'unknown' ? 'host' : role.replace('-', ' ')
  const little = isCapped ? `; the baseline is of ${counted(hosts, one)}, ${counted(days, 'day')}` : ''
  return {
    bits,
    says: `${sayings[thing.kind](quote(thing.key))} on ${grouped(others)} of ${counted(hosts, `other ${one}`)} in ${counted(days, 'day')}${little}.`,
  }
}
