/**
 * Wazuh's alerts.json and archives.json (and their indices): `data.win.system` and `data.win.eventdata`, all names with their
 * first letter in lower case; without its envelope (`archives.log`, a JSON log of the agent) it begins with `win`. Items that are empty or `-` are left out. Of UserData only the items that stand one element deep
 * are kept, in an object of the element's name (`data.win.logFileCleared`). In items of the data each backslash and each quote
 * has a backslash before it that the event has not, the XML's escapes may be kept (`&lt;Task …`), and blanks at the end are gone. The
 * header's user is left out by most versions.
 * `timestamp` is when the manager took it; the event's own time is `systemTime`. `full_log` holds it all once more as text.
 * Source: https://documentation.wazuh.com/current/user-manual/capabilities/log-data-collection/windows.html, Wazuh's decoder
 * (src/analysisd/decoders/winevtchannel.c) and a published record of an archive.
 */
import type { Carrier } from '../carrier.ts'
import { at, inner, isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'
import { unescapeXml } from '../unescape-xml.ts'

export const wazuh: Carrier = {
  name: 'Wazuh',
  fits: (event) => header(event, 'eventID') !== undefined,
  provider: (event) => wordOf(header(event, 'providerName')),
  channel: (event) => textOf(header(event, 'channel')) ?? '',
  eventId: (event) => numberOf(header(event, 'eventID')),
  version: (event) => numberOf(header(event, 'version')),
  computer: (event) => textOf(header(event, 'computer') ?? at(event, 'agent.name')) ?? '',
  recordId: (event) => numberOf(header(event, 'eventRecordID')),
  processId: (event) => numberOf(header(event, 'processID')),
  userSid: (event) => wordOf(header(event, 'securityUserID')),
  activityId: () => null,
  keywords: (event) => [header(event, 'severityValue'), header(event, 'keywords')],
  moment: (event) => instantOf(header(event, 'systemTime')) ?? instantOf(own(event, 'timestamp')),
  data: itemsIn,
  field(name, data) {
    const text = textOf(own(data, name.charAt(0).toLowerCase() + name.slice(1)))
    return text === undefined ? undefined : unescapeXml(withoutSlashes(text))
  },
}

const header = (event: JsonObject, name: string) =>
  at(event, `data.win.system.${name}`) ?? at(event, `win.system.${name}`)

function itemsIn(event: JsonObject): JsonObject {
  const win = inner(event, 'data', 'win') ?? inner(event, 'win')
  if (win === undefined) return dotted(event)
  const items = own(win, 'eventdata')
  if (isObject(items)) return items
  for (const key of Object.keys(win)) {
    const element = win[key]
    if (key !== 'system' && isObject(element)) return element
  }
  return {}
}

/** Exports of the dashboard write each field under one key with dots. */
function dotted(event: JsonObject): JsonObject {
  const items: Record<string, unknown> = {}
  for (const key of Object.keys(event)) {
    const name = /^(?:data\.)?win\.(?!system\.)[^.]+\.(.+)$/.exec(key)?.[1]
    if (name !== undefined) items[name] = event[key]
  }
  return items
}

/** A text with a backslash that stands before none and no quote was never written so, and stays as it is. */
function withoutSlashes(text: string): string {
  if (!text.includes('\\') || /\\(?![\\"])/.test(text.replace(/\\[\\"]/g, ''))) return text
  return text.replace(/\\([\\"])/g, '$1')
}
