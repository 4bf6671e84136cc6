import type { Work } from './surroundings.ts'

/** Every command's work, loaded when it is wanted. */
export const works = {
  scan: async () => (await import('./work/scan.ts')).scanWork,
  'show-inputs': async () => (await import('./work/show-inputs.ts')).showInputsWork,
  inventory: async () => (await import('./work/inventory.ts')).inventoryWork,
  diff: async () => (await import('./work/diff.ts')).diffWork,
  dump: async () => (await import('./work/dump.ts')).dumpWork,
  demo: async () => (await import('./work/demo.ts')).demoWork,
  learn: async () => (await import('./work/learn.ts')).learnWork,
  'baseline-show': async () => (await import('./work/baseline-show.ts')).baselineShowWork,
  validate: async () => (await import('./work/validate.ts')).validateWork,
  'standard-cases': async () => (await import('./work/standard-cases.ts')).standardCasesWork,
  'lab-make': async () => (await import('./work/lab-make.ts')).labMakeWork,
  'lab-attacks': async () => (await import('./work/lab-attacks.ts')).labAttacksWork,
  'lab-score': async () => (await import('./work/lab-score.ts')).labScoreWork,
} as const

export type WorkName = keyof typeof works

/** What a command's work is called with. */
export type ArgumentsOf<Name extends WorkName> =
  Awaited<ReturnType<(typeof works)[Name]>> extends Work<infer Wanted> ? Wanted : never
