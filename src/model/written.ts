import type { RegistryChanged } from './fact.ts'

/** What was written in the place of the Task Scheduler service: the task's file, or its registry (the value in lower case; null for a key). */
export type Written =
  | { readonly where: 'file' }
  | { readonly where: 'registry'; readonly action: RegistryChanged['action']; readonly value: string | null }

/** Whether it can take the task out of sight: without `SD`, or with an `Index` of 0, no tool shows it and the service still runs it. */
export const takesOutOfSight = (written: Written): boolean =>
  written.where === 'registry' && (written.value === 'sd' || written.value === 'index')
