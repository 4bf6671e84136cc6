import { kqlExport } from './kql.ts'
import { sigmaExport } from './sigma.ts'

/** Languages in which the analytic can be said in part; each takes ExecutionWindow as `24h`, `7d`. */
export const exportLanguages = { sigma: sigmaExport, kql: kqlExport } as const
export type ExportLanguage = keyof typeof exportLanguages
