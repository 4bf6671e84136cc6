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

/** JSON of such a file. */
export const parseJson = (text: string, path: string): unknown => parseFrom(text, path, 1)

/** A value, and what to call its place. */
export interface Placed {
  readonly value: unknown
  readonly where: string
}

/** The values of JSON lines, or those of a list in one document. */
export function jsonValues(text: string, path: string, what: string, listOf: (document: unknown) => unknown): Placed[] {
  if (/^\s*(?:\[|\{"schema":"tasktrail\.scan\/)/.test(text)) {
    const list = listOf(parseJson(text, path))
    if (!Array.isArray(list)) throw new UsageError(`${path}: no list of what it should hold: ${what}`)
    return list.map((value, index) => ({ value, where: `${path}, ${what} ${index + 1}` }))
  }
  return text.split('\n').flatMap((line, index) => {
    const number = index + 1
    return line.trim() === '' ? [] : { value: parseFrom(line, path, number), where: `${path}, line ${number}` }
  })
}

function parseFrom(text: string, path: string, firstLine: number): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${placeOf(error, text, firstLine)}`)
  }
}

/** What is wrong where, by the offset that the engine's own message gives. */
function placeOf(error: unknown, text: string, firstLine: number): string {
  if (text.trim() === '') return 'there is nothing in it'
  const offset = /at position (\d+)/.exec((error as Error).message)?.[1]
  if (offset === undefined) return `line ${firstLine} ends too soon, or begins with something else`
  const lines = text.slice(0, Number(offset)).split('\n')
  const column = (lines.at(-1)?.length ?? 0) + 1
  return `line ${firstLine + lines.length - 1}, column ${column} is not what JSON has there`
}
