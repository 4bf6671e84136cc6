import type { Attack } from '../attacks/attack.ts'
import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { later, moment } from '../host/clock.ts'
import type { TaskService } from '../host/task-service.ts'
import { Random } from '../random.ts'
import { manifest, type TruthEntry, truthEntry } from '../truth.ts'
import { FleetHost, type Period } from './fleet-host.ts'
import { administrators, type HostPlan, type Noise, type Profile, planHosts } from './host-plan.ts'
import { isWorkday } from './life.ts'

export interface FleetSpec {
  readonly hosts: number
  readonly days: number
  readonly seed: number
  readonly profile: Profile
  readonly noise: Noise
  readonly channels: readonly string[]
  readonly recordsCommandLines: boolean
  /** How many days the Security log has room for. */
  readonly securityDays: number
  /** Each takes place once, on a host of its own while there are enough. */
  readonly attacks: readonly { readonly attack: Attack; readonly variant: string }[]
  /** `evtx`, or the name of a carrier. */
  readonly format: string
}

/** Where a fleet's telemetry goes, host by host. */
export interface FleetOutput {
  /** A channel was cleared: what came of it is gone. */
  cleared(host: HostPlan, channel: string): void
  /** Records in the order of their ids; a channel comes many times. */
  events(host: HostPlan, channel: string, events: readonly LabEvent[]): void
  /** What the host keeps of its tasks in the end; no further records of it come. */
  end(host: HostPlan, tasks: TaskService): void
}

const HOUR = 3_600_000
const DAY = 86_400_000
/** A Monday. */
const FIRST_DAY = '2026-03-09T00:00:00Z'
/** Nothing is written this long after what comes next in time. */
const SETTLED = 60_000

/** Lets a fleet live, one host after the other, and returns what is true of it. Always the same for the same spec. */
export function makeFleet(spec: FleetSpec, output: FleetOutput): ReturnType<typeof manifest> {
  const period: Period = { begin: moment(FIRST_DAY), days: spec.days }
  const plans = planHosts(spec.hosts, spec.profile, spec.seed)
  const involved = planAttacks(spec, plans, period)
  const entries: TruthEntry[] = []
  for (const plan of plans) {
    const host = involved.get(plan) ?? new FleetHost(plan, { ...spec, period })
    involved.delete(plan)
    entries.push(liveThrough(host, spec, period, output))
  }
  return manifest(`lab-${spec.seed}`, entries, period)
}

/** The hosts that attacks take place on, with the attacks planned. */
function planAttacks(spec: FleetSpec, plans: readonly HostPlan[], period: Period): Map<HostPlan, FleetHost> {
  const hosts = new Map<HostPlan, FleetHost>()
  const hostOf = (plan: HostPlan): FleetHost => {
    const host = hosts.get(plan) ?? new FleetHost(plan, { ...spec, period })
    hosts.set(plan, host)
    return host
  }
  const random = new Random(spec.seed ^ 0xa77ac)
  const workstations = plans.filter((plan) => plan.kind === 'workstation')
  const grounds = workstations.length > 1 ? workstations : plans
  spec.attacks.forEach(({ attack, variant }, index) => {
    const target = hostOf(grounds[index % grounds.length] as HostPlan)
    const source = hostOf(grounds[(index + 1) % grounds.length] as HostPlan)
    target.isAttacked = true
    source.isAttacked = true
    const start = later(workdayOf(period, random), random.between(10, 15) * HOUR)
    attack.plan({
      variant,
      target,
      source,
      start,
      end: target.end,
      admin: administrators[index % administrators.length] as (typeof administrators)[number],
      random: new Random(random.whole(1, 0x7fff_ffff)),
      claim: (change, details = {}) => target.attacks.set(change, { ...details, name: `${attack.name}/${variant}` }),
    })
  })
  return hosts
}

/** A day in the first half of the period on which people are at work. */
function workdayOf({ begin, days }: Period, random: Random) {
  const candidates = Array.from({ length: Math.max(1, Math.ceil(days / 2)) }, (_, n) => later(begin, n * DAY))
  const workdays = candidates.filter(isWorkday)
  return workdays[random.whole(0, workdays.length - 1)] ?? begin
}

function liveThrough(fleetHost: FleetHost, spec: FleetSpec, { begin, days }: Period, output: FleetOutput): TruthEntry {
  const { host, tasks, plan } = fleetHost
  const written = new Map<string, { records: number; clearings: number }>()
  const write = (before?: Parameters<typeof host.logs.take>[0]) => {
    for (const [channel, events] of host.logs.take(before)) {
      const clearings = host.logs.clearings(channel)
      let so = written.get(channel)
      if (so?.clearings !== clearings) {
        if (clearings > 0) output.cleared(plan, channel)
        so = { records: 0, clearings }
        written.set(channel, so)
      }
      so.records += events.length
      if (events.length > 0) output.events(plan, channel, events)
    }
  }
  for (let hour = 6; hour <= days * 24; hour += 6) {
    const until = later(begin, hour * HOUR)
    fleetHost.liveUntil(until)
    write(later(until, -SETTLED))
  }
  write()
  output.end(plan, tasks)
  const attacks = [...fleetHost.attacks.values()].map(({ name }) => name)
  return truthEntry({
    folder: plan.name,
    format: spec.format,
    host: plan.name,
    description: `${plan.kind}, ${plan.windows.name}${attacks.length > 0 ? `; ${attacks.join(', ')}` : ''}`,
    changes: tasks.changes,
    attack: fleetHost.attacks,
    ids: host.logs.ids,
    records: [...written.values()].reduce((sum, { records }) => sum + records, 0),
  })
}
