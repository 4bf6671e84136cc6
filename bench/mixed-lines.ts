import type { CarrierWriter } from '../src/lab/carriers/index.ts'
import type { LabEvent } from '../src/lab/evtx-writer/lab-event.ts'

/** What Windows says of what fills the logs of every host: a filtered connection. */
const message =
  'The Windows Filtering Platform has permitted a connection.\n\nApplication Information:\n\tProcess ID:\t\t4\n\tApplication Name:\tSystem\n\nNetwork Information:\n\tDirection:\t\tInbound\n\tSource Address:\t\t10.1.2.3\n\tSource Port:\t\t445\n\tDestination Address:\t10.1.2.4\n\tDestination Port:\t\t50123\n\tProtocol:\t\t6\n\nFilter Information:\n\tFilter Run-Time ID:\t66551\n\tLayer Name:\t\tReceive/Accept\n\tLayer Run-Time ID:\t44'

/** So many documents of Winlogbeat, of which this share in hundredths is read by somebody; the others are of events that nobody reads. */
export function mixedLines(
  events: readonly LabEvent[],
  writer: CarrierWriter,
  documents: number,
  share: number,
): string[] {
  const nobodyReads = (event: LabEvent, id: number): string => {
    const document = JSON.parse(writer.line(event))
    document.winlog.event_id = id
    document.event.code = String(id)
    document.winlog.provider_name = 'Microsoft-Windows-Security-Auditing'
    document.winlog.channel = 'Security'
    document.message = message
    return JSON.stringify(document)
  }
  return Array.from({ length: documents }, (_, i) => {
    const event = events[(i * 7) % events.length] as LabEvent
    const isRead = ((i * share) % 100) + share >= 100
    return isRead ? writer.line(event) : nobodyReads(event, i % 2 === 0 ? 5156 : 4658)
  })
}
