import type { FleetCoverageReport } from '../model/coverage-report.ts'
import { coverageCsv } from './coverage-csv.ts'
import { coverageDocument } from './coverage-json.ts'
import { coverageLayer } from './coverage-navigator.ts'
import { coverageTable, type TableOptions } from './coverage-table.ts'
import { ecsLines } from './forms/ecs.ts'
import { findingsCsv } from './forms/findings-csv.ts'
import { iocsCsv } from './forms/iocs.ts'
import { markdownTicket } from './forms/markdown.ts'
import { navigatorLayer } from './forms/navigator.ts'
import { ocsfLines } from './forms/ocsf.ts'
import { timelineCsv, timesketchLines } from './forms/timeline.ts'
import { inventoryCsv, inventoryDocument, inventoryLines, inventoryTable } from './inventory.ts'
import { jsonDocument, jsonLines } from './json.ts'
import type { ScanResult } from './result.ts'
import { type TextOptions, textReport } from './text.ts'

/** One way to print a result. A format is one line in one of the lists below; the command line takes its choices from them. */
export interface ReportFormat {
  readonly name: string
  /** Its pieces stand by themselves, one a line: they can be used before the last one is there. */
  readonly streams: boolean
  /** What it says itself; the rest whoever prints it has to: what could not be read, and that nothing was looked at. */
  readonly tells: 'all' | 'that nothing was looked at' | 'nothing'
  readonly print: (result: ScanResult, options: TextOptions) => Iterable<string>
}

/** Forms of a scan, the default first. */
export const scanFormats: readonly ReportFormat[] = [
  { name: 'text', streams: false, tells: 'all', print: textReport },
  { name: 'json', streams: false, tells: 'all', print: jsonDocument },
  { name: 'jsonl', streams: true, tells: 'nothing', print: jsonLines },
  { name: 'csv', streams: false, tells: 'nothing', print: findingsCsv },
  { name: 'timeline', streams: false, tells: 'nothing', print: timelineCsv },
  { name: 'timesketch', streams: true, tells: 'nothing', print: timesketchLines },
  { name: 'ocsf', streams: true, tells: 'nothing', print: ocsfLines },
  { name: 'ecs', streams: true, tells: 'nothing', print: ecsLines },
  { name: 'navigator', streams: false, tells: 'nothing', print: navigatorLayer },
  { name: 'markdown', streams: false, tells: 'all', print: markdownTicket },
  { name: 'iocs', streams: false, tells: 'nothing', print: iocsCsv },
]

/** Forms of an inventory, the default first. */
export const inventoryFormats: readonly ReportFormat[] = [
  { name: 'table', streams: false, tells: 'that nothing was looked at', print: inventoryTable },
  { name: 'json', streams: false, tells: 'nothing', print: inventoryDocument },
  { name: 'jsonl', streams: true, tells: 'nothing', print: inventoryLines },
  { name: 'csv', streams: false, tells: 'nothing', print: inventoryCsv },
]

/** One way to print what could have been seen. */
export interface CoverageFormat {
  readonly name: string
  readonly print: (report: FleetCoverageReport, options: TableOptions) => Iterable<string>
}

/** Forms of coverage, the default first. */
export const coverageFormats: readonly CoverageFormat[] = [
  { name: 'table', print: coverageTable },
  { name: 'json', print: coverageDocument },
  { name: 'csv', print: coverageCsv },
  { name: 'navigator', print: coverageLayer },
]

/** A name that the command line has checked. */
export function formatNamed<Format extends { readonly name: string }>(
  formats: readonly Format[],
  name: string,
): Format {
  const format = formats.find((one) => one.name === name)
  if (!format) throw new RangeError(`no report format ${name}`)
  return format
}
