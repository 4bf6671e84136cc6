import type { TaskChain } from '../model/chain.ts'
import { type ChangeLog, logOf } from '../model/change-log.ts'
import { counted } from '../model/counted.ts'
import { type Capability, capabilities, capabilityNames, type HostSpans, type Span } from '../model/coverage.ts'
import type { Fact } from '../model/fact.ts'

/** What a chain's telemetry could have shown. */
export interface Visibility {
  /** False when no record after the change could have shown a run. */
  readonly runs: boolean
  /** One plain sentence each. */
  readonly blindSpots: readonly string[]
}

const ofLog: Readonly<Record<ChangeLog, Capability>> = {
  audit: 'task-audit',
  scheduler: 'scheduler-log',
  sensor: 'task-sensor',
}

function capabilitiesOf(fact: Fact): readonly Capability[] {
  switch (fact.kind) {
    case 'process-started':
      return fact.commandLine === null ? ['process-starts'] : ['process-starts', 'command-lines']
    case 'task-registered':
    case 'task-updated':
    case 'task-deleted':
    case 'task-enabled':
    case 'task-disabled':
      return [ofLog[logOf(fact)]]
    case 'task-process-created':
    case 'task-triggered':
    case 'task-run-started':
    case 'task-action-started':
    case 'task-action-completed':
    case 'task-run-ended':
      return ['scheduler-log']
    case 'logged-on':
      return ['logons']
    default:
      return []
  }
}

/** When the end of the input comes this soon after a change, a later run is likely to lie outside it: one hour. */
const soon = 3_600_000

/** What could be seen of one host, learned from what was seen. */
export class HostCoverage {
  readonly #spans: Map<Capability, { first: number; last: number }>

  /** `spans`: what was learned before. */
  constructor(spans: HostSpans['spans'] = {}) {
    const known = Object.entries(spans) as [Capability, Span][]
    this.#spans = new Map(known.map(([capability, { first, last }]) => [capability, { first, last }]))
  }

  /** `clockOffset`: how much more than the host's own clock the fact bears. */
  note(fact: Fact, clockOffset = 0): void {
    const time = fact.time - clockOffset
    for (const capability of capabilitiesOf(fact)) {
      const span = this.#spans.get(capability)
      if (!span) this.#spans.set(capability, { first: time, last: time })
      else {
        if (time < span.first) span.first = time
        if (time > span.last) span.last = time
      }
    }
  }

  span(capability: Capability): Span | undefined {
    return this.#spans.get(capability)
  }

  spans(): HostSpans['spans'] {
    return Object.fromEntries([...this.#spans].map(([capability, span]) => [capability, { ...span }]))
  }

  /** What was never seen of this host. That there is no sensor is no gap where Windows' own logs are. */
  missing(): Capability[] {
    return capabilities.filter(
      (c) => c !== 'task-sensor' && !this.#spans.has(c) && (c !== 'command-lines' || this.#spans.has('process-starts')),
    )
  }

  /** Whether a run after this time could have been seen. */
  showsRunsAfter(time: number): boolean {
    const after = (span: Span | undefined) => span !== undefined && span.last >= time
    return after(this.span('process-starts')) || after(this.span('scheduler-log'))
  }

  of(chain: TaskChain): Visibility {
    const from = chain.at.time
    const processes = this.span('process-starts')
    const scheduler = this.span('scheduler-log')
    const runs = this.showsRunsAfter(from)
    const spots: string[] = [...chain.blindSpots]
    if (!processes)
      spots.push('No process creation events: the processes of a run and what they started cannot be seen.')
    else if (!this.span('command-lines')) spots.push('The process events carry no command lines.')
    if (!scheduler) spots.push('No TaskScheduler/Operational events: a run can only be recognised by its process.')
    if (chain.change) {
      const owns =
        chain.change.kind === 'created' || chain.change.kind === 'modified' || chain.change.kind === 'tampered'
      if (!runs && owns) spots.push('Nothing in the input is later than the change and could show a run.')
      else if (owns && chain.runs.length === 0) {
        const last = Math.max(processes?.last ?? 0, scheduler?.last ?? 0)
        if (last - from < soon)
          spots.push(`The input ends ${duration(last - from)} after the change: a later run is not in it.`)
      }
      if (!this.span('task-audit')) {
        spots.push(
          this.span('task-sensor')
            ? 'No Security 4698–4702 events: who made the change is known as far as a sensor made it out.'
            : 'No Security 4698–4702 events: the caller’s session and the task’s definition are not known from them.',
        )
      }
      if (chain.change.route === 'remote-rpc' && chain.change.actor.remote?.address == null) {
        spots.push('No logon event names the address that the change came from.')
      }
    } else if (chain.taskPath !== null) {
      spots.push('No record shows the creation or a change of this task.')
    }
    return { runs, blindSpots: spots }
  }
}

function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`
  return `${Math.round(ms / 60_000)} min`
}

/** How many host names a sentence lists. */
const hostsNamed = 5

/** What could be seen of all hosts, said once for those that lack the same. */
export class FleetCoverage {
  readonly #hostsBy = new Map<string, string[]>()

  see(host: string, coverage: HostCoverage): void {
    const missing = coverage.missing()
    if (missing.length === 0) return
    const key = missing.map((c) => capabilityNames[c]).join(', no ')
    const hosts = this.#hostsBy.get(key)
    if (hosts) hosts.push(host)
    else this.#hostsBy.set(key, [host])
  }

  sentences(): string[] {
    return [...this.#hostsBy].map(([missing, hosts]) => {
      const more = hosts.length > hostsNamed ? ` and ${counted(hosts.length - hostsNamed, 'more host')}` : ''
      return `no ${missing}: ${hosts
        .slice(0, hostsNamed)
        .map((host) => host || 'a host without a name')
        .join(', ')}${more}`
    })
  }
}
