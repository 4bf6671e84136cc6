import type { TaskChain } from '../model/chain.ts'
import type { Reconciliation } from '../model/inventory.ts'
import { chainOfKept } from './kept-definitions.ts'

/** Contradictions about one task in the form in which everything is weighed and reported. */
export const reconciliationChain = ({ kind, entry, contradictions, evidence }: Reconciliation): TaskChain =>
  chainOfKept(entry, { kind, anchor: kind, at: entry.registered ?? entry.firstSeen, contradictions, evidence })
