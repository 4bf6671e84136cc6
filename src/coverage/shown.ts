import { type CapabilityId, capabilityIds } from '../model/coverage-report.ts'
import type { Fact } from '../model/fact.ts'

/** What one record shows: a capability, and whether it lacks what that asks for. */
export interface Shown {
  /** The capability's place in the list of all. */
  readonly place: number
  readonly lacks: boolean
}

// Made once: this is asked for every fact.
const whole = (capability: CapabilityId): Shown => ({ place: capabilityIds.indexOf(capability), lacks: false })
const lacking = (capability: CapabilityId): Shown => ({ place: capabilityIds.indexOf(capability), lacks: true })

const process = whole('process-creation')
const [line, noLine] = [whole('command-line'), lacking('command-line')]
const [parent, noParent] = [whole('parent-name'), lacking('parent-name')]
const command = whole('scheduling-command')
const processes: (readonly Shown[])[] = []
for (let which = 0; which < 8; which++) {
  processes.push([process, which & 1 ? line : noLine, which & 2 ? parent : noParent, ...(which & 4 ? [command] : [])])
}

const client = whole('client-process')
const changes = (capability: CapabilityId) => [
  [lacking(capability)],
  [whole(capability)],
  [lacking(capability), client],
  [whole(capability), client],
]
const changed = {
  'task-registered': changes('task-registration'),
  'task-updated': changes('task-modification'),
  'task-deleted': changes('task-deletion'),
  'task-enabled': changes('task-switching'),
  'task-disabled': changes('task-switching'),
} as const

const runStart = [whole('run-start')]
const runAction = [whole('run-action')]
const processEnd = [whole('process-end')]
const session = [whole('logon-session')]
const networkSession = [whole('logon-session'), whole('network-logon')]
const pipe = [whole('pipe-access')]
const com = [whole('com-client')]
const script = [whole('script-block')]
const registry = [whole('registry-write')]
const file = [whole('task-file')]
const nothing: readonly Shown[] = []

/** What a fact proves to be recorded on its host. */
export function shownBy(fact: Fact): readonly Shown[] {
  switch (fact.kind) {
    case 'process-started': {
      const which =
        (fact.commandLine === null ? 0 : 1) | (fact.parentImage === null ? 0 : 2) | (fact.command === null ? 0 : 4)
      return processes[which] ?? nothing
    }
    case 'process-ended':
      return processEnd
    case 'task-registered':
    case 'task-updated':
    case 'task-deleted':
    case 'task-enabled':
    case 'task-disabled': {
      const hasContent = fact.definition !== null || fact.statedAction !== null || fact.kind === 'task-deleted'
      return (
        changed[fact.kind][(hasContent ? 1 : 0) + (fact.clientPid === null && fact.clientGuid === null ? 0 : 2)] ??
        nothing
      )
    }
    case 'task-process-created':
      return runStart
    case 'task-run-started':
    case 'task-action-started':
    case 'task-action-completed':
    case 'task-run-ended':
      return runAction
    case 'logged-on':
      return fact.logonType === 3 ? networkSession : session
    case 'share-accessed':
    case 'pipe-used':
      return pipe
    case 'module-loaded':
      return /taskschd\.dll$/i.test(fact.module) ? com : nothing
    case 'script-ran':
      return script
    case 'registry-changed':
      return fact.area === 'environment' || fact.area === 'class' ? nothing : registry
    case 'file-created':
      return fact.task !== null || /\.job$/i.test(fact.path) ? file : nothing
    default:
      return nothing
  }
}
