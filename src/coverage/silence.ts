import type { Gap, Telemetry } from '../model/coverage-report.ts'
import type { HostLedger, Signal } from './ledger.ts'
import { slotLength } from './ledger.ts'

/** As improbable a silence must be for it to be told: hosts have hundreds of them, and nobody wants to read of ordinary ones. */
const improbable = 1e-4
/** Silence against what other sources told of the same: each of their records speaks for itself. */
const improbableAgainstOthers = 1e-3
/** Pieces of time before a rhythm is known, and the shortest silence in such pieces. */
const leastRhythm = 6
const leastSilence = 3

/** The host's pieces of time in which any of its logs wrote, whether that is of use or not; sorted. */
export interface Activity {
  readonly slots: readonly number[]
  readonly hours: Uint32Array
}

interface Stretch {
  readonly from: number | null
  readonly to: number | null
  readonly slots: number
  readonly elsewhere: number
}

/** Stretches in which a source should have shown something, by its own rhythm, and did not. */
export function silencesOf(signal: Signal, ledger: HostLedger, activity: Activity, total: number): Gap[] {
  const stretches: Stretch[] = [
    { from: null, to: signal.first.time, slots: signal.firstSlot - 1, elsewhere: signal.firstTotal },
    ...signal.silences,
    { from: signal.last, to: null, slots: ledger.slots - signal.lastSlot, elsewhere: total - signal.lastTotal },
  ]
  return stretches.flatMap((stretch) => {
    const { from, to } = stretch
    const records = shouldHave(stretch, signal, ledger, activity, total)
    return records === null ? [] : [{ kind: 'silent', from, to, telemetry: signal.telemetry, records, proof: null }]
  })
}

/** Whether by its rhythm the source should have spoken in this time; not where the time has no end on the side of a hole. */
export function isImprobable(
  signal: Signal,
  ledger: HostLedger,
  activity: Activity,
  { from, to }: Pick<Gap, 'from' | 'to'>,
): boolean {
  if (from !== null && to !== null && from >= to) return false
  const stretch = { from, to, slots: 0, elsewhere: 0 }
  return (from !== null || to !== null) && shouldHave(stretch, signal, ledger, activity, 0) !== null
}

/** How many records the stretch should have had; null where none may be just as well. */
function shouldHave(
  stretch: Stretch,
  signal: Signal,
  ledger: HostLedger,
  activity: Activity,
  total: number,
): number | null {
  const { elsewhere } = stretch
  if (elsewhere > 0) {
    const othersOutside = total - signal.count - elsewhere
    const share = Math.min(0.9, signal.count / (othersOutside + 1))
    if ((1 - share) ** elsewhere < improbableAgainstOthers) return Math.max(1, Math.round(elsewhere * share))
  }
  if (signal.slots < leastRhythm) return null
  const looked = slotsWithin(activity, stretch.from, stretch.to)
  const isByLook = looked > stretch.slots
  const slots = isByLook ? looked : stretch.slots
  if (slots < leastSilence) return null
  const rhythm = rhythmOf(signal.rhythm, ledger.hours, isByLook ? activity.hours : ledger.hours, stretch)
  if ((1 - rhythm) ** slots >= improbable) return null
  return Math.max(1, Math.round(slots * rhythm * (signal.count / signal.slots)))
}

/** In which share of the host's pieces of time, at these hours of the day, the source wrote something. */
function rhythmOf(own: Uint8Array, ledger: Uint32Array, all: Uint32Array, { from, to }: Stretch): number {
  let [ours, theirs] = [0, 0]
  const first = from === null || to === null ? 0 : Math.floor(from / 3_600_000)
  const last = from === null || to === null ? 23 : Math.min(first + 23, Math.floor(to / 3_600_000))
  for (let hour = first; hour <= last; hour++) {
    const place = ((hour % 24) + 24) % 24
    ours += ((own[place] ?? 0) / 200) * (ledger[place] ?? 0)
    theirs += all[place] ?? 0
  }
  return theirs === 0 ? 0 : Math.min(0.95, ours / theirs)
}

/** The host's pieces of time strictly between two moments. */
export function slotsWithin({ slots }: Activity, from: number | null, to: number | null): number {
  const begin = from === null ? 0 : placeOf(slots, Math.floor(from / slotLength) + 1)
  const end = to === null ? slots.length : placeOf(slots, Math.floor(to / slotLength))
  return Math.max(0, end - begin)
}

function placeOf(slots: readonly number[], slot: number): number {
  let [low, high] = [0, slots.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((slots[middle] as number) < slot) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether two stretches of time have something in common. */
export const overlap = (a: Pick<Gap, 'from' | 'to'>, b: Pick<Gap, 'from' | 'to'>): boolean =>
  (a.from ?? Number.NEGATIVE_INFINITY) < (b.to ?? Number.POSITIVE_INFINITY) &&
  (b.from ?? Number.NEGATIVE_INFINITY) < (a.to ?? Number.POSITIVE_INFINITY)

export const isOf = (telemetry: Telemetry) => (gap: Gap) => gap.telemetry === telemetry
