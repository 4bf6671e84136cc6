import type { ReadDefinition } from '../model/definition.ts'
import type { Fact } from '../model/fact.ts'
import type { Interest, WindowsRecord } from '../model/record.ts'

/** What a normalizer is given so that it need not know another stage. */
export interface Tools {
  readonly readDefinition: ReadDefinition
}

/** A record that is ours but whose key field cannot be read. It is counted as a problem: silence never means clean. */
export interface Unreadable {
  readonly kind: 'unreadable'
  /** The field that could not be read. */
  readonly field: string
  /** What was found and what was expected, for a person who is told the record: `NewProcessId is "zz", not a process id`. */
  readonly reason: string
}

/** Null: the record says nothing about tasks, processes or who was there. */
export type Normalized = Fact | Unreadable | null

/** Reads the events of one id, or of a family that truly shares its fields. */
export interface Normalizer {
  readonly interests: readonly Interest[]
  normalize(record: WindowsRecord, tools: Tools): Normalized
}

/** How much of a value that could not be read is shown. */
const SHOWN = 60

/** `expected` completes "…, not": "a process id", "a task's name". */
export function unreadable(record: WindowsRecord, field: string, expected: string): Unreadable {
  const value = record.field(field)
  const reason =
    value === undefined
      ? `${field} is missing, expected ${expected}`
      : `${field} is ${JSON.stringify(value.slice(0, SHOWN))}, not ${expected}`
  return { kind: 'unreadable', field, reason }
}
