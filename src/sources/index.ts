import type { OpenReader, RecordReader } from '../engine/ports.ts'
import type { Input } from './inputs.ts'
import type { SourceKind } from './kinds.ts'
import { isLogKind, logKinds } from './log-kinds.ts'

/** Reads any unit by its kind; a kind's reader is opened when the first input of that kind comes. */
export const openReader: OpenReader = (interests, look) => {
  const readers = new Map<string, RecordReader>()
  return {
    read(unit, visit, report, progress) {
      const kind = logKinds[unit.kind as SourceKind]
      let reader = readers.get(unit.kind)
      if (!reader) {
        reader = kind.open(interests, look)
        readers.set(unit.kind, reader)
      }
      const looked: typeof visit =
        look === undefined || kind.looks
          ? visit
          : (record) => {
              look(record, null)
              visit(record)
            }
      return reader.read(unit, looked, report, progress)
    },
  }
}

/** Into how many steps an input can be cut for several threads. State is read as a whole, by readArtifacts: 0. */
export function stepsOf({ kind, bytes, packed }: Input): number {
  if (!isLogKind(kind)) return 0
  return packed ? 1 : Math.max(logKinds[kind].steps?.(bytes) ?? 1, 1)
}
