import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { alloyWriter } from './alloy.ts'
import { elasticPipelineWriter, winlogbeat8Writer } from './ecs.ts'
import { evtxDumpWriter, evtxECmdWriter, velociraptorRowsWriter, velociraptorWriter } from './event-tree.ts'
import { eventXmlWriter } from './event-xml.ts'
import { graylogWriter } from './graylog.ts'
import { nxlogWriter, oldNxlogWriter } from './nxlog.ts'
import { openTelemetryWriter, otlpWriter } from './opentelemetry.ts'
import { otrfFlatWriter } from './otrf-flat.ts'
import { splunkFieldsWriter, splunkRawWriter } from './splunk.ts'
import { vectorWriter } from './vector.ts'
import { wazuhWriter } from './wazuh.ts'
import { winlogbeat6Writer } from './winlogbeat-6.ts'
import type { CarrierWriter } from './writer.ts'

export type { CarrierWriter } from './writer.ts'

/** One writer for each form in which events are carried as JSON. */
export const carrierWriters: readonly CarrierWriter[] = [
  nxlogWriter,
  oldNxlogWriter,
  winlogbeat6Writer,
  winlogbeat8Writer,
  elasticPipelineWriter,
  otrfFlatWriter,
  evtxDumpWriter,
  evtxECmdWriter,
  velociraptorWriter,
  velociraptorRowsWriter,
  splunkFieldsWriter,
  splunkRawWriter,
  wazuhWriter,
  openTelemetryWriter,
  otlpWriter,
  alloyWriter,
  vectorWriter,
  graylogWriter,
]

/** Those, and Windows' own XML. */
export const everyWriter: readonly CarrierWriter[] = [...carrierWriters, eventXmlWriter]

/** Events as files of that carrier: one, or as many as it takes for its clock to be read. */
export function carrierFiles(writer: CarrierWriter, events: readonly LabEvent[]): string[] {
  const byTime = [...events].sort((a, b) => a.time.time - b.time.time || a.time.ticks - b.time.ticks)
  const files: LabEvent[][] = []
  for (const event of byTime) {
    const first = files.at(-1)?.[0]
    const begins =
      first === undefined || event.time.time - first.time.time > (writer.hours ?? Number.POSITIVE_INFINITY) * 3_600_000
    if (begins) files.push([event])
    else files.at(-1)?.push(event)
  }
  return files.map((file) => (writer.order?.(file) ?? file).map((event) => `${writer.line(event)}\n`).join(''))
}
