import type { CapabilityId, ChannelCoverage, Gap } from '../model/coverage-report.ts'
import type { HostLedger, Signal, Switch } from './ledger.ts'
import { type Activity, isImprobable, overlap, silencesOf } from './silence.ts'
import { type SourceOf, sourcesOf } from './sources.ts'
import { telemetryOf } from './telemetry.ts'

/** What the gaps of a host's telemetry are found in. */
export interface GapEvidence {
  readonly ledger: HostLedger
  readonly channels: readonly ChannelCoverage[]
  readonly activity: Activity
}

/** When a capability's sources showed nothing: by time, each with its reason where a record tells it. */
export function gapsOf(id: CapabilityId, host: GapEvidence, signals: readonly Signal[]): Gap[] {
  const total = signals.reduce((sum, { count }) => sum + count, 0)
  const gaps = signals.flatMap((signal) => {
    const source = sourcesOf[id].find(({ telemetry }) => telemetry === signal.telemetry)
    const ofLog = host.channels.filter(({ channel }) => telemetryOf(channel) === signal.telemetry)
    const switches = host.ledger.switches.filter((one) => concerns(one, signal, source))
    const isSilent = (stretch: Pick<Gap, 'from' | 'to'>) => isImprobable(signal, host.ledger, host.activity, stretch)
    const silent = silencesOf(signal, host.ledger, host.activity, total).map((gap) =>
      explained(gap, ofLog, switches, isSilent),
    )
    const further = switches.filter(
      ({ at, turns }) => turns !== 'on' && !silent.some((gap) => gap.proof?.recordId === at.recordId),
    )
    return [...silent, ...further.flatMap((one) => gapOfSwitch(one, signal, switches))]
  })
  return gaps.sort((a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY))
}

const concerns = (one: Switch, { telemetry }: Signal, source: SourceOf | undefined): boolean =>
  one.telemetry === telemetry && (one.subcategory === null || one.subcategory === (source?.subcategory ?? ''))

/** Records of two logs lie apart by no more than this: what is switched off is silent from the next record on. */
const near = 3_600_000

/** Why it was silent, as far as the log itself or a record says it. */
function explained(
  gap: Gap,
  channels: readonly ChannelCoverage[],
  switches: readonly Switch[],
  isSilent: (stretch: Pick<Gap, 'from' | 'to'>) => boolean,
): Gap {
  const off = switches.find(
    ({ at, turns }) =>
      (turns === 'off' || turns === 'stopped') &&
      at.time >= (gap.from ?? at.time) - near &&
      at.time <= (gap.to ?? Number.POSITIVE_INFINITY),
  )
  if (off) {
    const on = switches.find(({ at, turns }) => turns === 'on' && at.time > off.at.time)
    const to = gap.to !== null && on !== undefined ? Math.min(on.at.time, gap.to) : gap.to
    return { ...gap, kind: 'switched-off', from: off.at.time, to, proof: off.at }
  }
  const cleared = switches.findLast(({ turns, at }) => turns === 'cleared' && gap.to !== null && at.time <= gap.to)
  if (gap.from === null && cleared) return { ...gap, kind: 'log-cleared', to: cleared.at.time, proof: cleared.at }
  const ofLog = channels.flatMap((channel) => channel.gaps)
  // what is rare is silent for longer than its log; what is not would have spoken beside the log's hole
  const isBeside = (one: Gap) => isSilent({ from: gap.from, to: one.from }) || isSilent({ from: one.to, to: gap.to })
  const inner = ofLog.find((one) => one.kind === 'log-silent' && isWithin(one, gap) && !isBeside(one))
  if (inner) return { ...gap, kind: inner.kind, from: inner.from, to: inner.to }
  const outer = ofLog.find((one) => covers(one, gap))
  if (outer) return { ...gap, kind: outer.kind, records: outer.records ?? gap.records }
  return byConfiguration(gap, switches, isSilent) ?? gap
}

/** The silence as one that a new configuration began or ended, where it was not silent for long before or after that. */
function byConfiguration(
  gap: Gap,
  switches: readonly Switch[],
  isSilent: (stretch: Pick<Gap, 'from' | 'to'>) => boolean,
): Gap | undefined {
  const within = switches.filter(
    ({ turns, at }) =>
      turns === 'reconfigured' &&
      at.time >= (gap.from ?? Number.NEGATIVE_INFINITY) &&
      at.time <= (gap.to ?? Number.POSITIVE_INFINITY),
  )
  const first = gap.from === null ? undefined : within[0]
  if (first !== undefined && !isSilent({ from: gap.from, to: first.at.time }))
    return { ...gap, kind: 'reconfigured', from: first.at.time, proof: first.at }
  const last = gap.from === null ? within.at(-1) : undefined
  if (last !== undefined && !isSilent({ from: last.at.time, to: gap.to }))
    return { ...gap, kind: 'reconfigured', to: last.at.time, proof: last.at }
  return undefined
}

const isWithin = (inner: Gap, outer: Gap): boolean =>
  (inner.from ?? Number.NEGATIVE_INFINITY) >= (outer.from ?? Number.NEGATIVE_INFINITY) &&
  (inner.to ?? Number.POSITIVE_INFINITY) <= (outer.to ?? Number.POSITIVE_INFINITY)

/** Whether a hole of the log explains this silence: most of it lies within the hole. */
function covers(one: Gap, gap: Gap): boolean {
  if (!overlap(one, gap)) return false
  if (gap.from === null) return one.from === null
  if (gap.to === null) return one.to === null
  const from = Math.max(one.from ?? gap.from, gap.from)
  const to = Math.min(one.to ?? gap.to, gap.to)
  return to - from >= (gap.to - gap.from) / 2
}

/** What a record says was off, where no silence shows it: between two records, or before the first. */
function gapOfSwitch(one: Switch, signal: Signal, switches: readonly Switch[]): Gap[] {
  const { at, turns, telemetry } = one
  if (turns === 'cleared') {
    if (at.time > signal.first.time) return []
    return [{ kind: 'log-cleared', from: null, to: at.time, telemetry, records: null, proof: at }]
  }
  if (turns !== 'off') return []
  const on = switches.find((other) => other.turns === 'on' && other.at.time > at.time)
  const next = signal.silences.find(({ from, to }) => from <= at.time + near && to > at.time)
  const to = on?.at.time ?? next?.to ?? (signal.last > at.time ? undefined : null)
  if (to === undefined) return []
  return [{ kind: 'switched-off', from: at.time, to, telemetry, records: null, proof: at }]
}

/** Whether another source shows the same during the gap. */
export function isBridged(
  gap: Gap,
  signals: readonly Pick<Signal, 'telemetry' | 'first' | 'last'>[],
  gaps: readonly Gap[],
): boolean {
  return signals.some(
    ({ telemetry, first, last }) =>
      telemetry !== gap.telemetry &&
      first.time <= (gap.from ?? Number.POSITIVE_INFINITY) &&
      last >= (gap.to ?? last) &&
      !gaps.some((other) => other.telemetry === telemetry && overlap(other, gap)),
  )
}
