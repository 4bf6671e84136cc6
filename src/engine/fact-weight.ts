import type { TaskDefinition } from '../model/definition.ts'
import type { Fact } from '../model/fact.ts'

/** Characters that a fact takes besides its texts, roughly. */
const plainFact = 500
/** The same of one trigger or action of a definition. */
const part = 300

/** How much memory a fact takes, in characters: most are alike, but what a command line, a script or a definition holds is the input's. */
export function weightOf(fact: Fact): number {
  switch (fact.kind) {
    case 'process-started':
      return plainFact + lengthOf(fact.commandLine) + lengthOf(fact.parentCommandLine) + lengthOf(fact.image)
    case 'script-ran':
      return plainFact + fact.text.length
    case 'registry-changed':
      return plainFact + lengthOf(fact.details) + fact.target.length
    case 'task-registered':
    case 'task-updated':
    case 'task-enabled':
    case 'task-disabled':
    case 'task-deleted':
      return (
        plainFact + lengthOf(fact.statedAction) + (fact.definition === null ? 0 : weightOfDefinition(fact.definition))
      )
    case 'task-action-started':
    case 'task-action-completed':
    case 'task-process-created':
      return plainFact + fact.action.length
    default:
      return plainFact
  }
}

function weightOfDefinition({ registrationInfo, triggers, actions, data }: TaskDefinition): number {
  let weight = 2_000 + lengthOf(registrationInfo.description) + lengthOf(data) + part * triggers.length
  for (const action of actions) {
    weight += part
    if (action.kind === 'exec') weight += action.command.length + lengthOf(action.arguments)
    else if (action.kind === 'com-handler') weight += lengthOf(action.data)
    else weight += lengthOf(action.body)
  }
  return weight
}

const lengthOf = (text: string | null): number => text?.length ?? 0
