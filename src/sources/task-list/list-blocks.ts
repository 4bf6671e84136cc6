import type { JsonObject } from '../json/json-object.ts'
import { schtasksColumns } from './listers/schtasks.ts'

/**
 * The blocks of `schtasks /query /v /fo list`: 28 lines of a label, a colon and a value, in any language. Values begin where that of the first
 * line does.
 */
export function listBlocks(text: string): JsonObject[] {
  const rows: JsonObject[] = []
  let block: string[] = []
  const close = () => {
    const row = rowOf(block)
    if (row) rows.push(row)
    block = []
  }
  for (const line of text.split(/\r*\n/)) {
    if (line.trim() === '') close()
    else block.push(line)
  }
  close()
  return rows
}

function rowOf(lines: readonly string[]): JsonObject | null {
  // the line with the folder may stand right above the first task
  const block = lines.length === schtasksColumns.length + 1 ? lines.slice(1) : lines
  if (block.length !== schtasksColumns.length) return null
  const begin = /^[^:：]{1,60}[:：]\s*/.exec(block[0] ?? '')?.[0].length ?? 0
  if (begin === 0 || !block[1]?.slice(begin).startsWith('\\')) return null
  return Object.fromEntries(schtasksColumns.map((name, index) => [name, block[index]?.slice(begin).trim() ?? '']))
}
