import { compareInstants, formatInstant } from '../../model/time.ts'
import { techniquesOf } from '../attack.ts'
import { jsonLine } from '../clean.ts'
import { csvLine } from '../csv-line.ts'
import type { ScanResult } from '../result.ts'
import { type ReportOptions, shownOf } from '../shown.ts'
import { type ToldFinding, toldOf } from '../told.ts'
import { type ChainEvent, eventsOf } from './events.ts'
import { brief, plannedOf, runsAsOf } from './gist.ts'

interface OfFinding {
  readonly event: ChainEvent
  readonly told: ToldFinding
}

const columns = [
  'time',
  'host',
  'task',
  'event',
  'action',
  'says',
  'user',
  'from',
  'program',
  'pid',
  'command line',
  'runs as',
  'definition hash',
  'severity',
  'finding',
  'file',
  'channel',
  'event id',
  'record id',
] as const

/** One row an event, in order of time over all hosts. */
export function* timelineCsv(result: ScanResult, options: ReportOptions): Iterable<string> {
  yield csvLine(columns)
  const all: OfFinding[] = []
  for (const told of shownOf(result, options).map(toldOf))
    for (const event of eventsOf(told.chain)) all.push({ event, told })
  all.sort((a, b) => compareInstants(a.event, b.event))
  for (const { event, told } of all) {
    const { chain, score } = told
    const record = event.record?.artifact === undefined ? event.record : null
    yield csvLine([
      formatInstant(event),
      chain.host,
      chain.taskPath,
      event.kind,
      event.action,
      event.says,
      event.user,
      event.address,
      event.image,
      event.pid,
      event.commandLine,
      runsAsOf(chain),
      chain.definitionHash,
      score.severity,
      chain.id,
      event.record && (result.inputs[event.record.source] ?? null),
      record?.channel ?? null,
      record?.eventId ?? null,
      record?.recordId ?? null,
    ])
  }
}

const descriptions: Readonly<Record<ChainEvent['kind'], string>> = {
  change: 'Scheduled Task Changed',
  run: 'Scheduled Task Run',
  process: 'Process Started By Scheduled Task',
  circumstance: 'Event Near Scheduled Task',
}

/**
 * One event a line, as Timesketch imports them: `message`, `datetime`, `timestamp_desc` and whatever else.
 * Source: https://timesketch.org/guides/user/import-from-json-csv/
 */
export function* timesketchLines(result: ScanResult, options: ReportOptions): Iterable<string> {
  for (const scored of shownOf(result, options)) {
    const told = toldOf(scored)
    for (const event of eventsOf(told.chain)) yield `${jsonLine(timesketchEvent({ event, told }, result.inputs))}\n`
  }
}

function timesketchEvent({ event, told }: OfFinding, inputs: readonly string[]): object {
  const { chain, score, verdict } = told
  const { record } = event
  return {
    message: event.says,
    datetime: formatInstant(event).replace(/Z$/, '+00:00'),
    timestamp: event.time * 1000 + Math.floor((event.ticks % 10_000) / 10),
    timestamp_desc: descriptions[event.kind],
    data_type: `tasktrail:${event.kind}`,
    tag: ['tasktrail', score.severity, ...techniquesOf(told)],
    host: chain.host,
    task: chain.taskPath,
    action: event.action,
    user: event.user,
    source_address: event.address,
    program: event.image,
    pid: event.pid,
    command_line: event.commandLine,
    author: chain.change?.actor.user ?? null,
    to_run: plannedOf(chain).map(brief),
    runs_as: runsAsOf(chain),
    definition_hash: chain.definitionHash,
    severity: score.severity,
    bits: score.bits,
    verdict,
    finding: chain.id,
    file: record && (inputs[record.source] ?? null),
    channel: record?.artifact === undefined ? (record?.channel ?? null) : null,
    event_identifier: record?.artifact === undefined ? (record?.eventId ?? null) : null,
    record_number: record?.artifact === undefined ? (record?.recordId ?? null) : null,
  }
}
