import type { OpenReader } from '../engine/ports.ts'
import { openCsvReader } from './csv/csv-reader.ts'
import { openEventXmlReader } from './event-xml/event-xml-reader.ts'
import { chunkSlots } from './evtx-file.ts'
import { openEvtxReader } from './evtx-reader.ts'
import { jsonStep, openJsonReader } from './json/json-reader.ts'
import type { SourceKind } from './kinds.ts'

/** What reads the tables of a lake is loaded where there is one: there seldom is, and it is a quarter of all modules that a scan loads. */
const openParquetReader: OpenReader = (interests) => ({
  async read(unit, visit, report, progress) {
    const { openParquetReader } = await import('./parquet/parquet-reader.ts')
    return openParquetReader(interests).read(unit, visit, report, progress)
  },
})

/** What there is to know of one kind of log, but for how it is told from others (kinds.ts). */
export interface LogKind {
  readonly open: OpenReader
  /** Into how many steps so many bytes of it can be cut, for several threads; without it, it is read from its beginning to its end. */
  readonly steps?: (bytes: number) => number
  /** Its reader tells of every record, also of those that nobody wants. */
  readonly looks?: true
  /** What in its content says so; null: each file's own content tells it. */
  readonly because: string | null
}

export const logKinds: Readonly<Record<SourceKind, LogKind>> = {
  evtx: {
    open: openEvtxReader,
    steps: chunkSlots,
    looks: true,
    because: 'it begins as an event log does (ElfFile), or with a chunk of one',
  },
  'json-lines': { open: openJsonReader, steps: (bytes) => Math.ceil(bytes / jsonStep), because: null },
  json: { open: openJsonReader, because: null },
  'event-xml': { open: openEventXmlReader, because: 'its beginning has Event elements of Windows' },
  csv: { open: openCsvReader, because: 'its first line is the header of a table of events' },
  parquet: { open: openParquetReader, because: 'it begins as a table of a lake does (Parquet, PAR1)' },
}

export const isLogKind = (kind: string): kind is SourceKind => Object.hasOwn(logKinds, kind)
