export { type LooseHashOf, type ScopeSubject, scopeOf } from './scope.ts'
export { type Traced, tellsOfTask, tracesOf } from './traces.ts'
