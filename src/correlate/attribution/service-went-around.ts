import { takesOutOfSight, type Written } from '../../model/written.ts'
import { clueOf } from '../changes/clue.ts'
import { recordsOf } from '../processes/actor.ts'
import { describe, type Rule } from './rule.ts'

/** Something other than the service wrote the task's file or registry values. */
export const serviceWentAround: Rule = (change, who) => {
  const writer = clueOf(change, 'writer')
  // The write that says most is told, else the first.
  const told = writer?.written.find(takesOutOfSight) ?? writer?.written[0]
  if (!writer || !told) return undefined
  const { node, pid, image, user } = writer
  return {
    route: change.witness === 'file' ? 'task-file' : 'registry',
    actor: { ...who, user: user ?? who.user, node, stated: { pid, image } },
    confidence: 'certain',
    because: `${describe(writer)} ${deed(told)} itself, which only the Task Scheduler service does.`,
    evidence: recordsOf(node),
  }
}

const deeds = {
  'set-value': 'wrote the registry value',
  'delete-value': 'deleted the registry value',
  'create-key': 'created the registry key',
  'delete-key': 'deleted the registry key',
  rename: 'renamed the registry key or value',
} as const

function deed(written: Written): string {
  if (written.where === 'file') return 'wrote the file of the task'
  const value = written.value === 'sd' ? 'SD' : written.value
  return `${deeds[written.action]}${value === null ? '' : ` ${value}`} of the task`
}
