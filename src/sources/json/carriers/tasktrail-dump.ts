/** Lines of `tasktrail dump`. Source: src/decode/evtx/json-tree.ts. */
import type { Carrier } from '../carrier.ts'
import { itemsOf, itemText } from '../event-data.ts'
import { numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'

export const tasktrailDump: Carrier = {
  name: 'tasktrail dump',
  fits: (event) =>
    own(event, 'recordId') !== undefined && own(event, 'eventId') !== undefined && own(event, 'provider') !== undefined,
  provider: (event) => wordOf(own(event, 'provider')),
  channel: (event) => textOf(own(event, 'channel')) ?? '',
  eventId: (event) => numberOf(own(event, 'eventId')),
  version: (event) => numberOf(own(event, 'version')),
  computer: (event) => textOf(own(event, 'computer')) ?? '',
  recordId: (event) => numberOf(own(event, 'recordId')),
  processId: (event) => numberOf(own(event, 'processId')),
  userSid: (event) => wordOf(own(event, 'userSid')),
  activityId: (event) => wordOf(own(event, 'activityId')),
  keywords: (event) => own(event, 'keywords'),
  moment: (event) => instantOf(own(event, 'time')),
  data: (event) => itemsOf(own(event, 'data'), own(event, 'userData')),
  field: itemText,
}
