/**
 * Microsoft Sentinel's tables of Windows events, as JSON of the API and of exports to storage, or the portal's CSV. `TimeGenerated` is
 * the event's time in UTC.
 * SecurityEvent: columns for the items of the commonest events; those of all others (4698 among them) stand in `EventData` as XML.
 * Event: `EventData` is XML, within a DataItem where the older agent wrote it; there is neither record id nor process.
 * WindowsEvent: `EventData` is an object, or JSON in a text.
 * Source: https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityevent, …/event, …/windowsevent
 */
import type { Carrier } from '../carrier.ts'
import { itemsOf, itemText } from '../event-data.ts'
import { isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { parseWithin } from '../nesting.ts'
import { instantInWords } from '../written-time.ts'
import { itemsOfXml } from '../xml-items.ts'

const common = {
  eventId: (row: JsonObject) => numberOf(own(row, 'EventID')),
  version: (row: JsonObject) => numberOf(own(row, 'Version')),
  computer: (row: JsonObject) => textOf(own(row, 'Computer')) ?? '',
  recordId: (row: JsonObject) => numberOf(own(row, 'EventRecordId')),
  processId: (row: JsonObject) => numberOf(own(row, 'SystemProcessId')),
  userSid: (row: JsonObject) => wordOf(own(row, 'SystemUserId')),
  activityId: (row: JsonObject) => guidIn(textOf(own(row, 'Correlation'))),
  keywords: (row: JsonObject) => own(row, 'Keywords'),
  moment: (row: JsonObject) => instantInWords(own(row, 'TimeGenerated')),
  arrived: (row: JsonObject) => instantInWords(own(row, '_TimeReceived')),
}

const guidIn = (text: string | undefined) => /^\{?[\da-f-]{36}\}?$/i.exec(text ?? '')?.[0] ?? null

export const sentinelSecurityEvent: Carrier = {
  ...common,
  name: 'Sentinel SecurityEvent',
  fits: (row) =>
    own(row, 'TimeGenerated') !== undefined &&
    own(row, 'EventSourceName') !== undefined &&
    own(row, 'EventID') !== undefined,
  provider: (row) => wordOf(own(row, 'EventSourceName')),
  channel: (row) => wordOf(own(row, 'Channel')) ?? 'Security',
  data: (row) => itemsOfXml(textOf(own(row, 'EventData')) ?? ''),
  field(name, items, row) {
    const item = itemText(name, items)
    if (item !== undefined || envelope.has(name)) return item
    return textOf(own(row, name))
  },
}

/** Columns that are of the table, or of the event's header. */
const envelope = new Set(['Channel', 'Computer', 'Task', 'Level', 'Type', 'Version', 'Correlation', 'EventData'])

export const sentinelEvent: Carrier = {
  ...common,
  name: 'Sentinel Event',
  fits: (row) =>
    own(row, 'TimeGenerated') !== undefined &&
    own(row, 'EventLog') !== undefined &&
    own(row, 'Source') !== undefined &&
    own(row, 'EventID') !== undefined,
  provider: (row) => wordOf(own(row, 'Source')),
  channel: (row) => textOf(own(row, 'EventLog')) ?? '',
  data: (row) => itemsOfXml(textOf(own(row, 'EventData')) ?? ''),
  field: itemText,
}

export const sentinelWindowsEvent: Carrier = {
  ...common,
  name: 'Sentinel WindowsEvent',
  fits: (row) =>
    own(row, 'TimeGenerated') !== undefined &&
    own(row, 'Provider') !== undefined &&
    own(row, 'Channel') !== undefined &&
    own(row, 'EventID') !== undefined,
  provider: (row) => wordOf(own(row, 'Provider')),
  channel: (row) => textOf(own(row, 'Channel')) ?? '',
  data: (row) => dataIn(own(row, 'EventData')),
  field: itemText,
}

function dataIn(written: unknown): JsonObject {
  const data = typeof written === 'string' ? parseWithin(written) : written
  if (!isObject(data)) return {}
  // UserData keeps the elements around its items
  return Object.values(data).some(isObject) ? itemsOf(undefined, data) : itemsOf(data, undefined)
}
