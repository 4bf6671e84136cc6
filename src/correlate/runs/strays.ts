import { splitProgram } from '../../model/command-line.ts'
import type { HostMemory } from '../memory/host-memory.ts'
import type { RunDraft } from '../nodes.ts'
import { limits } from '../settings.ts'
import { addRun, copyOf, type Era, newEra } from '../tasks/task-state.ts'

// Processes of the scheduler whose task is not known: one thing for each image and generalised arguments.

/** Puts those of before `horizon` with others of their program: nothing can name their task any more. */
export function settleStrays(memory: HostMemory, horizon: number): void {
  const { strays, strayPrograms } = memory
  const open = strays.findIndex((run) => run.start.time >= horizon)
  const settled = strays.splice(0, open < 0 ? strays.length : open)
  memory.unlistedStrays += addStrays(strayPrograms, settled)
}

/** All of them by their program. The memory stays as it is. */
export function strayPrograms(memory: HostMemory): Map<string, Era> {
  const programs = new Map([...memory.strayPrograms].map(([key, era]) => [key, copyOf(era)]))
  addStrays(programs, memory.strays)
  return programs
}

/** How many found no place. */
function addStrays(programs: Map<string, Era>, strays: readonly RunDraft[]): number {
  let unlisted = 0
  const variants = new Map<string, number>()
  for (const { runs } of programs.values()) {
    const image = runs[0]?.members[0]?.node?.image.toLowerCase() ?? ''
    variants.set(image, (variants.get(image) ?? 0) + 1)
  }
  for (const run of strays) {
    const root = run.members[0]?.node
    if (!root) continue // the scheduler's own log named its task later
    const image = root.image.toLowerCase()
    let key = `${image} ${generalised(splitProgram(root.commandLine ?? '').rest)}`
    let era = programs.get(key)
    if (!era && (variants.get(image) ?? 0) >= limits.strayVariants) {
      // However many arguments a program is started with, it leaves others their place.
      key = `${image} …`
      era = programs.get(key)
    }
    if (!era && programs.size < limits.strayPrograms) {
      era = newEra(null)
      programs.set(key, era)
      variants.set(image, (variants.get(image) ?? 0) + 1)
    }
    if (era) addRun(era, run)
    else unlisted++
  }
  return unlisted
}

/** Arguments without what differs from run to run: GUIDs, SIDs and numbers. */
function generalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?/g, '{guid}')
    .replace(/s-1-\d+(?:-\d+)+/g, '{sid}')
    .replace(/\d+/g, '#')
}
