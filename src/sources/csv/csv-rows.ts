import { isUtf8 } from 'node:buffer'
import type { FoldedProblems } from '../events/folded-problems.ts'
import type { Batch } from '../events/splitter.ts'
import { carrierOf } from '../json/carriers/index.ts'
import type { EventRecords } from '../json/event-records.ts'
import type { JsonObject } from '../json/json-object.ts'
import { type CsvDialect, headerRow } from './dialect.ts'
import { RowFields } from './row-fields.ts'
import type { RowSieve } from './row-sieve.ts'
import type { RowTaker } from './row-splitter.ts'

/** A row as an object by the header's names, as JSON would have it with all values as texts. */
export function rowObject(header: readonly string[], values: readonly string[]): JsonObject {
  const row: Record<string, unknown> = {}
  header.forEach((name, index) => {
    row[name] = values[index]
  })
  return row
}

/** Whether a header is that of a table of events. */
export const isEventHeader = (header: readonly string[]): boolean =>
  carrierOf(
    rowObject(
      header,
      header.map(() => ''),
    ),
  ) !== undefined

const beyondAscii = /[\x80-\xff]/

/** Takes the rows of one input: those that may matter are made objects and records of. */
export class CsvRows implements RowTaker {
  readonly #sieve: RowSieve
  readonly #fields: RowFields
  readonly #records: EventRecords
  readonly #problems: FoldedProblems
  #dialect: CsvDialect
  #batch: Batch = { bytes: Buffer.alloc(0), text: '', position: 0 }

  constructor(
    sieve: RowSieve,
    fields: RowFields,
    dialect: CsvDialect,
    records: EventRecords,
    problems: FoldedProblems,
  ) {
    this.#sieve = sieve
    this.#fields = fields
    this.#dialect = dialect
    this.#records = records
    this.#problems = problems
    sieve.begin(dialect)
  }

  begin(batch: Batch): void {
    this.#batch = batch
  }

  lost(code: 'too-long' | 'bad-csv' | 'truncated' | 'passed-over', position: number): void {
    this.#problems.add(code, position)
  }

  row(from: number, to: number): void {
    const { text } = this.#batch
    const fields = this.#fields
    // a line with nothing in it
    if (fields.count === 1 && fields.begin(0) === fields.end(0)) return
    const verdict = this.#sieve.look(text, fields, from, to)
    if (verdict === 'other') this.#records.count++
    else if (verdict === 'wanted' || !this.#isHeader(from)) this.#take(from, to)
  }

  /** Tables that were put behind each other each have a header. */
  #isHeader(from: number): boolean {
    const row = headerRow(this.#batch.text, from, this.#dialect.delimiter)
    if (row === null || !isEventHeader(row.header)) return false
    this.#dialect = row
    this.#sieve.begin(row)
    return true
  }

  #take(from: number, to: number): void {
    const { bytes, text, position } = this.#batch
    const { header, delimiter } = this.#dialect
    const example = () => text.slice(from, from + 100)
    if (this.#fields.count !== header.length) {
      this.#records.count++
      this.#problems.add('bad-row', position + from, example())
      return
    }
    this.#records.take(rowObject(header, this.#values(bytes, text, from, to, delimiter)), position + from, example)
  }

  #values(bytes: Buffer, text: string, from: number, to: number, delimiter: number): string[] {
    if (!beyondAscii.test(text.slice(from, to))) return this.#fields.values(text)
    const row = bytes.subarray(from, to)
    if (!isUtf8(row)) this.#problems.add('bad-utf8', this.#batch.position + from)
    const decoded = row.toString('utf8')
    const fields = new RowFields(delimiter)
    fields.read(decoded, 0)
    return fields.values(decoded)
  }
}
