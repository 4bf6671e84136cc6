import { type Item, isAttack } from './corpus.ts'

/** How far totals tell attacks from ordinary tasks. Shares are from 0 to 1. */
export interface Figures {
  readonly area: number
  readonly areaOfSchtasks: number
  /** Bits that 5 % of the ordinary reach, with the attacks found there. */
  readonly atFivePercent: { readonly bits: number; readonly attacks: number; readonly real: number }
  readonly atMedium: { readonly ordinary: number; readonly attacks: number }
}

const medium = 8
/** Totals are sums of tenths: 8 may be a hair less. */
const hair = 1e-9

export function figuresOf(items: readonly Item[], totals: readonly number[]): Figures {
  const of = (keep: (item: Item) => boolean) => totals.filter((_, k) => keep(items[k] as Item))
  const attacks = of(isAttack)
  const ordinary = of((item) => !isAttack(item))
  const real = of((item) => isAttack(item) && (item.origin === 'incident' || item.origin === 'malware'))
  const ofSchtasks = (wanted: boolean) => of((item) => item.kind === 'schtasks' && isAttack(item) === wanted)
  const five = thresholdAt(0.05, ordinary, totals)
  return {
    area: area(attacks, ordinary),
    areaOfSchtasks: area(ofSchtasks(true), ofSchtasks(false)),
    atFivePercent: { bits: five, attacks: share(attacks, five), real: share(real, five) },
    atMedium: { ordinary: share(ordinary, medium), attacks: share(attacks, medium) },
  }
}

export function printed(what: string, f: Figures): string {
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`
  return (
    `${what.padEnd(40)} area ${f.area.toFixed(3)}, of schtasks ${f.areaOfSchtasks.toFixed(3)}; ` +
    `at 5 % of the ordinary (${f.atFivePercent.bits.toFixed(1)} bits) ${percent(f.atFivePercent.attacks)} of the attacks, ${percent(f.atFivePercent.real)} of the real ones; ` +
    `at medium ${percent(f.atMedium.attacks)} of the attacks, ${percent(f.atMedium.ordinary)} of the ordinary`
  )
}

const share = (totals: readonly number[], from: number): number =>
  totals.filter((t) => t >= from - hair).length / totals.length

function area(attacks: readonly number[], ordinary: readonly number[]): number {
  let won = 0
  for (const a of attacks) for (const b of ordinary) won += a > b ? 1 : a === b ? 0.5 : 0
  return won / (attacks.length * ordinary.length)
}

/** The lowest total that at most this share of the ordinary reach. */
function thresholdAt(most: number, ordinary: readonly number[], all: readonly number[]): number {
  const steps = [...new Set(all)].sort((a, b) => a - b)
  return steps.find((from) => share(ordinary, from) <= most) ?? Number.POSITIVE_INFINITY
}
