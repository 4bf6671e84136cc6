import { type HostRole, hostRoles } from '../model/host-role.ts'
import type { LogSeries } from './log-counts.ts'

/**
 * Events of the Security log that only a domain controller writes: Kerberos tickets, replication, changes of the directory.
 * Source: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4768 and its neighbours
 */
const ofController = [4768, 4769, 4770, 4771, 4928, 4929, 4932, 4933, 5136, 5137, 5138, 5139, 5141]

/** Logs that come with a role of Windows Server, with the tools to manage it, or with what a desk or a laptop has. */
const logs: readonly (readonly [HostRole, RegExp])[] = [
  [
    'domain-controller',
    /^(?:directory service|active directory web services|microsoft-windows-kerberos-key-distribution-center\/.*)$/,
  ],
  [
    'server',
    /^(?:dns server|dhcpadminevents|msexchange management|microsoft-windows-(?:dnsserver|dhcp-server|servermanager-|failoverclustering|terminalservices-sessionbroker|hyper-v-high-availability|fileservices-servermanager).*)$/,
  ],
  ['workstation', /^microsoft-windows-(?:wlan-autoconfig|helloforbusiness)\/.*$/],
]

/** Windows' own tasks that servers alone have, or clients alone, by the catalogue of its releases; below \Microsoft\Windows. */
const tasks: readonly (readonly [HostRole, RegExp])[] = [
  ['server', /^(?:server manager\\|software inventory logging\\|customer experience improvement program\\server\\)/],
  [
    'workstation',
    /^(?:systemrestore\\sr$|shell\\familysafety|remoteassistance\\|windows media sharing\\|subscription\\)/,
  ],
]
const below = '\\microsoft\\windows\\'

/**
 * What a host is for, as far as its logs and tasks tell: the last in `hostRoles` that something speaks for. A task's path is anybody's to
 * choose, so that tasks are asked only where no log tells.
 */
export function hostRole(series: readonly LogSeries[], taskPaths: Iterable<string>): HostRole {
  const told = new Set<HostRole>()
  for (const { channel, events } of series) {
    const log = channel.toLowerCase()
    if (log === 'security' && ofController.some((id) => events.has(id))) told.add('domain-controller')
    for (const [role, pattern] of logs) if (pattern.test(log)) told.add(role)
  }
  if (told.size === 0) {
    for (const path of taskPaths) {
      const key = path.toLowerCase()
      if (!key.startsWith(below)) continue
      for (const [role, pattern] of tasks) if (pattern.test(key.slice(below.length))) told.add(role)
    }
  }
  return hostRoles.findLast((role) => told.has(role)) ?? 'unknown'
}
