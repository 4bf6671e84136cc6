/**
 * What PowerShell makes of Get-WinEvent's objects (`| Export-Csv`, `| ConvertTo-Json`): the header, a message in the language of the
 * system, and `Properties`: in JSON (with -Depth of 2 or more) the values of the items in the event's own order, else the name of a .NET
 * type. Then the message is read, where it is English; else such events are counted and named. Only 1102 says all by being there.
 * A SID is an object, with ConvertTo-Json of depth. `TimeCreated` is local time as the user's culture writes it, or `/Date(…)/` in JSON.
 * Source: https://learn.microsoft.com/dotnet/api/system.diagnostics.eventing.reader.eventlogrecord
 */
import type { Carrier } from '../carrier.ts'
import { itemText } from '../event-data.ts'
import { itemOrder, namedItems } from '../item-order.ts'
import { isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { messageItems } from '../messages/index.ts'
import { hasZone, instantOf, type Moment } from '../moment.ts'
import { instantInWords } from '../written-time.ts'

export const getWinEvent: Carrier = {
  name: 'Get-WinEvent',
  fits: (event) =>
    own(event, 'ProviderName') !== undefined &&
    own(event, 'LogName') !== undefined &&
    own(event, 'MachineName') !== undefined &&
    own(event, 'Id') !== undefined,
  provider: (event) => wordOf(own(event, 'ProviderName')),
  channel: (event) => textOf(own(event, 'LogName')) ?? '',
  eventId: (event) => numberOf(own(event, 'Id')),
  version: (event) => numberOf(own(event, 'Version')),
  computer: (event) => textOf(own(event, 'MachineName')) ?? '',
  recordId: (event) => numberOf(own(event, 'RecordId')),
  processId: (event) => numberOf(own(event, 'ProcessId')),
  userSid: (event) => wordOf(own(event, 'UserId')),
  activityId: (event) => wordOf(own(event, 'ActivityId')),
  keywords: (event) => [own(event, 'Keywords'), own(event, 'KeywordsDisplayNames')].flat(),
  hasData: (event) => numberOf(own(event, 'Id')) === 1102 || isNamed(event) || itemsOfMessage(event) !== null,
  moment: momentOf,
  data: (event) =>
    isNamed(event)
      ? namedItems(getWinEvent.provider(event), getWinEvent.eventId(event), valuesIn(event))
      : (itemsOfMessage(event) ?? {}),
  field: itemText,
}

/** `{ "Value": … }` of each; a SID's value is an object with a Value of its own. */
function valuesIn(event: JsonObject): unknown[] {
  const properties = own(event, 'Properties')
  if (!Array.isArray(properties) || !properties.every(isObject)) return []
  return properties.map((property) => {
    const value = own(property, 'Value')
    return isObject(value) ? own(value, 'Value') : value
  })
}

const isNamed = (event: JsonObject) =>
  itemOrder(getWinEvent.provider(event), getWinEvent.eventId(event), valuesIn(event).length) !== undefined

const itemsOfMessage = (event: JsonObject): JsonObject | null =>
  messageItems(getWinEvent.provider(event) ?? '', getWinEvent.eventId(event), textOf(own(event, 'Message')) ?? '')

function momentOf(event: JsonObject): Moment | undefined {
  const written = own(event, 'TimeCreated')
  const text = textOf(written) ?? ''
  if (hasZone(text) || text.includes('/Date(')) return instantOf(text)
  const local = instantInWords(text)
  return local && { local, happened: null, received: null, halfDay: false }
}
