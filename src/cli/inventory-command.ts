import { readFileSync } from 'node:fs'
import {
  inventoryCsv,
  inventoryDiff,
  inventoryDiffText,
  inventoryDocument,
  inventoryLines,
  inventorySchema,
  inventoryTable,
  type KeptEntry,
  type ScanResult,
} from '../report/index.ts'
import type { ForcedKind } from '../sources/forced-kind.ts'
import { exitCodes } from './exit-codes.ts'
import { openOutput } from './output.ts'
import { ProblemLines } from './problem-lines.ts'
import { readingExitCode, scanPaths } from './scan-paths.ts'
import { withTemporaryFolder } from './temporary-folder.ts'
import { UsageError } from './usage-error.ts'

export interface InventoryOptions {
  readonly format: 'table' | 'json' | 'jsonl' | 'csv'
  readonly out: string | undefined
  readonly host: string | null
  readonly jobs: number | undefined
  readonly quiet: boolean
  readonly source: ForcedKind | null
}

const reports: Record<InventoryOptions['format'], (result: ScanResult) => Iterable<string>> = {
  table: inventoryTable,
  json: inventoryDocument,
  jsonl: inventoryLines,
  csv: inventoryCsv,
}

/** `tasktrail inventory`: every task that logs, files, registry and .job files know; returns the exit code. */
export async function inventoryCommand(paths: readonly string[], options: InventoryOptions): Promise<number> {
  const everything = { since: null, until: null, host: options.host }
  const result = await withTemporaryFolder((temporary) => scanPaths(paths, options, everything, temporary))
  write(options.out, reports[options.format](result))
  const told = new ProblemLines(options.quiet)
  for (const problem of result.problems) told.add(problem)
  told.end(result.unlistedProblems)
  return readingExitCode(result)
}

/** `tasktrail diff OLD NEW`: two inventories in JSON or JSON lines; returns the exit code. */
export function diffCommand(
  older: string,
  newer: string,
  options: { readonly format: 'text' | 'jsonl'; readonly out: string | undefined },
): number {
  const changes = inventoryDiff(readInventory(older), readInventory(newer))
  write(
    options.out,
    options.format === 'text' ? inventoryDiffText(changes) : changes.map((change) => `${JSON.stringify(change)}\n`),
  )
  return exitCodes.done
}

function write(out: string | undefined, pieces: Iterable<string>): void {
  const output = openOutput(out)
  for (const piece of pieces) output.write(piece)
  output.end()
}

/** What `inventory` wrote. Anything else is wrong usage, with the place where it stops being an inventory. */
function readInventory(path: string): KeptEntry[] {
  const text = readFileSync(path, 'utf8')
  const values: unknown[] = text.trimStart().startsWith('[')
    ? parse(text, path)
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line, i) => parse(line, `${path}, line ${i + 1}`))
  return values.map((value, i) => {
    if (isEntry(value)) return value
    throw new UsageError(`${path}: entry ${i + 1} is not of the form ${inventorySchema}`)
  })
}

// biome-ignore lint/suspicious/noExplicitAny: what it is, is checked by its user
function parse(text: string, where: string): any {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`${where}: not JSON`)
  }
}

function isEntry(value: unknown): value is KeptEntry {
  const entry = value as Partial<KeptEntry> | null
  return (
    typeof entry === 'object' &&
    entry?.schema === inventorySchema &&
    typeof entry.host === 'string' &&
    typeof entry.path === 'string' &&
    Array.isArray(entry.actions)
  )
}
