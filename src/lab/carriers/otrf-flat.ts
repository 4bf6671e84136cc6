import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { valueText } from './value-text.ts'
import { type CarrierWriter, itemsBy } from './writer.ts'

/** Minutes from UTC of the exporting host. */
const zone = -420

/** OTRF's export script: one channel after the other, a clock of twelve hours marked Z, no record ids. */
export const otrfFlatWriter: CarrierWriter = {
  name: 'otrf-flat',
  hours: 8,
  line(event) {
    const time = twelveHours(event)
    return JSON.stringify({
      SourceName: event.provider,
      ProviderGuid: event.providerGuid,
      Level: String(event.level),
      Keywords: `0x${event.keywords.toString(16)}`,
      Channel: event.channel,
      Hostname: event.computer,
      TimeCreated: time,
      '@timestamp': time,
      EventID: event.eventId,
      Message: 'An event.',
      Task: String(event.task),
      ...(event.body.kind === 'event-data' ? itemsBy(event, (value) => valueText(value) || null) : {}),
    })
  },
  order: (events) =>
    [...Map.groupBy(events, ({ channel }) => channel)].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, own]) => own),
}

/** `hh` instead of `HH` in the script's format. */
function twelveHours({ time }: LabEvent): string {
  const local = new Date(time.time + zone * 60_000)
  const hours = local.getUTCHours() % 12 || 12
  return local.toISOString().replace(/T\d\d/, `T${String(hours).padStart(2, '0')}`)
}
