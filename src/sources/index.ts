import type { OpenReader, RecordReader } from '../engine/ports.ts'
import { openCsvReader } from './csv/csv-reader.ts'
import { openEventXmlReader } from './event-xml/event-xml-reader.ts'
import { chunkSlots } from './evtx-file.ts'
import { openEvtxReader } from './evtx-reader.ts'
import type { Input } from './inputs.ts'
import { jsonStep, openJsonReader } from './json/json-reader.ts'
import type { SourceKind } from './kinds.ts'
import { openParquetReader } from './parquet/parquet-reader.ts'

/** How each kind is read, opened when the first input of that kind comes. */
const openers: Record<SourceKind, OpenReader> = {
  evtx: openEvtxReader,
  'json-lines': openJsonReader,
  json: openJsonReader,
  'event-xml': openEventXmlReader,
  csv: openCsvReader,
  parquet: openParquetReader,
}

/** Reads any unit by its kind. */
export const openReader: OpenReader = (interests) => {
  const readers = new Map<string, RecordReader>()
  return {
    read(unit, ...rest) {
      let reader = readers.get(unit.kind)
      if (!reader) {
        reader = openers[unit.kind as SourceKind](interests)
        readers.set(unit.kind, reader)
      }
      // biome-ignore lint/plugin: three further parameters
      return reader.read(unit, ...rest)
    },
  }
}

/** Into how many steps an input can be cut for several threads. */
export function stepsOf({ kind, bytes, packed }: Input): number {
  if (packed && kind === 'evtx') return 1
  switch (kind) {
    case 'evtx':
      return Math.max(chunkSlots(bytes), 1)
    case 'json-lines':
      return Math.max(Math.ceil(bytes / jsonStep), 1)
    case 'json':
    case 'event-xml':
    case 'csv':
    case 'parquet':
      return 1
    case 'task-xml':
    case 'registry-hive':
    case 'registry-log':
    case 'registry-export':
    case 'job':
    case 'wiped-log':
    case 'task-list':
      // State is read as a whole, by readArtifacts.
      return 0
    default:
      return kind satisfies never
  }
}
