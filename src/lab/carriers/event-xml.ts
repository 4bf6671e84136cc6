import { escaped } from '../../model/task-xml/xml-text.ts'
import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { sevenDigits, valueText } from './value-text.ts'
import type { CarrierWriter } from './writer.ts'

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event'
const quoted = (value: string): string => `'${escaped(value).replaceAll("'", '&apos;')}'`

/**
 * Windows' own XML of an event, as `wevtutil qe /f:xml` prints it: single quotes, no line ends but those of the values. Splunk's
 * XmlWinEventLog has the same.
 */
export const eventXmlWriter: CarrierWriter = {
  name: 'event-xml',
  line: (event) => `<Event xmlns=${quoted(NAMESPACE)}>${system(event)}${body(event)}</Event>`,
}

function system(event: LabEvent): string {
  const qualifiers = event.qualifiers === null ? '' : ` Qualifiers='${event.qualifiers}'`
  const activity = event.activityId === null ? '' : ` ActivityID=${quoted(event.activityId.toLowerCase())}`
  const user = event.userSid === null ? '' : ` UserID=${quoted(event.userSid)}`
  return (
    `<System><Provider Name=${quoted(event.provider)} Guid=${quoted(event.providerGuid.toLowerCase())}/>` +
    `<EventID${qualifiers}>${event.eventId}</EventID><Version>${event.version}</Version><Level>${event.level}</Level>` +
    `<Task>${event.task}</Task><Opcode>${event.opcode}</Opcode><Keywords>0x${event.keywords.toString(16)}</Keywords>` +
    `<TimeCreated SystemTime=${quoted(sevenDigits(event.time))}/><EventRecordID>${event.recordId}</EventRecordID>` +
    `<Correlation${activity}/><Execution ProcessID='${event.processId}' ThreadID='${event.threadId}'/>` +
    `<Channel>${escaped(event.channel)}</Channel><Computer>${escaped(event.computer)}</Computer><Security${user}/></System>`
  )
}

function body({ body: own }: LabEvent): string {
  const text = (name: string, value: string) =>
    own.kind === 'event-data'
      ? `<Data Name=${quoted(name)}>${escaped(value)}</Data>`
      : `<${name}>${escaped(value)}</${name}>`
  const items = own.fields.map(([name, value]) => text(name, valueText(value))).join('')
  if (own.kind === 'user-data')
    return `<UserData><${own.root} xmlns=${quoted(own.namespace)}>${items}</${own.root}></UserData>`
  return `<EventData${own.name === null ? '' : ` Name=${quoted(own.name)}`}>${items}</EventData>`
}
