import { cleanLines, safeJson } from '../../report/index.ts'

/** How a measure is printed: as text for people, as JSON, or for a build server. */
export type MeasureFormat = 'text' | 'json' | 'junit'

/** The report of a measure, in which names out of the input can steer no terminal. */
export const measureReport = (format: MeasureFormat, reports: Readonly<Record<MeasureFormat, () => string>>): string =>
  format === 'json' ? safeJson(reports.json()) : cleanLines(reports[format]())
