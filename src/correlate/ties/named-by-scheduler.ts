import type { Rule } from './tie.ts'

/** The scheduler's log had named the process by its id. */
export const namedByScheduler: Rule = ({ runs }, node) => {
  const launch = runs.launchOf(node)
  return launch && { kind: 'member', run: launch.run, depth: 0, tiedBy: 'pid', showsService: true }
}
