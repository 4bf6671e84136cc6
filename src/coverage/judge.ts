import type { CollectedSettings } from '../model/artifact.ts'
import { counted } from '../model/counted.ts'
import {
  type CapabilityCoverage,
  type CapabilityId,
  capabilityIds,
  type Gap,
  type MendId,
  type Proof,
  type SourceOfCapability,
  type Telemetry,
} from '../model/coverage-report.ts'
import { compareInstants } from '../model/time.ts'
import { type HostLog, proofIn } from './channels.ts'
import { type GapEvidence, gapsOf, isBridged } from './gaps.ts'
import type { Signal } from './ledger.ts'
import { processesPerDay, runsPerDay, sessionsPerDay } from './ordinary-rates.ts'
import { settingName, settingOf } from './settings.ts'
import { overlap } from './silence.ts'
import { type SourceOf, sensorsShow, sourcesOf } from './sources.ts'
import { telemetryNames, telemetryOf } from './telemetry.ts'

const day = 86_400_000
/** Where so many records should be there and none is, it is no chance: one in a hundred (Poisson). */
const certain = Math.log(100)

/** All that is known of one host's telemetry. */
export interface HostEvidence extends GapEvidence {
  readonly logs: readonly HostLog[]
  /** What was collected besides logs. */
  readonly kept: ReadonlySet<'kept-file' | 'kept-registry'>
  readonly settings?: CollectedSettings | null | undefined
}

/** Records a day of a capability on a host of the input, where it is seen; undefined where too few hosts tell. */
export type FleetRates = ReadonlyMap<CapabilityId, number>

export function judgeHost(host: HostEvidence, rates: FleetRates): Record<CapabilityId, CapabilityCoverage> {
  const each = capabilityIds.map((id) => [id, judge(id, host, rates)] as const)
  const all = Object.fromEntries(each.map(([id, one]) => [id, tightened(id, one, each)])) as Record<
    CapabilityId,
    CapabilityCoverage
  >
  const lines = ofProcesses('command-line', all)
  const parents = ofProcesses('parent-name', all)
  const commands = ofCommands(all['scheduling-command'], lines)
  return { ...all, 'command-line': lines, 'parent-name': parents, 'scheduling-command': commands }
}

/** What one policy records falls silent at once: of what is rare the last record says little of when. */
function tightened(
  id: CapabilityId,
  one: CapabilityCoverage,
  all: readonly (readonly [CapabilityId, CapabilityCoverage])[],
): CapabilityCoverage {
  if (one.gaps.length === 0) return one
  const gaps = one.gaps.map((gap) => {
    const subcategory = sourcesOf[id].find(({ telemetry }) => telemetry === gap.telemetry)?.subcategory
    if (gap.kind !== 'silent' || subcategory == null) return gap
    const others = all.flatMap(([other, { gaps: own }]) =>
      sourcesOf[other].some((source) => source.subcategory === subcategory) ? own : [],
    )
    return others
      .filter((other) => other.telemetry === gap.telemetry && other.kind === 'silent' && overlap(other, gap))
      .reduce(common, gap)
  })
  return { ...one, gaps }
}

/** What two overlapping stretches have in common. */
const common = (a: Gap, b: Gap): Gap => ({
  ...a,
  from: a.from === null ? b.from : b.from === null ? a.from : Math.max(a.from, b.from),
  to: a.to === null ? b.to : b.to === null ? a.to : Math.min(a.to, b.to),
})

/** What a record of a process says is as absent as the records. */
function ofProcesses(
  id: 'command-line' | 'parent-name',
  all: Readonly<Record<CapabilityId, CapabilityCoverage>>,
): CapabilityCoverage {
  const processes = all['process-creation']
  if (all[id].sources.length > 0 || processes.state !== 'absent') return all[id]
  return { ...processes, mend: [...new Set([...processes.mend, ...all[id].mend])] }
}

/** Commands are command lines: where these are recorded, those of schtasks would be. */
const ofCommands = (own: CapabilityCoverage, lines: CapabilityCoverage): CapabilityCoverage =>
  own.sources.length > 0 ? own : { ...lines, sources: [] }

const countOf = ({ ledger }: HostEvidence, ...ids: readonly CapabilityId[]): number =>
  ids.reduce((sum, id) => sum + (ledger.signals.get(id) ?? []).reduce((all, { count }) => all + count, 0), 0)

function judge(id: CapabilityId, host: HostEvidence, rates: FleetRates): CapabilityCoverage {
  if (id === 'kept-file' || id === 'kept-registry') return judgeKept(id, host)
  const signals = host.ledger.signals.get(id) ?? []
  const whole = signals.filter(({ count, lacking }) => lacking < count)
  return whole.length > 0 ? judgeSeen(id, host, signals) : judgeUnseen(id, host, signals, rates)
}

function judgeKept(id: 'kept-file' | 'kept-registry', { kept }: HostEvidence): CapabilityCoverage {
  const state = kept.has(id) ? 'seen' : 'no-channel'
  const mend = kept.has(id) ? [] : (sourcesOf[id].map((source) => source.mend) as MendId[])
  return { state, proof: null, missing: [], sources: [], gaps: [], expected: null, mend }
}

function judgeSeen(id: CapabilityId, host: HostEvidence, signals: readonly Signal[]): CapabilityCoverage {
  const gaps = gapsOf(id, host, signals)
  const missing: string[] = []
  const mend = new Set<MendId>()
  const full = signals.filter(({ count, lacking }) => lacking < count)
  // what lacks it in one source is there in another
  const lacking = full.filter((signal) => signal.lacking > 0)
  if (lacking.length === full.length) {
    for (const signal of lacking) {
      missing.push(
        `${counted(signal.lacking, 'record')} of ${counted(signal.count, 'record')} in ${telemetryNames[signal.telemetry]} ${signal.lacking === 1 ? 'has' : 'have'} none`,
      )
      for (const source of sourcesOf[id]) if (source.telemetry === signal.telemetry) mend.add(source.mend)
    }
  }
  for (const gap of gaps.filter((one) => !isBridged(one, full, gaps))) {
    for (const one of mendsOfGap(id, gap)) mend.add(one)
    // that older records are gone is a hole, and the capability works
    if (gap.from === null) continue
    missing.push(`${gap.to === null ? 'it ends before the input does' : 'there are times without it'}`)
  }
  return {
    state: missing.length > 0 ? 'partial' : 'seen',
    proof: earliest(full),
    missing: [...new Set(missing)],
    sources: signals.map(sourceOf),
    gaps,
    expected: null,
    mend: [...mend],
  }
}

/** Not seen, or only in records that lack it. */
function judgeUnseen(
  id: CapabilityId,
  host: HostEvidence,
  signals: readonly Signal[],
  rates: FleetRates,
): CapabilityCoverage {
  return bySettings(id, host, unseenByRecords(id, host, signals, rates))
}

/** What no record tells is told by the host's settings, where these were collected. */
function bySettings(id: CapabilityId, host: HostEvidence, judged: CapabilityCoverage): CapabilityCoverage {
  const isOpen = judged.state === 'unknown' || judged.state === 'no-channel' || judged.state === 'absent'
  if (!isOpen || judged.missing.length > 0 || id === 'client-process') return judged
  const said = sourcesOf[id].map((source) => ({ source, setting: settingOf(host.settings, source) }))
  const off = said.filter(
    ({ source, setting }) =>
      setting === 'off' && (judged.state === 'no-channel' || hasTelemetry(host, source.telemetry)),
  )
  const on = said.filter(({ setting }) => setting === 'on')
  const told = (state: CapabilityCoverage['state'], is: string, by: typeof said, mend: readonly MendId[]) => ({
    ...{ ...judged, state, mend },
    missing: by.map(({ source }) => `the host's settings say that it is ${is}: ${settingName(source)}`),
  })
  // what is on and should have shown it is a contradiction that a person has to look at
  if (on.length > 0) return told(judged.state, 'recorded', on, judged.state === 'absent' ? judged.mend : [])
  const there = said.filter(({ source }) => hasTelemetry(host, source.telemetry))
  if (off.length === 0 || off.length < there.length) return judged
  const state = judged.state === 'no-channel' ? judged.state : 'absent'
  return told(state, 'not recorded', off, [...new Set(off.map(({ source }) => source.mend))])
}

function unseenByRecords(
  id: CapabilityId,
  host: HostEvidence,
  signals: readonly Signal[],
  rates: FleetRates,
): CapabilityCoverage {
  const sources = sourcesOf[id]
  const there = sources.filter((source) => hasTelemetry(host, source.telemetry))
  const base = { sources: signals.map(sourceOf), gaps: [] as Gap[] }
  const mend = [...new Set((there.length > 0 ? there : sources).map((source) => source.mend))]
  const lacking = signals.reduce((sum, signal) => sum + signal.lacking, 0)
  if (lacking > 0) {
    const missing = [`${counted(lacking, 'record')} ${lacking === 1 ? 'has' : 'have'} none`]
    // a change without its content is a change all the same
    const isPartial = id.startsWith('task-')
    const proof = isPartial ? earliest(signals) : null
    const gaps = isPartial ? gapsOf(id, host, signals) : []
    // the release of Windows decides whether 4688 names the parent
    if (id === 'parent-name') return { ...base, state: 'absent', proof, missing, gaps, expected: lacking, mend: [] }
    return { ...base, state: isPartial ? 'partial' : 'absent', proof, missing, gaps, expected: lacking, mend }
  }
  const looked = proofByLook(host, there)
  if (looked !== null) {
    const isProved = !conditional.has(id)
    const missing = isProved ? [] : ['its log records events of this kind, none of them of the Task Scheduler']
    return {
      ...base,
      state: isProved ? 'seen' : 'partial',
      proof: looked,
      missing,
      expected: null,
      mend: isProved ? [] : mend,
    }
  }
  const isBySensor = sensorsShow.has(id) && hasTelemetry(host, 'sensor')
  if (there.length === 0 && !isBySensor)
    return { ...base, state: 'no-channel', proof: null, missing: [], expected: null, mend }
  const expected = expectedOf(id, host, there, rates)
  // each change says it, or none does, and no setting changes that
  if (id === 'client-process' && expected !== null && expected >= 1) {
    const missing = ['its records name no client; Windows 10 of 2020 and later writes it']
    return { ...base, state: 'absent', proof: null, missing, expected, mend: [] }
  }
  // a part of a log that somebody exported says nothing of what is not in it
  const isPart = there.length > 0 && there.every(({ telemetry }) => isPartOnly(host, telemetry))
  const isOpen = isPart || there.some((source) => isPolicyOn(host, source))
  const isAbsent = expected !== null && expected >= certain && !isOpen
  return {
    ...base,
    state: isAbsent ? 'absent' : 'unknown',
    proof: null,
    missing: [],
    expected: expected === null ? null : Math.round(expected * 10) / 10,
    mend: isAbsent ? mend : [],
  }
}

/** Capabilities of which a log may record others of the kind and not those of the Task Scheduler: a filter decides. */
const conditional: ReadonlySet<CapabilityId> = new Set<CapabilityId>(['com-client', 'registry-write', 'task-file'])

const sourceOf = ({ telemetry, count, first, last, lacking }: Signal): SourceOfCapability => ({
  ...{ telemetry, count, first, last, lacking },
})

function earliest(signals: readonly Signal[]): Proof | null {
  return signals.reduce<Proof | null>(
    (proof, { first }) => (proof === null || compareInstants(first, proof) < 0 ? first : proof),
    null,
  )
}

/** Whether a log is there at all: a record of it was seen. */
export function hasTelemetry({ ledger, logs }: HostEvidence, telemetry: Telemetry): boolean {
  if (logs.some(({ channel }) => telemetryOf(channel) === telemetry)) return true
  for (const signals of ledger.signals.values()) if (signals.some((one) => one.telemetry === telemetry)) return true
  return false
}

/** Whether a record of another capability shows that the audit policy records what this source tells of: no policy has single events. */
const isPolicyOn = ({ ledger }: HostEvidence, { telemetry, subcategory }: SourceOf): boolean =>
  subcategory !== null &&
  capabilityIds.some(
    (other) =>
      sourcesOf[other].some((one) => one.telemetry === telemetry && one.subcategory === subcategory) &&
      (ledger.signals.get(other) ?? []).some((signal) => signal.telemetry === telemetry),
  )

/** Whether all that there is of a log are parts of it. */
function isPartOnly({ channels }: HostEvidence, telemetry: Telemetry): boolean {
  const own = channels.filter(({ channel }) => telemetryOf(channel) === telemetry)
  return own.length > 0 && own.every(({ isPart }) => isPart)
}

/** A record of an event that is of no use itself and proves that its kind is recorded. */
function proofByLook({ logs }: HostEvidence, sources: readonly SourceOf[]): Proof | null {
  for (const { telemetry, events } of sources) {
    for (const log of logs) {
      if (telemetryOf(log.channel) !== telemetry) continue
      const proof = proofIn(log, events)
      if (proof !== null) return proof
    }
  }
  return null
}

/** How many records of it there should be, where other records of the host, the fleet or Windows' own tasks tell; null where nothing does. */
function expectedOf(
  id: CapabilityId,
  host: HostEvidence,
  sources: readonly SourceOf[],
  rates: FleetRates,
): number | null {
  const days = daysOf(host, sources)
  const byOthers = rates.get(id)
  const most = Math.max(
    ofThisHost(id, host) ?? -1,
    ordinary(id, days) ?? -1,
    byOthers === undefined ? -1 : byOthers * days,
  )
  return most < 0 ? null : most
}

/** Days that the logs which should show it span. */
function daysOf({ logs, ledger }: HostEvidence, sources: readonly SourceOf[]): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const log of logs) {
    const telemetry = telemetryOf(log.channel)
    if (!sources.some((source) => source.telemetry === telemetry)) continue
    first = Math.min(first, log.first)
    last = Math.max(last, log.last)
  }
  if (first > last) [first, last] = [ledger.first, ledger.last]
  return Math.max(0, last - first) / day
}

/** By what the host's other records say. */
function ofThisHost(id: CapabilityId, host: HostEvidence): number | null {
  switch (id) {
    case 'process-creation':
      return countOf(host, 'run-start', 'process-end')
    case 'run-start':
      return host.ledger.signals.get('run-action')?.find(({ telemetry }) => telemetry === 'scheduler')?.slots ?? null
    case 'run-action':
      return countOf(host, 'run-start')
    case 'process-end':
      return countOf(host, 'process-creation') / 2
    case 'com-client':
      return countOf(host, 'scheduling-command')
    case 'registry-write':
      return countOf(host, 'task-registration', 'task-modification', 'run-start')
    case 'task-file':
      return countOf(host, 'task-registration', 'task-modification')
    case 'client-process':
      return auditedChanges(host)
    default:
      return null
  }
}

/** Changes of tasks in the audit log. Before 2020 they name no client, and those of callers elsewhere name process 0. */
function auditedChanges({ ledger }: HostEvidence): number {
  const ids = ['task-registration', 'task-modification', 'task-deletion', 'task-switching'] as const
  const signals = ids.flatMap((id) => ledger.signals.get(id) ?? [])
  return signals.reduce((sum, { telemetry, count }) => (telemetry === 'security' ? sum + count : sum), 0)
}

function ordinary(id: CapabilityId, days: number): number | null {
  if (id === 'run-start' || id === 'run-action') return runsPerDay * days
  if (id === 'process-creation' || id === 'process-end') return processesPerDay * days
  return id === 'logon-session' ? sessionsPerDay * days : null
}

/** Whether it works at the end of the input: something proves it, and not all of its sources have gone silent. */
export function worksAtEnd({ state, sources, gaps }: CapabilityCoverage): boolean {
  if (state !== 'seen' && state !== 'partial') return false
  if (sources.length === 0) return true
  return sources.some(({ telemetry }) => !gaps.some((gap) => gap.telemetry === telemetry && gap.to === null))
}

function mendsOfGap(id: CapabilityId, { kind, telemetry, proof }: Gap): MendId[] {
  if (kind === 'rolled-over') return ['log-size']
  if (kind === 'log-cleared' || kind === 'ids-missing') return ['host-forwarding']
  const own = sourcesOf[id].filter((source) => source.telemetry === telemetry).map((source) => source.mend)
  if (telemetry === 'sysmon' && kind !== 'silent' && kind !== 'reconfigured') return ['sysmon-service']
  if (kind === 'switched-off' && proof?.eventId === 1100) return ['eventlog-service']
  return own
}
