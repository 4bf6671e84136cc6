import type { FactHead } from '../model/fact.ts'
import type { WindowsRecord } from '../model/record.ts'

// One host writes most records in a row: its facts then share one string instead of holding a million equal ones.
let lastComputer = ''
let lastHost = ''

/** What every fact has; spread it first, so that facts of one kind share their shape. */
export function head(record: WindowsRecord): FactHead {
  if (record.computer !== lastComputer) {
    lastComputer = record.computer
    lastHost = lastComputer.toLowerCase()
  }
  return {
    time: record.time,
    ticks: record.ticks,
    source: record.source,
    channel: record.channel,
    eventId: record.eventId,
    recordId: record.recordId,
    position: record.position,
    host: lastHost,
  }
}
