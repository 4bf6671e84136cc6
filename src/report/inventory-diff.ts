import { differences } from '../model/canonical/index.ts'
import type { Action, TaskDefinition } from '../model/definition.ts'
import { append } from '../model/lists.ts'
import type { inventorySchema } from './inventory-json.ts'
import { hostName, legible } from './legible.ts'
import { wrap } from './wrap.ts'

/** What a comparison needs of an entry that was written earlier. */
export interface KeptEntry {
  readonly schema: typeof inventorySchema
  readonly host: string
  readonly path: string
  readonly definitionHash: string | null
  readonly definition: TaskDefinition | null
  readonly actions: readonly Action[]
  readonly isDeleted: boolean
}

export type InventoryChange =
  | {
      readonly kind: 'added' | 'removed'
      readonly host: string
      readonly path: string
      readonly actions: readonly Action[]
    }
  | { readonly kind: 'changed'; readonly host: string; readonly path: string; readonly differences: readonly string[] }

const keyOf = ({ host, path }: KeptEntry): string => `${host}\n${path.toLowerCase()}`

/** What is different from an older inventory to a newer one, by host and path. A task that was deleted counts as absent. */
export function inventoryDiff(older: readonly KeptEntry[], newer: readonly KeptEntry[]): InventoryChange[] {
  const present = (entries: readonly KeptEntry[]) =>
    new Map(entries.filter((e) => !e.isDeleted).map((e) => [keyOf(e), e]))
  const [before, after] = [present(older), present(newer)]
  const changes: InventoryChange[] = []
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [was, is] = [before.get(key), after.get(key)]
    if (!was && is) changes.push({ kind: 'added', host: is.host, path: is.path, actions: is.actions })
    else if (was && !is) changes.push({ kind: 'removed', host: was.host, path: was.path, actions: was.actions })
    else if (was && is) {
      const differs = differencesOf(was, is)
      if (differs.length > 0) changes.push({ kind: 'changed', host: is.host, path: is.path, differences: differs })
    }
  }
  return changes
}

function differencesOf(was: KeptEntry, is: KeptEntry): readonly string[] {
  if (was.definitionHash !== null && was.definitionHash === is.definitionHash) return []
  if (was.definition && is.definition) return differences(was.definition, is.definition)
  const text = (actions: readonly Action[]) => JSON.stringify(actions)
  return was.actions.length > 0 && is.actions.length > 0 && text(was.actions) !== text(is.actions)
    ? ['the actions differ']
    : []
}

const signs = { added: '+', removed: '-', changed: '~' } as const

export function* inventoryDiffText(changes: readonly InventoryChange[]): Iterable<string> {
  for (const change of changes) {
    const lines = wrap(`${signs[change.kind]} ${hostName(change.host)}  ${legible(change.path)}`, {
      first: '',
      rest: '    ',
    })
    const below =
      change.kind === 'changed'
        ? change.differences
        : change.actions.map((a) => (a.kind === 'exec' ? `${a.command} ${a.arguments ?? ''}` : a.kind))
    for (const line of below) append(lines, wrap(legible(line.trim()), { first: '    ', rest: '      ' }))
    yield `${lines.join('\n')}\n`
  }
  const count = (kind: InventoryChange['kind']) => changes.filter((c) => c.kind === kind).length
  yield `${count('added')} added, ${count('removed')} removed, ${count('changed')} changed\n`
}
