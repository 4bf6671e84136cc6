/**
 * Winlogbeat 7 and later, Elastic Agent (ECS): the event's items below `winlog`, its data in `winlog.event_data` or
 * `winlog.user_data`. Ingest pipelines of Elastic's modules *move* items of Sysmon, PowerShell, 4624, 4688 and 4689 out of
 * event_data into ECS fields and drop what is empty; they are looked for there too. `host.name` is the event's computer only
 * where the beat runs on it. Ids are texts or numbers.
 * Sources: https://www.elastic.co/docs/reference/beats/winlogbeat/exported-fields-winlog and the pipelines in
 * github.com/elastic/beats, x-pack/winlogbeat/module/{sysmon,powershell,security}/ingest.
 */
import type { Carrier } from '../carrier.ts'
import { itemsOf } from '../event-data.ts'
import { at, isObject, isPlaceholder, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf, type Moment } from '../moment.ts'
import { sysmonTime } from '../sysmon-time.ts'
import { instantInWords } from '../written-time.ts'

export const ecs: Carrier = {
  name: 'Winlogbeat 7+ or Elastic Agent (ECS)',
  fits: (event) =>
    at(event, 'winlog.event_id') !== undefined ||
    (at(event, 'event.code') !== undefined && at(event, 'winlog.channel') !== undefined),
  provider: (event) => wordOf(at(event, 'winlog.provider_name') ?? at(event, 'event.provider')),
  channel: (event) => textOf(at(event, 'winlog.channel')) ?? '',
  eventId: (event) => eventIdOf(event),
  version: (event) => numberOf(at(event, 'winlog.version')),
  computer: (event) => textOf(at(event, 'winlog.computer_name') ?? at(event, 'host.name')) ?? '',
  recordId: (event) => numberOf(at(event, 'winlog.record_id')),
  processId: (event) => numberOf(at(event, 'winlog.process.pid')),
  userSid: (event) => wordOf(at(event, 'winlog.user.identifier')),
  activityId: (event) => wordOf(at(event, 'winlog.activity_id')),
  keywords: (event) => [at(event, 'winlog.keywords'), at(event, 'event.outcome')].flat(),
  moment: momentOf,
  arrived: (event) => instantOf(at(event, 'event.ingested')),
  data: (event) => itemsOf(at(event, 'winlog.event_data') ?? dotted(event), at(event, 'winlog.user_data')),
  field(name, data, event) {
    const kept = textOf(own(data, name))
    if (!isPlaceholder(kept)) return kept
    const place = movedItem(name, event)
    const moved = typeof place === 'function' ? place(event) : place && textOf(at(event, place))
    return moved === undefined || (kept !== undefined && isPlaceholder(moved)) ? kept : moved
  },
}

/** Kibana's table writes `@timestamp` in its reader's zone and words. */
function momentOf(event: JsonObject): Moment | undefined {
  const exact = instantOf(at(event, 'winlog.time_created'))
  if (exact !== undefined) return exact
  const written = textOf(own(event, '@timestamp'))
  const plain = instantOf(written)
  if (plain !== undefined) return plain
  const local = instantInWords(written)
  const utcTime = textOf(at(event, 'winlog.event_data.UtcTime'))
  return (
    local && {
      local,
      happened: sysmonTime(ecs.provider(event), eventIdOf(event), utcTime),
      received: null,
      halfDay: false,
    }
  )
}

function eventIdOf(event: JsonObject): number {
  return numberOf(at(event, 'winlog.event_id') ?? at(event, 'event.code'))
}

/** Exports that write every field under one key with dots (`winlog.event_data.TaskName`). */
function dotted(event: JsonObject): JsonObject | undefined {
  const prefix = 'winlog.event_data.'
  let items: Record<string, unknown> | undefined
  for (const key of Object.keys(event)) {
    if (!key.startsWith(prefix)) continue
    items ??= {}
    items[key.slice(prefix.length)] = event[key]
  }
  return items
}

type Place = string | ((event: JsonObject) => string | undefined)

const sysmonPlaces: Readonly<Record<string, Place>> = {
  ProcessGuid: 'process.entity_id',
  ProcessId: 'process.pid',
  Image: 'process.executable',
  CommandLine: 'process.command_line',
  CurrentDirectory: 'process.working_directory',
  OriginalFileName: 'process.pe.original_file_name',
  ParentProcessGuid: 'process.parent.entity_id',
  ParentProcessId: 'process.parent.pid',
  ParentImage: 'process.parent.executable',
  ParentCommandLine: 'process.parent.command_line',
  User: userOf,
  TargetFilename: 'file.path',
  ImageLoaded: 'file.path',
  PipeName: 'file.name',
  Hashes: hashesOf,
  Signature: 'file.code_signature.subject_name',
  SignatureStatus: 'file.code_signature.status',
  Signed: 'file.code_signature.signed',
  TargetObject: 'registry.path',
  Details: registryDetails,
  Protocol: 'network.transport',
  Initiated: (event) =>
    ({ egress: 'true', outbound: 'true', ingress: 'false', inbound: 'false' })[
      textOf(at(event, 'network.direction')) ?? ''
    ],
  SourceIp: 'source.ip',
  SourcePort: 'source.port',
  DestinationIp: 'destination.ip',
  DestinationPort: 'destination.port',
  DestinationHostname: 'destination.domain',
}
/** What of Sysmon's items an event's file has: of 1 the program's, of 6, 7 and 15 the file's. */
const fileOf = (event: JsonObject): 'process' | 'file' => (eventIdOf(event) === 1 ? 'process' : 'file')

/** Sysmon's own form again. */
function hashesOf(event: JsonObject): string | undefined {
  const from = fileOf(event)
  const hashes = ['md5', 'sha1', 'sha256', 'imphash'].flatMap((name) => {
    const value = textOf(
      at(event, `${from}.hash.${name}`) ?? (name === 'imphash' ? at(event, `${from}.pe.imphash`) : undefined),
    )
    return value ? [`${name.toUpperCase()}=${value}`] : []
  })
  return hashes.length === 0 ? undefined : hashes.join(',')
}

const powershellPlaces: Readonly<Record<string, Place>> = {
  ScriptBlockText: 'powershell.file.script_block_text',
  ScriptBlockId: 'powershell.file.script_block_id',
  MessageNumber: 'powershell.sequence',
  MessageTotal: 'powershell.total',
  Path: 'file.path',
  Payload: invocationDetails,
  ContextInfo: (event) => `Script Name = ${textOf(at(event, 'file.path')) ?? ''}`,
}
const securityPlaces: Readonly<Record<number, Readonly<Record<string, Place>>>> = {
  4688: {
    NewProcessId: 'process.pid',
    NewProcessName: 'process.executable',
    CommandLine: 'process.command_line',
    ProcessId: 'process.parent.pid',
    ParentProcessName: 'process.parent.executable',
  },
  4689: { ProcessId: 'process.pid', ProcessName: 'process.executable' },
  4624: { IpAddress: 'source.ip', IpPort: 'source.port', WorkstationName: 'source.domain' },
  5140: { IpAddress: 'source.ip' },
  5145: { IpAddress: 'source.ip' },
}

function movedItem(name: string, event: JsonObject): Place | undefined {
  const provider = textOf(at(event, 'winlog.provider_name') ?? at(event, 'event.provider'))
  const places =
    provider === 'Microsoft-Windows-Sysmon'
      ? sysmonPlaces
      : provider === 'Microsoft-Windows-PowerShell' || provider === 'PowerShellCore'
        ? powershellPlaces
        : provider === 'Microsoft-Windows-Security-Auditing'
          ? securityPlaces[eventIdOf(event)]
          : undefined
  return places && Object.hasOwn(places, name) ? places[name] : undefined
}

function userOf(event: JsonObject): string | undefined {
  const name = textOf(at(event, 'user.name'))
  const domain = textOf(at(event, 'user.domain'))
  return name === undefined || domain === undefined ? name : `${domain}\\${name}`
}

/** The pipeline writes a DWORD as a decimal number; Sysmon's own form is `DWORD (0x00000001)`. */
function registryDetails(event: JsonObject): string | undefined {
  const text = textOf(at(event, 'registry.data.strings'))
  if (text === undefined || at(event, 'registry.data.type') !== 'SZ_DWORD') return text
  return `DWORD (0x${Number(text).toString(16).padStart(8, '0')})`
}

/** 4103's Payload, put together again from the parts into which the pipeline takes it. */
function invocationDetails(event: JsonObject): string | undefined {
  const details = at(event, 'powershell.command.invocation_details')
  if (!Array.isArray(details)) return undefined
  return details
    .filter(isObject)
    .map((detail) => {
      const [type, command, name, value] = ['type', 'related_command', 'name', 'value'].map((key) =>
        textOf(own(detail, key)),
      )
      if (type === undefined) return value ?? ''
      return `${type}(${command ?? ''}): ${name === undefined ? '' : `name=${name}; value=`}${value ?? ''}`
    })
    .join('\r\n')
}
