import type { OpenReader, RecordReader } from '../engine/ports.ts'
import type { Input } from './inputs.ts'
import type { SourceKind } from './kinds.ts'
import { isLogKind, logKinds } from './log-kinds.ts'

/** Reads any unit by its kind; a kind's reader is opened when the first input of that kind comes. */
export const openReader: OpenReader = (interests) => {
  const readers = new Map<string, RecordReader>()
  return {
    read(unit, ...rest) {
      let reader = readers.get(unit.kind)
      if (!reader) {
        reader = logKinds[unit.kind as SourceKind].open(interests)
        readers.set(unit.kind, reader)
      }
      // biome-ignore lint/plugin: three further parameters
      return reader.read(unit, ...rest)
    },
  }
}

/** Into how many steps an input can be cut for several threads. State is read as a whole, by readArtifacts: 0. */
export function stepsOf({ kind, bytes, packed }: Input): number {
  if (!isLogKind(kind)) return 0
  return packed ? 1 : Math.max(logKinds[kind].steps?.(bytes) ?? 1, 1)
}
