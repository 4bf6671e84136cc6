/**
 * Splunk's classic text of a Windows event (sourcetype WinEventLog, `renderXml = 0`): a line with the local time, lines
 * `Name=value`, and last `Message=` with the message, which goes on to the end of the text.
 * Source: https://docs.splunk.com/Documentation/Splunk/latest/Data/MonitorWindowseventlogdata
 */
import type { JsonObject } from '../json-object.ts'
import type { TextForm } from './text-form.ts'

/** How an event begins: `08/28/2024 05:47:12 AM`, with or without milliseconds, and the first of its lines. */
export const classicStart =
  /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d(?:\.\d{1,3})? [AP]M\r?\n(?:LogName|EventCode|SourceName|EventType)=/

/** Real events have a dozen lines before the message. */
const mostLines = 64

export const splunkClassic: TextForm = {
  name: 'Splunk WinEventLog text',
  fits: (text) => classicStart.test(text),
  inside(text, around) {
    const event: Record<string, unknown> = {}
    // What Splunk found out itself: it knows the zone, and the collector.
    for (const name of ['_time', 'host', 'source', 'sourcetype'])
      if (around?.[name] !== undefined) event[name] = around[name]
    // what is sent to the HTTP Event Collector has it in seconds, as a number or a text
    const sent = around?.event === undefined ? Number.NaN : Number(around.time ?? Number.NaN)
    if (event._time === undefined && Number.isFinite(sent)) event._time = sent
    event.sourcetype ??= 'WinEventLog'
    let at = text.indexOf('\n') + 1
    event.LocalTime = text.slice(0, at).trim()
    for (let lines = 0; at < text.length && lines < mostLines; lines++) {
      const lineEnd = text.indexOf('\n', at)
      const end = lineEnd === -1 ? text.length : lineEnd
      const sign = text.indexOf('=', at)
      if (sign === -1 || sign > end) break
      const name = text.slice(at, sign).trim()
      if (name === 'Message') {
        event.Message = text.slice(sign + 1).trimEnd()
        break
      }
      event[name] ??= text.slice(sign + 1, end).trim()
      at = end + 1
    }
    return event satisfies JsonObject
  },
}
