import { imageName, splitProgram } from '../../model/command-line.ts'
import type { RegistryChanged } from '../../model/fact.ts'
import { machineVariables, withMachineFolders } from '../../model/windows/folders.ts'
import type { Noted } from '../memory/host-memory.ts'
import type { ProcessNode } from '../nodes.ts'
import { limits } from '../settings.ts'

/**
 * Whether the scheduler started what a user's variable said. A command line that begins with its value was led by it, however long ago
 * it was set; one that has it elsewhere, or the bare program where no log shows command lines, only soon after.
 */
export function isLedBy(node: ProcessNode, { time, details, value: variable }: RegistryChanged): boolean {
  const value = (details ?? '').toLowerCase().trim()
  const wait = node.start.time - time
  if (value.length <= 3 || wait < 0 || isOrdinary(variable, value)) return false
  if (node.commandLine === null) {
    const program = imageName(splitProgram(value).program)
    return wait <= limits.beside && [program, `${program}.exe`].includes(imageName(node.image))
  }
  const carried = node.commandLine.toLowerCase().indexOf(value)
  return carried === 0 || (carried > 0 && wait <= limits.beside)
}

/** What the variable stands for anyway. */
const isOrdinary = (variable: string | null, value: string): boolean =>
  machineVariables.get(variable ?? '') === withMachineFolders(value).replace(/\\$/, '')

/** What may have been in force at a moment, the newest first. */
export function setBefore(items: readonly Noted<RegistryChanged>[], time: number): Noted<RegistryChanged>[] {
  const before: Noted<RegistryChanged>[] = []
  const ofVariable = new Map<string, number>()
  for (let place = items.length - 1; place >= 0 && before.length < limits.environmentOfRun; place--) {
    const noted = items[place]
    if (!noted || noted.fact.time > time) continue
    const count = ofVariable.get(noted.fact.target) ?? 0
    ofVariable.set(noted.fact.target, count + 1)
    if (count < limits.environmentOfVariable) before.push(noted)
  }
  return before
}
