import type { OpenReader, ReadTally, RecordReader } from '../../engine/ports.ts'
import { beginningOfUnit, contentBeginning, textBlocks, textFile } from '../content/text-blocks.ts'
import { beginningAsUtf8 } from '../content/utf16.ts'
import { FoldedProblems } from '../events/folded-problems.ts'
import { WantedEvents } from '../events/wanted-events.ts'
import { EventRecords } from '../json/event-records.ts'
import { heldEvents } from '../json/held-events.ts'
import { LocalClock } from '../json/local-clock.ts'
import { wantedRecords } from '../json/wanted-records.ts'
import { cannotRead } from '../reason.ts'
import { CsvRows, isEventHeader, rowObject } from './csv-rows.ts'
import { type CsvDialect, dialectOf } from './dialect.ts'
import { RowFields } from './row-fields.ts'
import { RowSieve } from './row-sieve.ts'
import { RowSplitter } from './row-splitter.ts'

/** A header is not longer, and with less of a packed file nothing could be told. */
const telling = 256 << 10

/** Rows that are looked at for a cell that holds an event: real tables of events hold little else. */
const tellingRows = 64

/** Whether a text, in UTF-8, begins with a table of events: by its header, or by a cell that holds a whole event. */
export function looksLikeEventCsv(beginning: Buffer): boolean {
  const dialect = dialectOf(beginning)
  return dialect !== null && (isEventHeader(dialect.header) || holdsEvents(beginning, dialect))
}

function holdsEvents(beginning: Buffer, { delimiter, header, start }: CsvDialect): boolean {
  const text = beginning.toString('utf8')
  const fields = new RowFields(delimiter)
  let at = beginning.toString('utf8', 0, start).length
  for (let rows = 0; rows < tellingRows; rows++) {
    const next = fields.read(text, at, false)
    if (next <= at) return false
    if (fields.count === header.length && heldEvents(rowObject(header, fields.values(text))).held.length > 0)
      return true
    at = next
  }
  return false
}

/**
 * Reads tables of events as CSV, packed or not, in UTF-8 or UTF-16. Our own splitter: a row is looked at by the places of its values and
 * most are never made texts of, which no library offers. A quoted value may hold line ends, so that a file is read from its
 * beginning to its end.
 */
export const openCsvReader: OpenReader = (interests): RecordReader => {
  const sieve = new RowSieve(new WantedEvents(interests))
  const wanted = wantedRecords(interests)
  return {
    async read(unit, visit, report, progress) {
      const problems = new FoldedProblems(unit.name)
      const records = new EventRecords({ wanted, source: unit.source, clock: new LocalClock(), problems, visit })
      let tally: ReadTally = { records: 0, bytes: 0 }
      try {
        const beginning = await beginningOfUnit(unit, telling)
        const dialect = dialectOf(beginningAsUtf8(contentBeginning(beginning)))
        if (dialect === null) throw new Error('it does not begin with the header of a table')
        const fields = new RowFields(dialect.delimiter)
        const splitter = new RowSplitter(new CsvRows(sieve, fields, dialect, records, problems), fields, dialect.start)
        let bytes = 0
        let told = 0
        const advance = (more: number) => {
          bytes += more
          progress(more, records.count - told)
          told = records.count
        }
        const file = textFile(unit, beginning)
        for await (const block of textBlocks(file, report, advance)) splitter.push(block)
        splitter.end()
        tally = { records: records.count, bytes, notes: records.notes(unit.name) }
      } catch (error) {
        report(cannotRead(unit.name, error))
      }
      problems.report(report)
      return tally
    },
  }
}
