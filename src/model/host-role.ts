/** What a host is for, as far as its telemetry tells; a later one outranks an earlier one. */
export const hostRoles = ['unknown', 'workstation', 'server', 'domain-controller'] as const
export type HostRole = (typeof hostRoles)[number]

/** What two know of one host's role. */
export const bothRoles = (a: HostRole, b: HostRole): HostRole => (hostRoles.indexOf(a) >= hostRoles.indexOf(b) ? a : b)
