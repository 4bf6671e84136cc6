/**
 * The event's own tree: `System`, `EventData`, `UserData`.
 * evtx_dump (Rust crate `evtx`): attributes under `#attributes`, text under `#text`; `EventID` is a number or, with Qualifiers,
 * an object. Velociraptor's parse_evtx: attributes are members, `EventID.Value`, `TimeCreated.SystemTime` in seconds since
 * 1970. golang-evtx: all values are texts. OpenWEC: `TimeCreated` and `UserID` are texts right below `System`.
 * Sources: https://github.com/omerbenamram/evtx (json output); https://docs.velociraptor.app/vql_reference/parsers/parse_evtx;
 * https://github.com/0xrawsec/golang-evtx; https://github.com/cea-sec/openwec/blob/main/doc/formats.md
 */
import type { Carrier } from '../carrier.ts'
import { itemsOf, itemText } from '../event-data.ts'
import { isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'

export const eventTree: Carrier = {
  name: 'event tree (evtx_dump, Velociraptor)',
  fits(event) {
    const system = own(event, 'System')
    return isObject(system) && own(system, 'EventID') !== undefined
  },
  provider: (event) => wordOf(attribute(event, 'Provider', 'Name')),
  channel: (event) => textOf(item(event, 'Channel')) ?? '',
  eventId: (event) => numberOf(item(event, 'EventID')),
  version: (event) => numberOf(item(event, 'Version')),
  computer: (event) => textOf(item(event, 'Computer')) ?? '',
  recordId: (event) => numberOf(item(event, 'EventRecordID')),
  processId: (event) => numberOf(attribute(event, 'Execution', 'ProcessID')),
  userSid: (event) => wordOf(attribute(event, 'Security', 'UserID') ?? item(event, 'UserID')),
  activityId: (event) => wordOf(attribute(event, 'Correlation', 'ActivityID')),
  keywords: (event) => item(event, 'Keywords'),
  moment: (event) => instantOf(attribute(event, 'TimeCreated', 'SystemTime') ?? item(event, 'TimeCreated')),
  data: (event) => itemsOf(own(event, 'EventData'), own(event, 'UserData')),
  field: itemText,
}

function item(event: JsonObject, name: string): unknown {
  const system = own(event, 'System')
  return isObject(system) ? own(system, name) : undefined
}

/** `Execution.ProcessID`, `Execution.#attributes.ProcessID`, or `Execution_attributes.ProcessID` (evtx_dump's other form). */
function attribute(event: JsonObject, element: string, name: string): unknown {
  for (const holder of [item(event, element), item(event, `${element}_attributes`)]) {
    if (!isObject(holder)) continue
    const attributes = own(holder, '#attributes')
    const value = isObject(attributes) ? own(attributes, name) : (own(holder, name) ?? own(holder, `@${name}`))
    if (value !== undefined) return value
  }
  return undefined
}
