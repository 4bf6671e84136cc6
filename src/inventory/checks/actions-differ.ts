import type { Check } from '../check.ts'
import { actionText, swappedActions } from '../swapped-actions.ts'

/** The service runs what the registry says; whoever looks at the file sees something else. */
export const actionsDiffer: Check = {
  id: 'actions-differ',
  find(sides) {
    const swapped = swappedActions(sides)
    if (swapped === null) return undefined
    const inFile = sides.file?.definition?.actions ?? []
    return {
      id: 'actions-differ',
      says: `The registry runs ${swapped.map(actionText).join(' and ')}, the file says ${inFile.map(actionText).join(' and ')}.`,
    }
  },
}
