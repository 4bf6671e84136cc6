import type { CapabilityId, Grade } from '../model/coverage-report.ts'

/**
 * How much of the way from a change to what ran can be seen. `works`: whether a capability does. A task's definition, or the process
 * id that the scheduler names, ties a run to its processes; a process alone that nothing ties is a run without a link.
 */
export function gradeOf(works: (capability: CapabilityId) => boolean): Grade {
  const change = works('task-registration') || works('task-modification')
  const processes = works('process-creation')
  const run = works('run-start') || works('run-action') || processes
  const link = processes && (works('run-start') || works('command-line'))
  if (change && run) return link ? 'full-chain' : 'unlinked'
  if (change) return 'change-only'
  return run ? 'run-only' : 'blind'
}
