import { readFileSync } from 'node:fs'
import { reasonOf } from '../sources/reason.ts'
import { UsageError } from './refusals.ts'

/** A file that the user wrote or had written for this command; a redirection in Windows PowerShell writes UTF-16. */
export function readTextFile(path: string): string {
  try {
    const bytes = readFileSync(path)
    const mark = bytes.toString('latin1', 0, 2)
    return new TextDecoder(mark === '\xff\xfe' ? 'utf-16le' : mark === '\xfe\xff' ? 'utf-16be' : 'utf-8').decode(bytes)
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`)
  }
}

/** JSON of such a file; `where` names the file and, if there are several values, which. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${where} is not JSON${placeOf(error, text)}`)
  }
}

/** The line and column that the engine's own message gives as an offset. */
function placeOf(error: unknown, text: string): string {
  if (text.trim() === '') return ': there is nothing in it'
  const offset = /at position (\d+)/.exec((error as Error).message)?.[1]
  if (offset === undefined) return ': it ends too soon, or begins with something else'
  const lines = text.slice(0, Number(offset)).split('\n')
  return `: line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1} is not what JSON has there`
}
