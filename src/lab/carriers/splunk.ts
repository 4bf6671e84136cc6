import { nxlogWriter } from './nxlog.ts'
import { sevenDigits, valueText } from './value-text.ts'
import { type CarrierWriter, itemsBy } from './writer.ts'

/** Splunk's export of what XmlWinEventLog's extractions give: fields, and `_raw` left out. */
export const splunkFieldsWriter: CarrierWriter = {
  name: 'splunk-fields',
  line: (event) =>
    JSON.stringify({
      preview: false,
      result: {
        _time: sevenDigits(event.time).slice(0, 23).concat('+00:00'),
        sourcetype: 'XmlWinEventLog',
        source: `XmlWinEventLog:${event.channel}`,
        host: event.computer.split('.')[0],
        Computer: event.computer,
        Name: `'${event.provider}'`,
        EventCode: String(event.eventId),
        EventID: String(event.eventId),
        EventRecordID: String(event.recordId),
        SystemTime: `'${sevenDigits(event.time)}'`,
        ...itemsBy(event, valueText),
        ...(event.eventId === 129 ? {} : { ProcessID: `'${event.processId}'` }),
      },
    }),
}

/** Splunk's export of JSON that a shipper had sent: `_raw` is the shipper's line. */
export const splunkRawWriter: CarrierWriter = {
  name: 'splunk-raw',
  line(event) {
    return JSON.stringify({
      preview: false,
      offset: event.recordId,
      result: { _time: '1', host: 'indexer', _raw: nxlogWriter.line(event) },
    })
  },
}
