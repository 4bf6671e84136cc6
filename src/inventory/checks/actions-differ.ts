import type { Action } from '../../model/definition.ts'
import type { Check } from '../check.ts'
import { actionText, otherPrograms, swappedActions } from '../swapped-actions.ts'

/** The service runs what the registry says; whoever looks at the file sees something else. */
export const actionsDiffer: Check = {
  id: 'actions-differ',
  find(sides) {
    const swapped = swappedActions(sides)
    const inFile = sides.file?.definition?.actions ?? []
    const told = (actions: readonly Action[]) => actions.map(actionText).join(' and ')
    if (swapped !== null)
      return { id: 'actions-differ', says: `The registry runs ${told(swapped)}, the file says ${told(inFile)}.` }
    const others = otherPrograms(sides)
    return others === null
      ? undefined
      : { id: 'actions-differ', says: `A list of the host’s tasks has ${told(others)}, the file says ${told(inFile)}.` }
  },
}
