import { inventoryDiff, inventoryDiffText, inventorySchema, jsonLine, type KeptEntry } from '../../report/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { parseJson, readTextFile } from '../text-file.ts'

export interface DiffWanted {
  readonly older: string
  readonly newer: string
  readonly format: 'text' | 'jsonl'
}

/** `tasktrail diff OLD NEW`: two inventories in JSON or JSON lines. */
export function diffWork({ older, newer, format }: DiffWanted, { out }: Surroundings): number {
  const changes = inventoryDiff(readInventory(older), readInventory(newer))
  writeReport(out, format === 'text' ? inventoryDiffText(changes) : changes.map((change) => `${jsonLine(change)}\n`))
  return exitCodes.done
}

/** What `inventory` wrote. Anything else is wrong usage, with the place where it stops being an inventory. */
function readInventory(path: string): KeptEntry[] {
  const text = readTextFile(path)
  const values: unknown[] = text.trimStart().startsWith('[')
    ? listOf(parseJson(text, path), path)
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line, i) => parseJson(line, `${path}, line ${i + 1}`))
  return values.map((value, i) => {
    if (isEntry(value)) return value
    throw new UsageError(`${path}: entry ${i + 1} is not of the form ${inventorySchema}`)
  })
}

const listOf = (value: unknown, path: string): unknown[] => {
  if (Array.isArray(value)) return value
  throw new UsageError(`${path} is no list`)
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
