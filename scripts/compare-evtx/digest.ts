import { createHash } from 'node:crypto'

/** One digest over everything that `dump` says of a file: ids, times, event ids and all values, in order. */
export function digestOf(lines: readonly string[]): string {
  const hash = createHash('sha256')
  for (const line of lines) hash.update(`${line}\n`)
  return hash.digest('hex').slice(0, 32)
}
