/**
 * Rows of Velociraptor's event log artifacts (Windows.EventLogs.EvtxHunter and its kin): the items of System that matter are
 * columns, `EventData` and `UserData` are objects.
 * Source: https://docs.velociraptor.app/artifact_references/pages/windows.eventlogs.evtxhunter
 */
import type { Carrier } from '../carrier.ts'
import { itemsOf, itemText } from '../event-data.ts'
import { isObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'

export const velociraptorRows: Carrier = {
  name: 'Velociraptor artifact rows',
  fits: (event) =>
    !isObject(own(event, 'System')) &&
    own(event, 'TimeGenerated') === undefined &&
    own(event, 'EventID') !== undefined &&
    own(event, 'Channel') !== undefined &&
    (isObject(own(event, 'EventData')) || isObject(own(event, 'UserData'))),
  provider: (event) => wordOf(own(event, 'Provider')),
  channel: (event) => textOf(own(event, 'Channel')) ?? '',
  eventId: (event) => numberOf(own(event, 'EventID')),
  version: (event) => numberOf(own(event, 'Version')),
  computer: (event) => textOf(own(event, 'Computer')) ?? '',
  recordId: (event) => numberOf(own(event, 'EventRecordID') ?? own(event, 'RecordID')),
  processId: () => 0,
  userSid: (event) => wordOf(own(event, 'UserSID')),
  activityId: () => null,
  keywords: (event) => own(event, 'Keywords'),
  moment: (event) => instantOf(own(event, 'EventTime') ?? own(event, 'TimeCreated') ?? own(event, 'Timestamp')),
  data: (event) => itemsOf(own(event, 'EventData'), own(event, 'UserData')),
  field: itemText,
}
