import type { CachedTask, FiledTask, ListedTask } from '../model/artifact.ts'
import { imageName } from '../model/command-line.ts'
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

/**
 * The actions that a list of the host's tasks has where it names another program than the file; null where they agree. Tools write quotes
 * and variables in ways of their own and leave handlers out, so that nothing but the names of programs is compared.
 */
export function otherPrograms({
  file,
  listed,
}: {
  file: FiledTask | null
  listed: ListedTask | null
}): readonly Action[] | null {
  const inFile = file?.definition?.actions
  if (!inFile || !listed?.actions || file.problem !== null) return null
  const known = inFile.flatMap((action) =>
    action.kind === 'exec' ? [imageName(action.command).replace(/\.exe$/, '')] : [],
  )
  const isOther = (action: Action): boolean =>
    action.kind === 'exec' && !known.some((name) => actionText(action).toLowerCase().includes(name))
  return known.length > 0 && listed.actions.some(isOther) ? listed.actions : null
}
