import { type CapabilityId, capabilityIds, type HostCoverageReport } from '../model/coverage-report.ts'

/** Hosts of which the same is to be said. */
export interface HostGroup {
  readonly hosts: readonly HostCoverageReport[]
  /** False: they have their grade and role in common, not the state of each capability. */
  readonly isAlike: boolean
}

/** Hosts with the same states together, the worst first; where these are too many, hosts of one grade and role. */
export function groupsOf(hosts: readonly HostCoverageReport[], most: number): HostGroup[] {
  const alike = grouped(
    hosts,
    (host) =>
      `${host.grade} ${host.presence} ${host.role} ${capabilityIds.map((id) => host.capabilities[id].state).join(' ')}`,
  )
  if (alike.length <= most) return alike.map((own) => ({ hosts: own, isAlike: own.length > 0 }))
  const byRole = grouped(hosts, (host) => `${host.grade} ${host.presence} ${host.role}`)
  const rough = byRole.length <= most ? byRole : grouped(hosts, ({ grade }) => grade)
  return rough.map((own) => ({ hosts: own, isAlike: own.length === 1 }))
}

function grouped(
  hosts: readonly HostCoverageReport[],
  keyOf: (host: HostCoverageReport) => string,
): HostCoverageReport[][] {
  return [...Map.groupBy(hosts, keyOf).values()]
}

/** In how many of the hosts a capability is proved. */
export const shareSeen = ({ hosts }: HostGroup, id: CapabilityId): number =>
  hosts.filter(({ capabilities }) => capabilities[id].state === 'seen' || capabilities[id].state === 'partial').length /
  hosts.length
