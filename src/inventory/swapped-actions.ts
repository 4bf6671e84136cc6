import type { CachedTask, FiledTask } from '../model/artifact.ts'
import type { Action } from '../model/definition.ts'

export const actionText = (action: Action): string => {
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
  actionText(action).toLowerCase().replaceAll('"', '').replace(/\s+/g, ' ').trim()

/** What the registry has instead of the file's actions; null where they agree, or where one was not collected or not read whole. */
export function swappedActions({
  cached,
  file,
}: {
  cached: CachedTask | null
  file: FiledTask | null
}): readonly Action[] | null {
  const inFile = file?.definition?.actions
  const inRegistry = cached?.actions
  if (!inFile || !inRegistry || file.problem !== null) return null
  return inFile.map(comparable).join('\n') === inRegistry.map(comparable).join('\n') ? null : inRegistry
}
