import type { Carrier } from '../carrier.ts'
import type { JsonObject } from '../json-object.ts'
import { alloy } from './alloy.ts'
import { cortexXdr, cortexXdrEventLog } from './cortex-xdr.ts'
import { crowdstrikeFalcon } from './crowdstrike-falcon.ts'
import { defenderTables, defenderTimeline } from './defender-tables.ts'
import { ecs } from './ecs.ts'
import { elasticDefend } from './elastic-defend.ts'
import { eventTree } from './event-tree.ts'
import { evtxECmd } from './evtxecmd.ts'
import { fluent } from './fluent.ts'
import { getWinEvent } from './get-winevent.ts'
import { graylog } from './graylog.ts'
import { harfangLab } from './harfanglab.ts'
import { limaCharlie } from './limacharlie.ts'
import { nxlog } from './nxlog.ts'
import { ocsf } from './ocsf.ts'
import { openTelemetry } from './opentelemetry.ts'
import { otrfFlat } from './otrf-flat.ts'
import { sentinelEvent, sentinelSecurityEvent, sentinelWindowsEvent } from './sentinel.ts'
import { sentinelOne } from './sentinelone.ts'
import { snareLine } from './snare.ts'
import { splunkResult } from './splunk-result.ts'
import { tasktrailDump } from './tasktrail-dump.ts'
import { vector } from './vector.ts'
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
  snareLine,
  wazuh,
  openTelemetry,
  sentinelSecurityEvent,
  sentinelEvent,
  sentinelWindowsEvent,
  getWinEvent,
  fluent,
  alloy,
  vector,
  graylog,
  defenderTables,
  defenderTimeline,
  crowdstrikeFalcon,
  elasticDefend,
  sentinelOne,
  limaCharlie,
  harfangLab,
  cortexXdr,
  cortexXdrEventLog,
  ocsf,
]

/** The carrier of an event, `last` asked first; undefined when it is none that is known. */
export function carrierOf(event: JsonObject, last?: Carrier): Carrier | undefined {
  return last?.fits(event) ? last : carriers.find((carrier) => carrier.fits(event))
}
