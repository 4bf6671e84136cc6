import { type Item, isAttack } from './corpus.ts'

/** Priors at which posteriors are looked at: of 256, 4,096 and 65,536 changes one is an attack. */
const priors = [-8, -12, -16]

/** How far totals of bits are what they say, as lines to print. */
export function reliabilityOf(items: readonly Item[], totals: readonly number[]): string[] {
  const of = (wanted: boolean) => totals.filter((_, k) => isAttack(items[k] as Item) === wanted)
  const [attacks, ordinary] = [of(true), of(false)]
  const line = bestLine(attacks, ordinary)
  const [fittedAttacks, fittedOrdinary] = [attacks.map(line.map), ordinary.map(line.map)]
  return [
    `Cllr ${cllr(attacks, ordinary).toFixed(2)} (0 is perfect, 1 says nothing); ${cllr(fittedAttacks, fittedOrdinary).toFixed(2)} when one bit of the total is ${line.slope.toFixed(2)} and ${line.offset.toFixed(1)} is added`,
    `of the uncertainty at a prior of ${priors.map((prior) => `2^${prior} ${(100 * leftAt(prior, attacks, ordinary)).toFixed(0)} %`).join(', ')} is left`,
    'stated bits → counted bits, attacks and ordinary definitions in the band',
    ...bands(attacks, ordinary),
  ]
}

/** What bands of the total say and what the corpus has there. */
function bands(attacks: readonly number[], ordinary: readonly number[]): string[] {
  const width = 2
  const lines: string[] = []
  for (let from = -4; from < 12; from += width) {
    const inBand = (totals: readonly number[]) => totals.filter((t) => t >= from && t < from + width).length
    const [m, n] = [inBand(attacks), inBand(ordinary)]
    if (m + n === 0) continue
    const counted = Math.log2((m + 0.5) / (attacks.length + 1) / ((n + 0.5) / (ordinary.length + 1)))
    lines.push(
      `${String(from).padStart(3)} to ${String(from + width).padStart(2)} → ${counted.toFixed(1).padStart(5)}   ${String(m).padStart(3)} ${String(n).padStart(3)}   ${bar(from + width / 2, counted)}`,
    )
  }
  return lines
}

/** The stated bits as |, the counted ones as o, from -6 to 12. */
function bar(stated: number, counted: number): string {
  const at = (bits: number) => Math.max(0, Math.min(36, Math.round(2 * (bits + 6))))
  const cells = [...' '.repeat(37)]
  cells[at(stated)] = '|'
  cells[at(counted)] = 'o'
  return cells.join('').trimEnd()
}

const cost = (bits: number): number => Math.log2(1 + 2 ** bits)
const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length

/** Source: Brümmer and du Preez, Application-independent evaluation of speaker detection, 2006. */
function cllr(attacks: readonly number[], ordinary: readonly number[]): number {
  return (mean(attacks.map((t) => cost(-t))) + mean(ordinary.map(cost))) / 2
}

/** The share of the prior's uncertainty that the posteriors leave; above 1 they mislead. */
function leftAt(prior: number, attacks: readonly number[], ordinary: readonly number[]): number {
  const p = 2 ** prior / (1 + 2 ** prior)
  const before = p * cost(-prior) + (1 - p) * cost(prior)
  return (
    (p * mean(attacks.map((t) => cost(-t - prior))) + (1 - p) * mean(ordinary.map((t) => cost(t + prior)))) / before
  )
}

/** The straight line from totals to bits of evidence that costs least: how much too sure the totals are. */
function bestLine(attacks: readonly number[], ordinary: readonly number[]) {
  let best = { slope: 1, offset: 0, cost: Number.POSITIVE_INFINITY }
  for (let slope = 0.1; slope <= 1.5; slope += 0.02) {
    for (let offset = -8; offset <= 3; offset += 0.1) {
      const move = (t: number) => slope * t + offset
      const cost = cllr(attacks.map(move), ordinary.map(move))
      if (cost < best.cost) best = { slope, offset, cost }
    }
  }
  return { ...best, map: (t: number) => best.slope * t + best.offset }
}
