import type { Action } from '../../model/definition.ts'
import type { Check } from '../check.ts'

const text = (action: Action): string => {
  switch (action.kind) {
    case 'exec':
      return `${action.command} ${action.arguments ?? ''}`.trim()
    case 'com-handler':
      return `COM handler ${action.classId}${action.data ? ` ${action.data}` : ''}`
    default:
      return action.kind
  }
}

/** Quotes, case and spaces are kept alike by both, but a hand-edited one may differ in them without a difference. */
const comparable = (action: Action): string =>
  text(action).toLowerCase().replaceAll('"', '').replace(/\s+/g, ' ').trim()

/** The service runs what the registry says; whoever looks at the file sees something else. */
export const actionsDiffer: Check = {
  id: 'actions-differ',
  find({ cached, file }) {
    const inFile = file?.definition?.actions
    const inRegistry = cached?.actions
    if (!inFile || !inRegistry || file.problem !== null) return undefined
    if (inFile.map(comparable).join('\n') === inRegistry.map(comparable).join('\n')) return undefined
    return {
      bits: 9,
      says: `The registry runs ${inRegistry.map(text).join(' and ')}, the file says ${inFile.map(text).join(' and ')}.`,
    }
  },
}
