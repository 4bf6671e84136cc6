import { inventoryDiff, inventoryDiffText, jsonLine } from '../../report/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'
import { readInventory } from './kept-inventory.ts'

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
