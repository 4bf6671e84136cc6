import { counted } from '../../model/counted.ts'
import { usualStaleDays } from '../../model/coverage-report.ts'
import { type Severity, severities } from '../../model/finding.ts'
import {
  findingJson,
  findingSchema,
  formatNamed,
  inventoryJson,
  inventorySchema,
  isFinding,
  type ScanResult,
  scanFormats,
} from '../../report/index.ts'
import type { Layout } from '../../report/paragraph.ts'
import { type RecordOf, readRecords } from '../../run/decoded-records.ts'
import { keepEvidence, scanPathsWith } from '../../run/index.ts'
import type { ForcedKind } from '../../sources/forced-kind.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { commit, type Reserved, writingInto, writingTo } from '../outputs.ts'
import { toldPieces } from '../progress.ts'
import { readingExitCode } from '../reading-exit-code.ts'
import type { Surroundings, Terminal } from '../surroundings.ts'
import { sayGaps } from './gaps.ts'

export interface ScanWanted {
  readonly paths: readonly string[]
  readonly all: boolean
  readonly format: string
  /** Milliseconds. */
  readonly since: number | null
  readonly until: number | null
  readonly host: string | null
  /** A baseline's file, or `none`; null: the hosts of the input are compared with each other. */
  readonly baseline?: string | null
  /** A file of settings. */
  readonly settings?: string | null
  readonly jobs: number | undefined
  readonly quiet: boolean
  readonly source: ForcedKind | null
  readonly followLinks?: boolean
  /** A file of the hosts that there should be. */
  readonly hosts?: string | null
  readonly failOn: Severity | null
  readonly minSeverity: Severity | null
  /** Findings that are printed; null: all of them, undefined: as many as the format takes for enough. */
  readonly limit: number | null | undefined
  /** Of the text the table alone. */
  readonly table?: boolean
}

/** `tasktrail scan`: paths in, report out. */
export async function scanWork(wanted: ScanWanted, around: Surroundings): Promise<number> {
  const { result, code } = await printScan(wanted, around)
  const { store, evidence, html } = around.beside
  if (store) await keepScan(result, store)
  if (evidence) await keepProof(result, evidence, wanted, around)
  if (html) {
    const { writePage } = await import('../page-file.ts')
    writePage(html, result, { ...wanted, recordOf: await recordsOf(result, wanted, around) })
    if (!wanted.quiet) around.say(`The page is in ${html.name}: open it in a browser.`)
  }
  return code
}

/** Scans and prints; what was found is there for more. */
export async function printScan(
  { paths, baseline: path = null, settings: settingsPath = null, hosts = null, ...wanted }: ScanWanted,
  { temporary, standardInput, onProgress, freeTerminal, terminal, out, say }: Surroundings,
): Promise<{ readonly result: ScanResult; readonly code: number }> {
  // SQLite is loaded where it is wanted: older Nodes say on stderr that it is new.
  const file = path === null || path === 'none' ? null : (await import('./baseline-file.ts')).openBaseline(path)
  const baseline = file ?? (path === 'none' ? 'none' : 'input')
  const settings = settingsPath === null ? null : (await import('./settings-file.ts')).openSettings(settingsPath)
  const expected = hosts === null ? null : (await import('./expected-hosts.ts')).readExpectedHosts(hosts)
  const coverage = { expected, staleDays: usualStaleDays }
  const result = await scanPathsWith(temporary, paths, {
    ...wanted,
    ...{ baseline, settings, coverage, standardInput, onProgress },
  })
  file?.close()
  const format = formatNamed(scanFormats, wanted.format)
  const { all, minSeverity, limit, table = false } = wanted
  const layout = out === null ? layoutOf(terminal) : {}
  const pieces = format.print(result, { all, minSeverity, limit, table, ...layout })
  writeReport(out, toldPieces(pieces, onProgress), freeTerminal)
  if (!wanted.quiet) sayGaps(result, format.tells, say)
  return { result, code: exitCodeOf(result, wanted.failOn) }
}

/** Writes all of it, also what is not printed, to a file that can be asked. */
async function keepScan(result: ScanResult, place: Reserved): Promise<void> {
  // SQLite is loaded where it is wanted.
  const { writeStore } = await import('../../stores/scan-file.ts')
  const { inputs, chains, inventory, coverage, notes, problems } = result
  writingTo(place, (partial) =>
    writeStore(partial, {
      about: { findings: findingSchema, tasks: inventorySchema },
      findings: chains.values().map((scored) => JSON.stringify(findingJson(scored, inputs))),
      tasks: inventory.values().map((item) => JSON.stringify(inventoryJson(item, inputs))),
      ...{ inputs, coverage, notes, problems },
    }),
  )
  commit(place)
}

/** Keeps the records that prove each finding, so that they are there when the logs have rolled over. */
async function keepProof(
  { chains, inputs }: ScanResult,
  place: Reserved,
  { paths, source, followLinks = false, minSeverity, quiet }: ScanWanted,
  { temporary, standardInput, say }: Surroundings,
): Promise<void> {
  const least = minSeverity === null ? 0 : severities.indexOf(minSeverity)
  const findings = chains
    .filter((scored) => isFinding(scored) && severities.indexOf(scored.score.severity) >= least)
    .map((scored) => ({ scored, json: JSON.stringify(findingJson(scored, inputs)) }))
  const wanted = { paths, source, followLinks, standardInput, temporary, inputs, findings }
  const kept = await writingInto(place, (partial) => keepEvidence(partial, wanted))
  commit(place)
  if (quiet) return
  const missing = kept.missing === 0 ? '' : `; ${counted(kept.missing, 'record')} not found again, or more than is kept`
  say(
    `evidence of ${counted(findings.length, 'finding')} in ${place.name}: ${counted(kept.records, 'record')}${missing}; SHA-256 of its SHA256SUMS: ${kept.sha256}`,
  )
}

/** The records that prove the findings, decoded, for whoever shows them. */
export function recordsOf(
  { chains, inputs }: ScanResult,
  { paths, source, followLinks = false }: Pick<ScanWanted, 'paths' | 'source' | 'followLinks'>,
  { temporary, standardInput }: Surroundings,
): Promise<RecordOf> {
  return readRecords(chains.filter(isFinding), { paths, source, followLinks, standardInput, temporary, inputs })
}

/** Lines are not broken finer than this, nor left longer than eyes follow. */
const [narrowest, widest] = [60, 200]

export const layoutOf = (terminal: Terminal | null): Partial<Layout> =>
  terminal === null ? {} : { width: Math.min(Math.max(terminal.columns, narrowest), widest), color: terminal.color }

function exitCodeOf(result: ScanResult, failOn: Severity | null): number {
  if (failOn !== null && result.unmet === null) {
    const from = severities.indexOf(failOn)
    if (result.chains.some((c) => isFinding(c) && severities.indexOf(c.score.severity) >= from)) return exitCodes.found
  }
  return readingExitCode(result)
}
