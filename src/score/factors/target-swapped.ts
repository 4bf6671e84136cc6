import type { TaskDefinition } from '../../model/definition.ts'
import { type Factor, quote } from '../factor.ts'
import { comparablePath } from '../location.ts'
import { sighting } from '../sightings.ts'
import { isMachineActor } from '../subject.ts'

/** Hosts in URLs and shares, and addresses; a path's drive or version is none. */
const target = /(?<=\/\/|\\\\)[a-z0-9][a-z0-9.-]{0,252}(?=[\\/:@]|$)|(?<![\d.\w])(?:\d{1,3}\.){3}\d{1,3}(?![\d.\w])/g
/** More targets than any real action has. */
const mostTargets = 64

function targetsOf(definition: TaskDefinition | null): Set<string> {
  const lines = (definition?.actions ?? []).map((action) =>
    action.kind === 'exec' ? comparablePath(`${action.command} ${action.arguments ?? ''}`) : '',
  )
  return new Set(lines.flatMap((line) => line.match(target) ?? []).slice(0, mostTargets))
}

/** A task was changed to speak to another host than before. Windows' and installers' own changes are theirs to make. */
export const targetSwapped: Factor = {
  id: 'target-swapped',
  weigh({ chain }) {
    const { change, definition } = chain
    if (change?.kind !== 'modified' || change.byOwnRun || change.before === null || isMachineActor(chain))
      return undefined
    const before = targetsOf(change.before)
    const fresh = [...targetsOf(definition)].find((each) => !before.has(each))
    if (fresh === undefined) return undefined
    const { bits, seen } = sighting('target-swapped')
    return { bits, says: `Its action names ${quote(fresh)}, which it did not before; ${seen}.` }
  },
}
