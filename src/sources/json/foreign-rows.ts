import { at, isObject, type JsonObject, own, textOf } from './json-object.ts'

/** What stands in events of processes, tasks and logs of Windows, however they are written. */
const telling =
  /Microsoft-Windows-|event(?:record)?_?id"|EventCode|"(?:[\w.]{0,60}[._])?(?:task|job)_?name"|schtasks|\\\\Tasks\\\\|TaskContent|cmd_?line"|command_?line"|"process"|Image(?:FileName|Path)?"/i

/** How much of a row is looked at. */
const longest = 64 << 10

/**
 * Whether a row of no form that is known belongs to another table or a service beside, so that nothing is lost with it: it says so, or
 * nothing in it speaks of programs, tasks or events of Windows.
 */
export function isForeign(row: unknown): boolean {
  if (!isObject(row)) return false
  return isOfOtherTable(row) || !telling.test(JSON.stringify(row).slice(0, longest))
}

/** Alerts, mails and the like of Defender, and tables of Sentinel by their own word; the tables that are read are known by then. */
function isOfOtherTable(row: JsonObject): boolean {
  const has = (name: string) => own(row, name) !== undefined
  if (/^AdvancedHunting-/.test(textOf(own(row, 'category')) ?? '')) return true
  if (has('Timestamp') && (has('AlertId') || has('NetworkMessageId') || has('AccountObjectId'))) return true
  if (has('TimeGenerated') && (has('Type') || has('OperationName') || has('AlertName'))) return true
  return isNoLogOfWindows(row)
}

/**
 * What Elastic's agents send beside logs says so, measurements, traces and probes, and what they send of other systems.
 * Source: https://www.elastic.co/docs/reference/ecs/ecs-data_stream, …/ecs-os
 */
function isNoLogOfWindows(row: JsonObject): boolean {
  const system = textOf(at(row, 'host.os.type'))
  if (system !== undefined && /^(?:linux|macos|unix|ios|android)$/i.test(system)) return true
  const type = textOf(at(row, 'data_stream.type'))
  if (type !== undefined && /^(?:metrics|traces|synthetics|profiling)$/.test(type)) return true
  return isObject(own(row, 'metricset')) || /^(?:metric|heart|packet)beat$/.test(textOf(at(row, 'agent.type')) ?? '')
}
