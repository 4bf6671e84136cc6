export { findingJson, findingSchema } from './finding-json.ts'
export { jsonDocument, jsonLines, type ReportOptions } from './json.ts'
export { isFinding, type ScanResult, type ScanTally } from './result.ts'
export { type TextOptions, textReport } from './text.ts'
