import type { Work } from './surroundings.ts'

/** Every command's work, loaded when it is wanted. */
export const works = {
  scan: async () => (await import('./works/scan.ts')).scanWork,
  explain: async () => (await import('./works/explain.ts')).explainWork,
  'show-inputs': async () => (await import('./works/show-inputs.ts')).showInputsWork,
  inventory: async () => (await import('./works/inventory.ts')).inventoryWork,
  'coverage-compare': async () => (await import('./works/coverage-compare.ts')).coverageCompareWork,
  collector: async () => (await import('./works/collector.ts')).collectorWork,
  mend: async () => (await import('./works/mend.ts')).mendWork,
  coverage: async () => (await import('./works/coverage.ts')).coverageWork,
  diff: async () => (await import('./works/diff.ts')).diffWork,
  dump: async () => (await import('./works/dump.ts')).dumpWork,
  demo: async () => (await import('./works/demo.ts')).demoWork,
  learn: async () => (await import('./works/learn.ts')).learnWork,
  'baseline-show': async () => (await import('./works/baseline-show.ts')).baselineShowWork,
  sweep: async () => (await import('./works/sweep.ts')).sweepWork,
  export: async () => (await import('./works/export.ts')).exportWork,
  attack: async () => (await import('./works/attack.ts')).attackWork,
  scope: async () => (await import('./works/scope.ts')).scopeWork,
  validate: async () => (await import('./works/validate.ts')).validateWork,
  attest: async () => (await import('./works/attest.ts')).attestWork,
  'standard-cases': async () => (await import('./works/standard-cases.ts')).standardCasesWork,
  serve: async () => (await import('./works/serve.ts')).serveWork,
  'alerts-list': async () => (await import('./works/alerts.ts')).alertsListWork,
  'alerts-resend': async () => (await import('./works/alerts.ts')).alertsResendWork,
  'token-add': async () => (await import('./works/token.ts')).tokenAddWork,
  'token-list': async () => (await import('./works/token.ts')).tokenListWork,
  'token-remove': async () => (await import('./works/token.ts')).tokenRemoveWork,
  backup: async () => (await import('./works/backup.ts')).backupWork,
  'lab-make': async () => (await import('./works/lab-make.ts')).labMakeWork,
  'lab-attacks': async () => (await import('./works/lab-attacks.ts')).labAttacksWork,
  'lab-score': async () => (await import('./works/lab-score.ts')).labScoreWork,
} as const

export type WorkName = keyof typeof works

/** What a command's work is called with. */
export type ArgumentsOf<Name extends WorkName> =
  Awaited<ReturnType<(typeof works)[Name]>> extends Work<infer Wanted> ? Wanted : never
