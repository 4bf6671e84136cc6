import type { Carrier } from '../carrier.ts'
import type { JsonObject } from '../json-object.ts'
import { ecs } from './ecs.ts'
import { eventTree } from './event-tree.ts'
import { evtxECmd } from './evtxecmd.ts'
import { nxlog } from './nxlog.ts'
import { openTelemetry } from './opentelemetry.ts'
import { otrfFlat } from './otrf-flat.ts'
import { splunkResult } from './splunk-result.ts'
import { tasktrailDump } from './tasktrail-dump.ts'
import { velociraptorRows } from './velociraptor-rows.ts'
import { wazuh } from './wazuh.ts'
import { winlogbeat6 } from './winlogbeat-6.ts'

/** Every carrier; an event fits one of them at most. */
export const carriers: readonly Carrier[] = [
  ecs,
  nxlog,
  eventTree,
  tasktrailDump,
  evtxECmd,
  winlogbeat6,
  otrfFlat,
  velociraptorRows,
  splunkResult,
  wazuh,
  openTelemetry,
]

/** The carrier of an event, `last` asked first; undefined when it is none that is known. */
export function carrierOf(event: JsonObject, last?: Carrier): Carrier | undefined {
  return last?.fits(event) ? last : carriers.find((carrier) => carrier.fits(event))
}
