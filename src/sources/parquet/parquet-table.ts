import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { type FileMetaData, parquetMetadata, parquetSchema, type RowGroup } from 'hyparquet'
import type { Packed } from '../../engine/ports.ts'
import { mostUnpacked } from '../content/gzip.ts'
import { inMemory } from '../content/packed.ts'
import { reasonOf } from '../reason.ts'
import { columnValues } from './column-values.ts'
import { type Leaf, leavesOf } from './leaf.ts'
import { type ParquetBudget, ParquetRefused } from './page-check.ts'
import { valueParsers } from './value-parsers.ts'

/** Of a member of an archive: it can only be read from both its ends. */
const largestMember = 512 << 20
/** Names, places and statistics of all columns of all groups of rows: real ones have some hundred kilobytes. */
const largestFooter = 64 << 20
/** Groups of rows are read one at a time. Writers make them of 128 MB or a million rows at the most. */
const mostRows = 4_000_000
const mostColumns = 10_000

/** The values of some columns, one for each row. */
export type Columns = ReadonlyMap<Leaf, readonly unknown[]>

/** A table that lies in a file or in memory, read group by group. */
export class ParquetTable {
  readonly metadata: FileMetaData
  readonly #file: TableBytes
  readonly #budget: ParquetBudget

  private constructor(metadata: FileMetaData, file: TableBytes) {
    this.metadata = metadata
    this.#file = file
    this.#budget = { left: mostUnpacked(file.byteLength) }
  }

  /** Throws what is wrong where there is no table. */
  static async open(path: string, packed: Packed | null): Promise<ParquetTable> {
    const file = packed ? new TableInMemory(Buffer.from(await inMemory(packed, largestMember))) : new TableOnDisk(path)
    try {
      return new ParquetTable(
        refusing('its footer', () => metadataOf(file)),
        file,
      )
    } catch (error) {
      file.close()
      throw error
    }
  }

  close(): void {
    this.#file.close()
  }

  /** Names of the columns, or of what they are parts of. */
  get names(): string[] {
    return parquetSchema(this.metadata).children.map(({ element }) => element.name)
  }

  /** Some columns of a group of rows, with the first `most` rows of it at the least. */
  columns({ columns, num_rows }: RowGroup, isWanted: (name: string) => boolean, most = mostRows): Columns {
    if (num_rows > mostRows) throw new ParquetRefused(`a group of ${num_rows} rows: larger than any real one`)
    const chunks = new Map(columns.map((chunk) => [chunk.meta_data?.path_in_schema.join('.'), chunk.meta_data]))
    const read = new Map<Leaf, readonly unknown[]>()
    for (const leaf of leavesOf(this.metadata, isWanted)) {
      const column = chunks.get(leaf.key)
      if (column === undefined) throw new ParquetRefused(`the column ${leaf.key} is not there, or encrypted`)
      const begin = Number(column.dictionary_page_offset || column.data_page_offset)
      const bytes = new Uint8Array(this.#file.slice(begin, begin + Number(column.total_compressed_size)))
      const budget = this.#budget
      const values = refusing(`the column ${leaf.key}`, () => columnValues(leaf, { bytes, column, budget }, most))
      read.set(leaf, values)
    }
    return read
  }
}

/** Whatever is thrown over bytes that are not what they should be is their fault. */
function refusing<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof ParquetRefused ? error : new ParquetRefused(`${what} cannot be read: ${reasonOf(error)}`)
  }
}

function metadataOf(file: TableBytes): FileMetaData {
  const end = Buffer.from(file.slice(Math.max(0, file.byteLength - 8), file.byteLength))
  const mark = end.toString('latin1', 4)
  if (mark === 'PARE') throw new ParquetRefused('its footer is encrypted')
  if (end.length < 8 || mark !== 'PAR1') throw new ParquetRefused('it has no end: it is cut, or still being written')
  const length = end.readUInt32LE(0)
  if (length > largestFooter || length + 12 > file.byteLength)
    throw new ParquetRefused(`its footer says that it has ${length} bytes`)
  const metadata = parquetMetadata(file.slice(file.byteLength - 8 - length, file.byteLength), {
    geoparquet: false,
    parsers: valueParsers,
  })
  if (metadata.schema.length > mostColumns) throw new ParquetRefused(`${metadata.schema.length} columns`)
  return metadata
}

interface TableBytes {
  readonly byteLength: number
  slice(start: number, end?: number): ArrayBuffer
  close(): void
}

/** Fewer bytes than asked for where there are no more. */
class TableInMemory implements TableBytes {
  readonly byteLength: number
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.byteLength = bytes.length
  }

  slice(start: number, end = this.byteLength): ArrayBuffer {
    return ownBytes(this.#bytes.subarray(start, end))
  }

  close(): void {}
}

class TableOnDisk implements TableBytes {
  readonly byteLength: number
  readonly #file: number

  constructor(path: string) {
    this.#file = openSync(path, 'r')
    this.byteLength = fstatSync(this.#file).size
  }

  slice(start: number, end = this.byteLength): ArrayBuffer {
    const from = Math.max(0, Math.min(start, this.byteLength))
    const bytes = Buffer.alloc(Math.max(0, Math.min(end, this.byteLength) - from))
    let got = 0
    for (let count = 1; count > 0 && got < bytes.length; got += count)
      count = readSync(this.#file, bytes, got, bytes.length - got, from + got)
    return ownBytes(bytes.subarray(0, got))
  }

  close(): void {
    closeSync(this.#file)
  }
}

const ownBytes = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
