import { clueOf } from '../changes/clue.ts'
import type { Rule } from './rule.ts'

/** Another host opened the scheduler's pipe just before. */
export const openedPipe: Rule = (change, who) => {
  const pipe = clueOf(change, 'pipe')
  if (!pipe) return undefined
  return {
    route: 'remote-rpc',
    actor: who,
    confidence: 'weak',
    because:
      'Another host had opened the atsvc pipe just before, and no local process is seen to have made the change.',
    evidence: [pipe.evidence],
  }
}
