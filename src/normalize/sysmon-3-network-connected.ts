/**
 * A TCP connection or UDP exchange: ProcessGuid, ProcessId, Image, User, Protocol, Initiated, SourceIp, SourceHostname,
 * SourcePort, DestinationIp, DestinationHostname, DestinationPort. Logged up to seconds late.
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon (event 3)
 */
import { isOutside } from '../model/address.ts'
import { imageName } from '../model/command-line.ts'
import type { WindowsRecord } from '../model/record.ts'
import { isInProgramFiles, isInWindows } from '../model/windows/location.ts'
import { isAtOthersBidding } from '../model/windows/programs.ts'
import { addressOf, numberOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { events, sysmon } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sysmonProcess } from './sysmon-process.ts'

export const networkConnected: Normalizer = {
  interests: events(sysmon, 3),
  normalize(record) {
    if (!/^tcp$/i.test(record.field('Protocol') ?? '')) return null
    const sourcePort = numberOf(record, 'SourcePort')
    if (sourcePort === null) return unreadable(record, 'SourcePort', 'a port')
    const destinationPort = numberOf(record, 'DestinationPort')
    if (destinationPort === null) return unreadable(record, 'DestinationPort', 'a port')
    const initiated = /^(?:true|1)$/i.test(record.field('Initiated') ?? '')
    const isRpc = mayCarryRpc(initiated, sourcePort, destinationPort)
    if (!isRpc && !(initiated && isOutside(addressOf(record, 'DestinationIp') ?? '') && isTelling(record))) return null

    const process = sysmonProcess(record)
    if (!process) return unreadable(record, 'ProcessGuid', "a process's GUID")
    const sourceAddress = addressOf(record, 'SourceIp')
    if (sourceAddress === null) return unreadable(record, 'SourceIp', 'an address')
    const destinationAddress = addressOf(record, 'DestinationIp')
    if (destinationAddress === null) return unreadable(record, 'DestinationIp', 'an address')
    return {
      ...head(record),
      kind: 'network-connected',
      pid: process.pid,
      guid: process.guid,
      image: process.image,
      user: textOf(record, 'User'),
      initiated,
      sourceAddress,
      sourcePort,
      destinationAddress,
      destinationPort,
      destinationHost: hostOf(record),
    }
  },
}

function hostOf(record: WindowsRecord): string | null {
  return textOf(record, 'DestinationHostname')?.toLowerCase() ?? null
}

/**
 * Whether a connection to outside says something of this program. Installed programs report and update themselves, and so do Windows'
 * own; a shell, a script host and what lies elsewhere need not.
 */
function isTelling(record: WindowsRecord): boolean {
  const image = (record.field('Image') ?? '').toLowerCase()
  if (isInProgramFiles(image)) return false
  return !isInWindows(image) || isAtOthersBidding(imageName(image).replace(/\.exe$/, ''))
}

/**
 * Whether a client or server of the Task Scheduler's RPC may be talking: the endpoint mapper (135), SMB with the atsvc
 * pipe (445), or a dynamic port. Whoever initiates has a dynamic port of its own, so of an outgoing connection only the
 * destination counts. For an incoming one some versions of Sysmon put the server's end first and some last: either end
 * counts, unless one of them is another well-known service.
 * Source: [MS-TSCH] 2.1; https://learn.microsoft.com/troubleshoot/windows-server/networking/default-dynamic-port-range-tcpip-chang
 */
function mayCarryRpc(initiated: boolean, source: number, destination: number): boolean {
  if (initiated) return isRpcPort(destination)
  return (isRpcPort(source) || isRpcPort(destination)) && !isOtherService(source) && !isOtherService(destination)
}

function isRpcPort(port: number): boolean {
  return port === 135 || port === 445 || port >= 49_152
}

function isOtherService(port: number): boolean {
  return port < 1024 && !isRpcPort(port)
}
