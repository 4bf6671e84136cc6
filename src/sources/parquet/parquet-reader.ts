import type { RowGroup } from 'hyparquet'
import type { OpenReader, Packed, RecordReader } from '../../engine/ports.ts'
import { sensors } from '../../model/sensor.ts'
import { isEventHeader } from '../csv/csv-rows.ts'
import { FoldedProblems } from '../events/folded-problems.ts'
import { interestKey } from '../events/interest-keys.ts'
import { ocsfColumns } from '../json/carriers/ocsf.ts'
import { EventRecords } from '../json/event-records.ts'
import { heldEvents } from '../json/held-events.ts'
import { LocalClock } from '../json/local-clock.ts'
import { type WantedRecords, wantedRecords } from '../json/wanted-records.ts'
import { cannotRead } from '../reason.ts'
import { ParquetRefused } from './page-check.ts'
import { ParquetTable } from './parquet-table.ts'
import { rowAt } from './row-values.ts'

/** Rows that are looked at for a value that holds an event: real tables of events hold little else. */
const tellingRows = 64

/** Groups of rows are lost for one reason or two. */
const mostReasons = 8

/**
 * Reads tables that lakes keep (Parquet), a group of rows at a time, each row as the same event in JSON would be. Of OCSF only the columns that
 * are used are read, and of a group without a class that matters only that one column. hyparquet reads them: the one maintained reader that is
 * all JavaScript; what a table could ask of it is looked at first.
 */
export const openParquetReader: OpenReader = (interests): RecordReader => {
  const wanted = wantedRecords(interests)
  return {
    async read(unit, visit, report, progress) {
      const { name, path, packed = null, source, bytes } = unit
      const problems = new FoldedProblems(name)
      const records = new EventRecords({ wanted, source, clock: new LocalClock(), problems, visit })
      const tell = (reason: string) => report({ file: name, offset: null, chunk: null, code: 'bad-parquet', reason })
      let table: ParquetTable | null = null
      try {
        table = await ParquetTable.open(path, packed)
        const groups = table.metadata.row_groups
        /** How many groups could not be read, by the reason. */
        const lost = new Map<string, number>()
        for (const [index, group] of groups.entries()) {
          try {
            readGroup(table, group, records, wanted)
          } catch (error) {
            if (!(error instanceof ParquetRefused)) throw error
            const reason = error.message
            if (lost.size < mostReasons || lost.has(reason)) lost.set(reason, (lost.get(reason) ?? 0) + 1)
          }
          const share = Math.floor((bytes * (index + 1)) / groups.length) - Math.floor((bytes * index) / groups.length)
          progress(share, Number(group.num_rows))
        }
        for (const [reason, count] of lost) tell(`${count} of ${groups.length} groups of rows: ${reason}`)
      } catch (error) {
        if (error instanceof ParquetRefused) tell(error.message)
        else report(cannotRead(name, error))
      } finally {
        table?.close()
      }
      problems.report(report)
      return { records: records.count, bytes, notes: records.notes(name) }
    },
  }
}

/** Whether a table is of events, by the names of its columns or by its first rows; one that cannot be opened is told by who reads it. */
export async function isEventTable(path: string, packed: Packed | null): Promise<boolean> {
  let table: ParquetTable | null = null
  try {
    table = await ParquetTable.open(path, packed)
    return isEventHeader(table.names) || holdsEvents(table)
  } catch {
    return table === null
  } finally {
    table?.close()
  }
}

function holdsEvents(table: ParquetTable): boolean {
  const [first] = table.metadata.row_groups
  if (first === undefined) return false
  const columns = table.columns(first, () => true, tellingRows)
  for (let at = 0; at < Math.min(tellingRows, Number(first.num_rows)); at++)
    if (heldEvents(rowAt(columns, at)).held.length > 0) return true
  return false
}

function readGroup(table: ParquetTable, group: RowGroup, records: EventRecords, wanted: WantedRecords) {
  const rows = Number(group.num_rows)
  const isOcsf = table.names.includes('class_uid')
  const isWanted = isOcsf ? wantedClasses(table, group, wanted) : null
  if (isWanted?.some(Boolean) === false) {
    records.count += rows
    return
  }
  const columns = table.columns(group, (name) => !isOcsf || ocsfColumns.has(name))
  for (let at = 0; at < rows; at++) {
    if (isWanted?.[at] === false) records.count++
    else {
      const row = rowAt(columns, at)
      records.take(row, records.count, () => JSON.stringify(row).slice(0, 100))
    }
  }
}

/** Of each row whether somebody reads events of its class. */
function wantedClasses(table: ParquetTable, group: RowGroup, wanted: WantedRecords): boolean[] {
  const [classes = []] = table.columns(group, (name) => name === 'class_uid').values()
  const known = new Map(
    [...new Set(classes)].map((uid) => [uid, wanted.keys.has(interestKey(sensors.ocsf, Number(uid)))]),
  )
  return classes.map((uid) => known.get(uid) === true)
}
