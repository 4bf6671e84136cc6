export { type ExportLanguage, exportLanguages } from './export/index.ts'
export { type LooseHashOf, type ScopeSubject, scopeOf } from './scope.ts'
export {
  probesOf,
  type SweepLanguage,
  type SweepLanguageName,
  type SweepValues,
  sweepLanguages,
  sweepText,
  valuesOf,
} from './sweep/index.ts'
export { type Traced, tellsOfTask, tracesOf } from './traces.ts'
