import type { Instant } from '../../model/time.ts'
import { valueText } from '../carriers/value-text.ts'
import { itemsBy } from '../carriers/writer.ts'
import type { LabEvent } from '../evtx-writer/lab-event.ts'

/** A process as a sensor knows it: by its id and the moment of its start. */
export interface SeenProcess {
  readonly pid: number
  readonly started: Instant
  readonly image: string
  readonly commandLine: string
}
export interface SeenAccount {
  readonly domain: string
  readonly name: string
  readonly sid: string
  readonly logonId: number
}

interface Seen {
  readonly host: string
  readonly time: Instant
  readonly count: number
}

/** What a sensor on the lab's hosts would have seen, before it is written in a vendor's way. */
export type SensorSight = Seen &
  (
    | {
        readonly kind: 'process'
        readonly process: SeenProcess
        readonly parent: SeenProcess
        readonly account: SeenAccount
        readonly originalFileName: string
        readonly integrity: string
      }
    | { readonly kind: 'process-end'; readonly process: SeenProcess }
    | {
        readonly kind: 'task'
        readonly change: 'created' | 'updated' | 'deleted'
        readonly task: string
        readonly xml: string
        readonly caller: SeenAccount
        /** Null for a caller on another host. */
        readonly client: SeenProcess | null
      }
    | {
        readonly kind: 'logon'
        readonly account: SeenAccount
        readonly type: number
        readonly address: string
        readonly port: string
        readonly workstation: string
      }
    | { readonly kind: 'module' | 'file'; readonly process: SeenProcess; readonly path: string }
    | {
        readonly kind: 'registry'
        readonly process: SeenProcess
        readonly key: string
        readonly value: string
        readonly data: string
      }
  )

const SYSTEM: SeenAccount = { domain: 'NT AUTHORITY', name: 'SYSTEM', sid: 'S-1-5-18', logonId: 0x3e7 }
const integrityOfLabel: Readonly<Record<string, string>> = {
  'S-1-16-8192': 'Medium',
  'S-1-16-12288': 'High',
  'S-1-16-16384': 'System',
}
const changes: Readonly<Record<number, 'created' | 'updated' | 'deleted'>> = {
  4698: 'created',
  4699: 'deleted',
  4702: 'updated',
}

/** Sensors see what Windows' logs show, by other means: the events are only where the lab's hosts keep their story. */
export function sightsOf(events: readonly LabEvent[]): SensorSight[] {
  const byTime = [...events].sort((a, b) => a.time.time - b.time.time || a.time.ticks - b.time.ticks)
  const withSysmon = new Set(byTime.filter(isSysmon).map(({ computer }) => computer))
  const processes = new Processes()
  return byTime.flatMap((event, index) => {
    const seen = { host: event.computer, time: event.time, count: index + 1 }
    const item = itemsBy(event, valueText)
    if (isSysmon(event)) return ofSysmon(seen, event.eventId, item, processes)
    return event.channel === 'Security' ? ofAudit(seen, event.eventId, item, processes, withSysmon) : []
  })
}

const isSysmon = ({ provider }: LabEvent) => provider === 'Microsoft-Windows-Sysmon'

/** Who holds which process id on which host. */
class Processes {
  readonly #byPid = new Map<string, SeenProcess>()

  start(host: string, process: SeenProcess): SeenProcess {
    this.#byPid.set(`${host} ${process.pid}`, process)
    return process
  }

  /** A process that was there before everything that was seen has a start before that, too. */
  find(host: string, pid: number, image: string, commandLine = ''): SeenProcess {
    const known = this.#byPid.get(`${host} ${pid}`)
    if (known) return known
    return this.start(host, { pid, started: { time: Date.UTC(2026, 2, 1), ticks: 0 }, image, commandLine })
  }
}

type Items = Readonly<Record<string, string>>
const text = (item: Items, name: string) => item[name] ?? ''

function ofSysmon(seen: Seen, eventId: number, item: Items, processes: Processes): SensorSight[] {
  const { host } = seen
  const own = () => processes.find(host, Number(item.ProcessId), text(item, 'Image'))
  switch (eventId) {
    case 1: {
      const parent = processes.find(
        host,
        Number(item.ParentProcessId),
        text(item, 'ParentImage'),
        text(item, 'ParentCommandLine'),
      )
      const [domain = '', name = ''] = text(item, 'User').split('\\')
      const logonId = Number(item.LogonId)
      const sid = logonId === SYSTEM.logonId ? SYSTEM.sid : ''
      const process = processes.start(host, {
        pid: Number(item.ProcessId),
        started: seen.time,
        image: text(item, 'Image'),
        commandLine: text(item, 'CommandLine'),
      })
      const account = { domain, name, sid, logonId }
      const integrity = text(item, 'IntegrityLevel')
      return [
        {
          ...seen,
          kind: 'process',
          process,
          parent,
          account,
          integrity,
          originalFileName: text(item, 'OriginalFileName'),
        },
      ]
    }
    case 5:
      return [{ ...seen, kind: 'process-end', process: own() }]
    case 7:
      return [{ ...seen, kind: 'module', process: own(), path: text(item, 'ImageLoaded') }]
    case 11:
      return [{ ...seen, kind: 'file', process: own(), path: text(item, 'TargetFilename') }]
    case 13: {
      const target = text(item, 'TargetObject')
      const end = target.lastIndexOf('\\')
      const [key, value] = [target.slice(0, end), target.slice(end + 1)]
      return [{ ...seen, kind: 'registry', process: own(), key, value, data: text(item, 'Details') }]
    }
    default:
      return []
  }
}

function ofAudit(
  seen: Seen,
  eventId: number,
  item: Items,
  processes: Processes,
  withSysmon: ReadonlySet<string>,
): SensorSight[] {
  const { host } = seen
  const account = (side: 'Subject' | 'Target'): SeenAccount => ({
    domain: text(item, `${side}DomainName`),
    name: text(item, `${side}UserName`),
    sid: text(item, `${side}UserSid`),
    logonId: Number(item[`${side}LogonId`]),
  })
  if (eventId === 4624) {
    const [type, address, port] = [Number(item.LogonType), text(item, 'IpAddress'), text(item, 'IpPort')]
    return [
      {
        ...seen,
        kind: 'logon',
        account: account('Target'),
        type,
        address,
        port,
        workstation: text(item, 'WorkstationName'),
      },
    ]
  }
  const change = changes[eventId]
  if (change !== undefined) {
    const pid = Number(item.ClientProcessId)
    return [
      {
        ...seen,
        kind: 'task',
        change,
        task: text(item, 'TaskName'),
        xml: item.TaskContentNew ?? text(item, 'TaskContent'),
        caller: account('Subject'),
        client: pid === 0 ? null : processes.find(host, pid, ''),
      },
    ]
  }
  if (withSysmon.has(host)) return []
  if (eventId === 4689) {
    return [
      {
        ...seen,
        kind: 'process-end',
        process: processes.find(host, Number(item.ProcessId), text(item, 'ProcessName')),
      },
    ]
  }
  if (eventId !== 4688) return []
  const parent = processes.find(host, Number(item.ProcessId), text(item, 'ParentProcessName'))
  const process = processes.start(host, {
    pid: Number(item.NewProcessId),
    started: seen.time,
    image: text(item, 'NewProcessName'),
    commandLine: text(item, 'CommandLine'),
  })
  const own = Number(item.TargetLogonId) === 0 ? account('Subject') : account('Target')
  const integrity = integrityOfLabel[text(item, 'MandatoryLabel')] ?? 'Medium'
  return [
    {
      ...seen,
      kind: 'process',
      process,
      parent,
      account: own.logonId === SYSTEM.logonId ? SYSTEM : own,
      integrity,
      originalFileName: '',
    },
  ]
}
