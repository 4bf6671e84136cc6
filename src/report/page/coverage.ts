import {
  type CapabilityState,
  capabilities,
  capabilityIds,
  type FleetCoverageReport,
  grades,
} from '../../model/coverage-report.ts'
import { groupsOf, type HostGroup, shareSeen } from '../coverage-groups.ts'
import { mendTable } from '../mend/mends.ts'

/** Hosts of which the same is to be said: more kinds of them than fit on a page are put together by grade and role. */
const mostGroups = 200
/** Of one group: what is missing, what to switch on, holes of one host. */
const told = { sentences: 12, mends: 8, gaps: 24, hosts: 2_000 }

/** What the page tells of hosts whose telemetry is alike. */
export interface PageCoverageGroup {
  readonly hosts: readonly string[]
  readonly count: number
  readonly grade: string
  readonly gradeName: string
  readonly role: string | null
  readonly presence: string
  /** By capability, in their order; null: not the same on all of them. */
  readonly states: readonly (CapabilityState | null)[]
  /** In how many of the hosts it is proved, 0 to 1, by capability. */
  readonly shares: readonly number[]
  readonly missing: readonly string[]
  readonly mends: readonly string[]
}

/** A stretch of time in which something could not be seen, of one host. */
export interface PageGap {
  readonly kind: string
  readonly from: number | null
  readonly to: number | null
  readonly telemetry: string | null
}

export interface PageCoverage {
  readonly capabilities: readonly { readonly id: string; readonly name: string }[]
  readonly grades: readonly { readonly id: string; readonly name: string; readonly count: number }[]
  readonly groups: readonly PageCoverageGroup[]
  /** Hosts that should be there and are not, where somebody said which should. */
  readonly silent: { readonly count: number; readonly hosts: readonly string[] }
  /** Of the hosts that have any: holes, and since when and until when there is anything. */
  readonly hosts: readonly {
    readonly host: string
    readonly grade: string
    readonly first: number | null
    readonly last: number | null
    readonly gaps: readonly PageGap[]
  }[]
}

export function pageCoverage({ hosts }: FleetCoverageReport): PageCoverage {
  const silent = hosts.filter(({ presence }) => presence === 'silent').map(({ host }) => host)
  return {
    silent: { count: silent.length, hosts: silent.slice(0, told.hosts) },
    capabilities: capabilityIds.map((id) => ({ id, name: capabilities[id] })),
    grades: Object.entries(grades).map(([id, name]) => ({
      id,
      name,
      count: hosts.filter(({ grade }) => grade === id).length,
    })),
    groups: groupsOf(hosts, mostGroups).map(groupOf),
    hosts: hosts.slice(0, told.hosts).map(({ host, grade, first, last, channels }) => ({
      host,
      grade,
      first,
      last,
      gaps: channels
        .flatMap(({ gaps }) => gaps)
        .slice(0, told.gaps)
        .map(({ kind, from, to, telemetry }) => ({ kind, from, to, telemetry })),
    })),
  }
}

function groupOf(group: HostGroup): PageCoverageGroup {
  const { hosts } = group
  const [first] = hosts
  const missing = new Set<string>()
  const mends = new Set<string>()
  for (const host of hosts)
    for (const id of capabilityIds) {
      const one = host.capabilities[id]
      for (const sentence of one.missing)
        if (missing.size < told.sentences) missing.add(`${capabilities[id]}: ${sentence}`)
      for (const mend of one.mend.slice(0, 1)) if (mends.size < told.mends) mends.add(mendTable[mend].name)
    }
  const grade = first?.grade ?? 'blind'
  return {
    hosts: hosts.slice(0, told.hosts).map(({ host }) => host),
    count: hosts.length,
    grade,
    gradeName: grades[grade],
    role: first?.role ?? null,
    presence: first?.presence ?? 'seen',
    states: capabilityIds.map((id) => {
      const states = new Set(hosts.map(({ capabilities: own }) => own[id].state))
      return states.size === 1 ? ([...states][0] ?? null) : null
    }),
    shares: capabilityIds.map((id) => shareSeen(group, id)),
    missing: [...missing],
    mends: [...mends],
  }
}
