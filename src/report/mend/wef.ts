import { logsOfProviders, securityLog } from './logs.ts'
import { mendTable } from './mends.ts'
import { saysOf } from './says.ts'
import type { Wanted } from './wanted.ts'
import { xmlComment, xmlText } from './xml.ts'

/** An event that is read. */
export interface ReadEvent {
  readonly provider: string
  readonly eventId: number
}

/** A query of Windows' event log takes no more than about twenty conditions. */
const mostConditions = 20

/**
 * A source-initiated subscription with exactly the logs and events that are read: all of them, or those of the logs where something is
 * lacking. Source: Microsoft's “Setting up a Source Initiated Subscription” and reference of `wecutil`.
 */
export function* mendByForwarding({ mends }: Wanted, events: readonly ReadEvent[]): Iterable<string> {
  const lacking = new Set(mends.flatMap(({ id }) => mendTable[id].logs))
  const isWhole = mends.some(({ id }) => id === 'host-forwarding' || id === 'log-size')
  const byLog = [...eventsByLog(events)].filter(([log]) => isWhole || lacking.has(log))
  const concerned = mends.filter(
    ({ id }) => mendTable[id].logs.length > 0 || id === 'host-forwarding' || id === 'log-size',
  )
  if (byLog.length === 0) {
    yield xmlComment('nothing that forwarding would bring is lacking')
    return
  }
  yield xmlComment('Subscription of Windows Event Forwarding with the events that tasktrail reads.')
  yield xmlComment('On the collector: wecutil qc, then wecutil cs FILE. Undo: wecutil ds tasktrail.')
  yield xmlComment(
    'On the sources: policy Administrative Templates\\Windows Components\\Event Forwarding\\Configure target Subscription Manager (Server=http://COLLECTOR:5985/wsman/SubscriptionManager/WEC,Refresh=60), service WinRM running, NETWORK SERVICE a member of Event Log Readers.',
  )
  yield xmlComment('What is not recorded on the source is not forwarded either: the other forms of mend switch it on.')
  for (const one of concerned) for (const line of saysOf(one)) yield xmlComment(line)
  yield '<Subscription xmlns="http://schemas.microsoft.com/2006/03/windows/events/subscription">\n'
  yield '  <SubscriptionId>tasktrail</SubscriptionId>\n  <SubscriptionType>SourceInitiated</SubscriptionType>\n'
  yield '  <Description>Events that tasktrail reads</Description>\n  <Enabled>true</Enabled>\n'
  yield '  <Uri>http://schemas.microsoft.com/wbem/wsman/1/windows/EventLog</Uri>\n'
  yield '  <ConfigurationMode>MinLatency</ConfigurationMode>\n'
  yield '  <Query><![CDATA[\n    <QueryList>\n'
  let id = 0
  for (const [log, ids] of byLog) yield* queryOf(id++, log, ids)
  yield '    </QueryList>\n  ]]></Query>\n'
  yield '  <ReadExistingEvents>true</ReadExistingEvents>\n  <TransportName>http</TransportName>\n'
  yield '  <ContentFormat>Events</ContentFormat>\n  <Locale Language="en-US"/>\n  <LogFile>ForwardedEvents</LogFile>\n'
  yield '  <AllowedSourceNonDomainComputers></AllowedSourceNonDomainComputers>\n'
  yield '  <AllowedSourceDomainComputers>O:NSG:NSD:(A;;GA;;;DC)(A;;GA;;;NS)</AllowedSourceDomainComputers>\n</Subscription>\n'
}

/** Conditions by log, one for each provider, since other providers write other events of the same ids into the same log. */
function eventsByLog(events: readonly ReadEvent[]): Map<string, ReadEvent[]> {
  const byLog = new Map<string, ReadEvent[]>()
  for (const event of events) {
    const own = logsOfProviders[event.provider]
    if (own === undefined) continue
    const log = own === securityLog && event.eventId === 104 ? 'System' : own
    byLog.set(log, [...(byLog.get(log) ?? []), event])
  }
  return byLog
}

function* queryOf(id: number, log: string, events: readonly ReadEvent[]): Iterable<string> {
  yield `      <Query Id="${id}" Path="${log}">\n`
  for (const [provider, own] of Map.groupBy(events, (event) => event.provider)) {
    const conditions = conditionsOf([...new Set(own.map(({ eventId }) => eventId))].sort((a, b) => a - b))
    for (let at = 0; at < conditions.length; at += mostConditions / 2) {
      const some = conditions.slice(at, at + mostConditions / 2).join(' or ')
      yield `        <Select Path="${log}">*[System[Provider[@Name='${provider}'] and (${xmlText(some)})]]</Select>\n`
    }
  }
  yield '      </Query>\n'
}

/** Ids in a row as one condition. */
function conditionsOf(ids: readonly number[]): string[] {
  const runs: [number, number][] = []
  for (const id of ids) {
    const run = runs.at(-1)
    if (run && run[1] === id - 1) run[1] = id
    else runs.push([id, id])
  }
  return runs.flatMap(([from, to]) => {
    if (to - from > 1) return [`(EventID>=${from} and EventID<=${to})`]
    return from === to ? [`EventID=${from}`] : [`EventID=${from}`, `EventID=${to}`]
  })
}
