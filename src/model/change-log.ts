import type { TaskDeleted, TaskDisabled, TaskEnabled, TaskRegistered, TaskUpdated } from './fact.ts'
import { isSensor } from './sensor.ts'

export type TaskChangeFact = TaskRegistered | TaskUpdated | TaskDeleted | TaskEnabled | TaskDisabled

/** The log that tells of a task's change: Windows' audit log (Security), the scheduler's own, or a sensor's. */
export type ChangeLog = 'audit' | 'scheduler' | 'sensor'

/** Which log a change comes from, by the event that told of it. */
export const logOf = ({ by }: Pick<TaskChangeFact, 'by'>): ChangeLog =>
  isSensor(by) ? 'sensor' : audited.has(by) ? 'audit' : 'scheduler'

const audited: ReadonlySet<string> = new Set(['4698', '4699', '4700', '4701', '4702'])
