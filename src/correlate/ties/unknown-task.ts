import type { ChildRule } from './tie.ts'

/** The scheduler started it: nothing else does from there. */
export const unknownTask: ChildRule = (_, __, role) =>
  role === 'possible' || role === 'shared'
    ? undefined
    : { kind: 'root', task: null, tiedBy: 'lineage', showsService: false }
