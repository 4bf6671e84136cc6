import {
  type ChannelCoverage,
  capabilityIds,
  type FleetCoverageReport,
  type HostCoverageReport,
  type MendId,
  mends,
} from '../../model/coverage-report.ts'
import { ordinarySizes, schedulerLog } from './logs.ts'
import { mendTable } from './mends.ts'

const day = 86_400_000
/** As far back as the analytic ties a run to its registration: AN0258's ExecutionWindow. */
const daysWanted = 30
/** `wevtutil sl /ms` takes multiples of 64 KiB. */
const sizeStep = 65_536
/** A greater log than this is slow to read; what does not fit in is for forwarding. */
const largest = 4 * 1024 ** 3
/** A rate of less than an hour is none. */
const leastSpan = day / 24

/** Records and bytes a day, on the host in the middle of those that show them. */
export interface Cost {
  readonly recordsPerDay: number
  /** Null where no host has the log whole. */
  readonly bytesPerDay: number | null
  readonly hosts: number
}

/** Something to be switched on. */
export interface WantedMend {
  readonly id: MendId
  /** Where; null: nobody was asked, this is all that there is. */
  readonly hosts: readonly string[] | null
  readonly cost: Cost | null
}

export interface Wanted {
  readonly mends: readonly WantedMend[]
  /** Bytes that each log is to hold, where it is to be switched on or made larger. */
  readonly sizes: ReadonlyMap<string, number>
}

/** What is lacking in the input; without one, all that can be switched on. */
export function wantedMends(report: FleetCoverageReport | null): Wanted {
  if (report === null) {
    return {
      mends: mends.map((id) => ({ id, hosts: null, cost: null })),
      sizes: new Map(Object.entries(ordinarySizes)),
    }
  }
  const { hosts } = report
  const lacking = mends.flatMap((id): WantedMend[] => {
    const own = hosts.filter(
      ({ presence, capabilities }) =>
        presence !== 'silent' && capabilityIds.some((capability) => capabilities[capability].mend.includes(id)),
    )
    return own.length === 0 ? [] : [{ id, hosts: own.map(({ host }) => host), cost: costOf(id, hosts) }]
  })
  return { mends: lacking, sizes: sizesOf(hosts, new Set(lacking.map(({ id }) => id))) }
}

/** What it makes a day, as other hosts or other logs of the same show it; null where nothing does. */
function costOf(id: MendId, hosts: readonly HostCoverageReport[]): Cost | null {
  const { makes, logs } = mendTable[id]
  const rates = hosts.flatMap(({ first, last, capabilities, channels }) => {
    if (first === null || last === null || last - first < leastSpan) return []
    if (makes === 'its log') return channels.flatMap((own) => (logs.some((log) => isLog(own, log)) ? ratesOf(own) : []))
    const records = makes.reduce(
      (sum, one) => sum + capabilities[one].sources.reduce((most, { count }) => Math.max(most, count), 0),
      0,
    )
    return records === 0 ? [] : [(records / (last - first)) * day]
  })
  const recordsPerDay = middle(rates)
  if (recordsPerDay === null) return null
  const sizes = hosts.flatMap(({ channels }) =>
    channels.flatMap((channel) => (logs.some((log) => isLog(channel, log)) ? (bytesOfRecord(channel) ?? []) : [])),
  )
  const bytes = middle(sizes)
  return {
    recordsPerDay: Math.round(recordsPerDay),
    bytesPerDay: bytes === null ? null : Math.round(bytes * recordsPerDay),
    hosts: rates.length,
  }
}

const ratesOf = ({ records, first, last, isWhole, isPart }: ChannelCoverage): number[] =>
  isWhole && !isPart && last - first >= leastSpan ? [(records / (last - first)) * day] : []

const isLog = ({ channel }: ChannelCoverage, log: string): boolean => channel.toLowerCase() === log.toLowerCase()

function bytesOfRecord({ bytesPerDay, first, last, records }: ChannelCoverage): number | null {
  if (bytesPerDay === null || records === 0) return null
  return (bytesPerDay * (last - first)) / day / records
}

function middle(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null
}

/** Each log that is to be made larger holds thirty days at the rate of the host that writes most; a new one has an ordinary size. */
function sizesOf(hosts: readonly HostCoverageReport[], lacking: ReadonlySet<MendId>): Map<string, number> {
  const sizes = new Map<string, number>()
  if (lacking.has('log-size')) {
    for (const { channels } of hosts) {
      for (const channel of channels) {
        const log = Object.keys(ordinarySizes).find((one) => isLog(channel, one))
        if (log === undefined || !channel.gaps.some(({ kind }) => kind === 'rolled-over')) continue
        const measured = (channel.bytesPerDay ?? 0) * daysWanted
        const bytes = Math.min(largest, Math.max(ordinarySizes[log] as number, measured))
        sizes.set(log, Math.max(sizes.get(log) ?? 0, Math.ceil(bytes / sizeStep) * sizeStep))
      }
    }
  }
  if (lacking.has('scheduler-log') && !sizes.has(schedulerLog))
    sizes.set(schedulerLog, ordinarySizes[schedulerLog] as number)
  return sizes
}
