import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { milliseconds, valueText } from './value-text.ts'
import { type CarrierWriter, itemsBy } from './writer.ts'

/** Winlogbeat 8 without its ingest pipelines. */
export const winlogbeat8Writer: CarrierWriter = {
  name: 'winlogbeat-8',
  line: (event) => JSON.stringify(document(event)),
}

function document(event: LabEvent) {
  const body = itemsBy(event, valueText)
  return {
    '@timestamp': milliseconds(event.time),
    ecs: { version: '8.0.0' },
    event: { code: String(event.eventId), kind: 'event', provider: event.provider },
    host: { name: event.computer },
    agent: { type: 'winlogbeat', version: '8.17.0' },
    winlog: {
      api: 'wineventlog',
      channel: event.channel,
      computer_name: event.computer,
      event_id: String(event.eventId),
      process: { pid: event.processId, thread: { id: event.threadId } },
      provider_guid: event.providerGuid,
      provider_name: event.provider,
      record_id: event.recordId,
      version: event.version,
      ...(event.activityId === null ? {} : { activity_id: event.activityId }),
      ...(event.userSid === null ? {} : { user: { identifier: event.userSid } }),
      ...(event.body.kind === 'event-data'
        ? { event_data: body }
        : { user_data: { ...body, xml_name: event.body.root } }),
    },
  }
}

type Fields = { [key: string]: unknown }

/** Where the pipelines of Elastic's modules put what they take out of event_data. */
const moved: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Microsoft-Windows-Sysmon': {
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
    TargetFilename: 'file.path',
    ImageLoaded: 'file.path',
    PipeName: 'file.name',
    TargetObject: 'registry.path',
    Protocol: 'network.transport',
    SourceIp: 'source.ip',
    SourcePort: 'source.port',
    DestinationIp: 'destination.ip',
    DestinationPort: 'destination.port',
    DestinationHostname: 'destination.domain',
  },
  'Microsoft-Windows-PowerShell': {
    ScriptBlockText: 'powershell.file.script_block_text',
    ScriptBlockId: 'powershell.file.script_block_id',
    MessageNumber: 'powershell.sequence',
    MessageTotal: 'powershell.total',
    Path: 'file.path',
  },
  'Microsoft-Windows-Security-Auditing 4688': {
    NewProcessId: 'process.pid',
    NewProcessName: 'process.executable',
    ParentProcessName: 'process.parent.executable',
  },
}
const numbers = /(?:\.pid|\.port|powershell\.sequence|powershell\.total)$/

/** Elastic Agent's or Winlogbeat 8's documents after the ingest pipelines of the sysmon, powershell and security modules. */
export const elasticPipelineWriter: CarrierWriter = {
  name: 'elastic-pipelines',
  line(event) {
    const { winlog, ...rest } = document(event)
    const fields: Fields = rest
    const items: Record<string, string> = { ...('event_data' in winlog ? winlog.event_data : {}) }
    const places = moved[event.provider] ?? moved[`${event.provider} ${event.eventId}`] ?? {}
    for (const [name, value] of Object.entries(items)) {
      if (value === '' || value === '-') delete items[name]
      const place = places[name]
      if (place === undefined || items[name] === undefined) continue
      put(fields, place, numbers.test(place) ? Number(value) : value)
      delete items[name]
    }
    if (event.provider === 'Microsoft-Windows-Sysmon') restOfSysmon(fields, items, event.eventId)
    return JSON.stringify({
      ...fields,
      winlog: { ...winlog, ...(event.body.kind === 'event-data' ? { event_data: items } : {}) },
    })
  },
}

function restOfSysmon(fields: Fields, items: Record<string, string>, eventId: number): void {
  for (const [name, value] of (items.Hashes ?? '').split(',').map((one) => one.split('='))) {
    const from = eventId === 1 ? 'process' : 'file'
    if (name && value)
      put(fields, name === 'IMPHASH' ? `${from}.pe.imphash` : `${from}.hash.${name.toLowerCase()}`, value)
  }
  const [domain, name] = items.User?.split('\\') ?? []
  if (name !== undefined) put(fields, 'user.name', name)
  if (domain !== undefined) put(fields, 'user.domain', domain)
  const number = /^DWORD \((0x[\da-f]{8})\)$/i.exec(items.Details ?? '')?.[1]
  if (items.Details !== undefined) {
    put(fields, 'registry.data.strings', [number === undefined ? items.Details : String(Number(number))])
    put(fields, 'registry.data.type', number === undefined ? 'REG_SZ' : 'SZ_DWORD')
  }
  if (items.Initiated !== undefined) put(fields, 'network.direction', items.Initiated === 'true' ? 'egress' : 'ingress')
  for (const key of [
    'User',
    'Details',
    'Initiated',
    'UtcTime',
    'Hashes',
    'RuleName',
    'SourceIsIpv6',
    'DestinationIsIpv6',
  ])
    delete items[key]
}

function put(fields: Fields, place: string, value: unknown): void {
  const keys = place.split('.')
  const last = keys.pop() as string
  let here = fields
  for (const key of keys) {
    here[key] ??= {}
    here = here[key] as Fields
  }
  here[last] = value
}
