import { type Factor, quote } from '../factor.ts'
import { isMachineActor } from '../subject.ts'

/** Tasks that keep a host safe or recoverable, by the beginning of their path, lower case. */
const protective = [
  '\\microsoft\\windows\\systemrestore\\',
  '\\microsoft\\windows\\windows defender\\',
  '\\microsoft\\windows\\exploitguard\\',
  '\\microsoft\\windows\\bitlocker\\',
  '\\microsoft\\windows\\windowsbackup\\',
  '\\microsoft\\windows\\windowsupdate\\',
  '\\microsoft\\windows\\updateorchestrator\\',
  '\\microsoft\\windows\\servicing\\',
  '\\microsoft\\windows\\registry\\regidlebackup',
]

/** A task that protects the host was disabled or deleted by somebody other than the service that owns it. */
export const protectiveTask: Factor = {
  id: 'protective-task',
  weigh({ chain }) {
    const change = chain.change
    if (!change || (change.kind !== 'disabled' && change.kind !== 'deleted') || isMachineActor(chain)) return undefined
    const path = (chain.taskPath ?? '').toLowerCase()
    return protective.some((prefix) => path.startsWith(prefix))
      ? {
          bits: 6,
          says: `${quote(chain.taskPath ?? '')} keeps this host safe or recoverable, and it was ${change.kind}.`,
        }
      : undefined
  },
}
