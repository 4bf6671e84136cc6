import { type Compatibility, compatibility } from '../../model/canonical/index.ts'
import type { Contradiction } from '../../model/chain.ts'
import type { ChangeDraft } from './change-draft.ts'
import { askedFor } from './clue.ts'

/** Whether the definition that was registered can be what the command asked for; null where one of them is not known. */
export function asked(change: ChangeDraft, command = askedFor(change)): Compatibility | null {
  const { definition } = change
  return command?.definition && definition ? compatibility(command.definition, definition) : null
}

export function askedOtherwise(change: ChangeDraft): Contradiction[] {
  const found = asked(change)
  if (found?.compatible !== 'no') return []
  const says = `The command that goes with this change does not ask for what was registered: ${found.reasons.join('; ')}.`
  return [{ id: 'asked-otherwise', says }]
}
