import { imageName, splitProgram } from '../../model/command-line.ts'
import { counted } from '../../model/counted.ts'
import type { TaskDefinition } from '../../model/definition.ts'
import { type Factor, quote } from '../factor.ts'
import { comparablePath } from '../location.ts'
import { sighting } from '../sightings.ts'
import { isMachineActor } from '../subject.ts'

function programsOf(definition: TaskDefinition | null): string[] {
  return (definition?.actions ?? []).flatMap((action) => {
    if (action.kind === 'exec')
      return [imageName(splitProgram(comparablePath(action.command)).program).replace(/\.exe$/, '')]
    return action.kind === 'com-handler' ? [action.classId.toLowerCase()] : []
  })
}

/**
 * A task was made to start another program than the one that it stood for, or that its runs on this host had started until then. A new
 * version of the same program is none; Windows' and installers' own changes are theirs to make.
 */
export const actionSwapped: Factor = {
  id: 'action-swapped',
  weigh({ chain, past, launches }) {
    const { change } = chain
    if (change?.kind !== 'modified' || change.byOwnRun || isMachineActor(chain)) return undefined
    const { bits, seen } = sighting('action-swapped')
    const before = programsOf(change.before)
    const now = programsOf(chain.definition)
    const other = before.length > 0 ? now.find((name) => !before.includes(name)) : undefined
    if (other !== undefined)
      return { bits, says: `It started ${quote(before.join(', '))} before and starts ${quote(other)} now; ${seen}.` }
    if (before.length > 0 || past.runs === 0) return undefined
    const fresh = launches.find(({ name }) => !past.programs.has(name))
    if (fresh === undefined || launches.some(({ name }) => past.programs.has(name))) return undefined
    return {
      bits,
      says: `${counted(past.runs, 'earlier run')} never started ${quote(fresh.name)}, which it starts now; ${seen}.`,
    }
  },
}
