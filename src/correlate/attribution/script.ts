import { clueOf } from '../changes/clue.ts'
import { recordsOf } from '../processes/actor.ts'
import type { Rule } from './rule.ts'

/** PowerShell's own log shows a script that asks for the change. */
export const script: Rule = (change, who) => {
  const clue = clueOf(change, 'script')
  if (!clue) return undefined
  const { node, pid, sid } = clue
  return {
    route: 'powershell',
    actor: { ...who, sid: who.sid ?? sid, node, stated: { pid, image: null } },
    confidence: change.witness === 'command' ? 'certain' : 'strong',
    because: `A PowerShell script of process ${pid} asks for this change.`,
    evidence: recordsOf(node),
  }
}
