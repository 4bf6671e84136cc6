import { createHash } from 'node:crypto'
import type { Chain } from '../../model/chain.ts'
import { compareInstants, type Instant } from '../../model/time.ts'

/** Stands for the rules by which ids are made: another schema, other ids. */
const schema = 'tasktrail.finding/1'

/**
 * The id of a case. It hangs on the host's shard label, the task and the anchor (the kind and time of the best witness of the
 * change, or what else makes it one thing), so that more runs or more evidence never change it.
 */
export function caseId(host: string, task: string | null, anchor: string, at: Instant | null): string {
  const parts = [schema, host, task ?? '', anchor, at === null ? '' : `${at.time}.${at.ticks}`]
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)
}

/** By time, and then id. */
export const compareChains = (a: Chain, b: Chain): number =>
  compareInstants(a.at, b.at) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
