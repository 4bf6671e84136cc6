import type { Instant } from '../../model/time.ts'
import { Agenda } from '../host/agenda.ts'
import { later } from '../host/clock.ts'
import { Host } from '../host/host.ts'
import { TaskService } from '../host/task-service.ts'
import { ordinaryLife } from '../ordinary/index.ts'
import { Random } from '../random.ts'
import type { Change } from '../truth.ts'
import { allChannels, DOMAIN, type HostPlan, type Noise } from './host-plan.ts'
import { isWorkday, type Life } from './life.ts'
import type { Desk, Stage } from './stage.ts'

const HOUR = 3_600_000
const DAY = 86_400_000

/** Days for which ordinary life is planned at a time. */
const daysAhead = 14

export interface Period {
  /** Midnight, local time, of the first day. */
  readonly begin: Instant
  readonly days: number
}

export interface FleetHostOptions {
  readonly period: Period
  readonly noise: Noise
  readonly channels: readonly string[]
  readonly recordsCommandLines: boolean
  /** How many days the Security log has room for; older records are gone. */
  readonly securityDays: number
}

/** A host of the fleet: what happens there is planned first, then it happens, day by day. */
export class FleetHost implements Stage {
  readonly plan: HostPlan
  readonly host: Host
  readonly tasks: TaskService
  readonly agenda: Agenda
  readonly end: Instant
  services: Stage['services']
  readonly #desks: Desk[] = []
  /** The changes that are an attack's. */
  readonly attacks = new Map<Change, { readonly name: string; readonly remoteSource?: string }>()
  readonly #life: Omit<Life, 'days'>
  readonly #days: readonly Instant[]
  #plannedDays = 0
  readonly #random: Random
  /** On a host with an attack its user is an administrator whose programs all run elevated. */
  isAttacked = false

  constructor(plan: HostPlan, options: FleetHostOptions) {
    const { period } = options
    this.plan = plan
    this.#random = new Random(plan.seed)
    const bootTime = later(period.begin, -this.#random.between(2, 20) * HOUR)
    // drawn for every channel, so that the same happens whichever are switched on
    const firstIds = allChannels.map((channel): [string, number] => [channel, this.#random.whole(1000, 4_000_000)])
    this.host = new Host(
      {
        name: plan.name,
        domain: DOMAIN,
        address: plan.address,
        utcOffsetHours: 0,
        boot: { time: new Date(bootTime.time).toISOString(), count: this.#random.whole(20, 90) },
        channels: new Map(firstIds.filter(([channel]) => options.channels.includes(channel))),
        windows: plan.windows,
        recordsCommandLines: options.recordsCommandLines,
        disorder: new Random(plan.seed ^ 0xd150),
      },
      this.#random,
    )
    if (options.securityDays < period.days) {
      this.host.logs.keepFrom('Security', later(period.begin, (period.days - options.securityDays) * DAY))
    }
    this.services = this.host.bootServices()
    this.tasks = new TaskService(this.host, this.services.schedule)
    this.agenda = new Agenda(this.host)
    this.end = later(period.begin, period.days * DAY)
    this.#days = Array.from({ length: period.days }, (_, n) => later(period.begin, n * DAY))
    this.#life = { plan, noise: options.noise, random: new Random(plan.seed ^ 0x11fe), end: this.end }
  }

  get desks(): readonly Desk[] {
    return this.#desks
  }

  /** Lets everything happen until a moment. Ordinary life is planned some weeks ahead; attacks have planned theirs by then. */
  liveUntil(moment: Instant): void {
    while (this.#plannedDays < this.#days.length && (this.#days[this.#plannedDays]?.time ?? 0) < moment.time) {
      const days = this.#days.slice(this.#plannedDays, this.#plannedDays + daysAhead)
      this.#plannedDays += days.length
      for (const day of days) this.#planDay(day)
      for (const story of ordinaryLife) story(this, { ...this.#life, days })
    }
    this.agenda.runUntil(moment)
  }

  #planDay(midnight: Instant): void {
    const { agenda, host, plan } = this
    // Workstations are started anew now and then, servers seldom.
    if (this.#random.next() < (plan.kind === 'workstation' ? 0.3 : 0.07)) {
      agenda.plan(later(midnight, this.#random.between(5, 7) * HOUR), () => this.#reboot())
    }
    if (plan.kind !== 'workstation' || !isWorkday(midnight)) return
    agenda.plan(later(midnight, this.#random.between(8.2, 8.9) * HOUR), () => {
      for (const user of plan.users) {
        this.#desks.push({ user, ...host.logOn(user, this.isAttacked ? 'High' : 'Medium') })
      }
    })
    agenda.plan(later(midnight, this.#random.between(17.1, 18.4) * HOUR), () => {
      for (const { session } of this.#desks.splice(0)) host.logOff(session)
    })
  }

  #boots = 0
  #reboot(): void {
    this.#desks.length = 0
    this.services = this.host.reboot(this.host.options.boot.count + ++this.#boots)
    this.tasks.process = this.services.schedule
  }
}
