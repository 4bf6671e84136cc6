import type { ChildRule } from './tie.ts'

/** The scheduler started it: nothing else does from there. */
export const unknownTask: ChildRule = (_, node, role) =>
  role === 'possible' || role === 'shared'
    ? undefined
    : { kind: 'root', root: node, task: null, tiedBy: 'lineage', showsService: false }
