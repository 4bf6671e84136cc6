import type { Confidence } from '../../model/chain.ts'
import { asked } from '../changes/asked.ts'
import type { ChangeDraft } from '../changes/change-draft.ts'
import { type CommandClue, clueOf } from '../changes/clue.ts'
import { hasFailed } from '../changes/commands.ts'
import type { ProcessNode } from '../nodes.ts'
import { recordsOf } from '../processes/actor.ts'
import { describe, type Rule } from './rule.ts'

/** A process's command line asks for the change. */
export const command: Rule = (change, who) => {
  const clue = clueOf(change, 'command')
  if (!clue) return undefined
  const { node } = clue
  // Somebody else made what others show.
  if (hasFailed(node) && change.witness !== 'command') return undefined
  return {
    route: clue.command.tool,
    actor: { ...who, node },
    evidence: recordsOf(node),
    ...howSure(change, clue),
  }
}

const outcomeOf = (node: ProcessNode): string =>
  hasFailed(node)
    ? `it ended with the error 0x${(node.exitCode ?? 0).toString(16)}, so that it was not carried out`
    : 'no other record shows that it was carried out'

function howSure(change: ChangeDraft, { node }: CommandClue): { confidence: Confidence; because: string } {
  if (change.witness === 'command') {
    return {
      confidence: 'certain',
      because: `The command line of ${describe(node)} asks for this change; ${outcomeOf(node)}.`,
    }
  }
  const fit = asked(change)?.compatible
  if (fit === 'no') {
    return {
      confidence: 'weak',
      because: `The command line of ${describe(node)} speaks of this task just before the change, but does not ask for what was registered.`,
    }
  }
  const logonId = clueOf(change, 'caller')?.logonId ?? null
  return {
    confidence: 'strong',
    because: [
      `The command line of ${describe(node)} asks for this change`,
      fit === 'yes' ? ' with just this definition' : '',
      logonId !== null && logonId === node.logonId
        ? ', and the audit event names the same logon session.'
        : ' just before it was made.',
    ].join(''),
  }
}
