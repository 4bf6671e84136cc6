import { type Severity, severities } from '../model/finding.ts'
import { isChain, isSameTask, type Judgement, judge, shortHost } from './match.ts'
import type { Told } from './told.ts'
import type { TrueChain, Truth, TruthFile } from './truth.ts'

/** So many of so many. */
export interface Share {
  readonly right: number
  readonly of: number
}

/** What a scan's findings are worth against the truth. */
export interface Score {
  readonly set: string
  readonly hosts: number
  readonly days: number | null
  /** Over all changes of the truth, also the benign ones. */
  readonly changes: Share
  /** Over the attack's chains, whatever their severity. */
  readonly attacks: Share
  /** Attack chains whose finding is medium or above. */
  readonly recall: Share
  /** Findings at medium or above that belong to an attack. */
  readonly precision: Share
  readonly route: Share
  readonly user: Share
  readonly process: Share
  readonly processes: { readonly named: number; readonly counted: number; readonly missing: number }
  /** Findings at each severity, and how many of them belong to an attack. */
  readonly severities: readonly (Share & { readonly severity: Severity })[]
  /** Per 1,000 hosts and day at medium or above: all, and those that belong to no attack. Null without days. */
  readonly perThousandHostDays: { readonly findings: number; readonly falseAlarms: number } | null
  readonly curve: readonly CurvePoint[]
  readonly chains: readonly Judgement[]
  readonly falseAlarms: readonly Told[]
}

/** What a threshold at so many bits would give. */
export interface CurvePoint {
  readonly bits: number
  readonly recall: number
  readonly precision: number | null
  readonly falsePerThousandHostDays: number | null
}

const isSevere = (told: Told): boolean => severities.indexOf(told.severity) >= severities.indexOf('medium')

export function score(findings: readonly Told[], truth: Truth): Score {
  const byHost = new Map<string, Told[]>()
  for (const told of findings) {
    const host = shortHost(told.host)
    const known = byHost.get(host)
    if (known) known.push(told)
    else byHost.set(host, [told])
  }
  const chains = truth.files.flatMap((file) => judgeFile(file, byHost))
  const attacks = chains.filter(({ chain }) => chain.isAttack)
  const isOfAttack = attackFinder(
    truth,
    attacks.flatMap(({ told }) => told ?? []),
  )
  const hosts = new Set(truth.files.flatMap(({ hosts: names }) => names.map(shortHost))).size
  const hostDays = truth.days === null ? null : hosts * truth.days
  const perThousand = (count: number) => (hostDays === null ? null : round((count * 1000) / hostDays))
  const severe = findings.filter(isSevere)
  const falseAlarms = severe.filter((told) => !isOfAttack(told))
  return {
    set: truth.set,
    hosts,
    days: truth.days,
    changes: share(chains, ({ told }) => told !== null),
    attacks: share(attacks, ({ told }) => told !== null),
    recall: share(attacks, ({ told }) => told !== null && isSevere(told)),
    precision: { right: severe.length - falseAlarms.length, of: severe.length },
    route: shareOf(chains, 'route'),
    user: shareOf(chains, 'user'),
    process: shareOf(chains, 'process'),
    processes: {
      named: sum(chains, ({ processes }) => processes.named),
      counted: sum(chains, ({ processes }) => processes.counted),
      missing: sum(chains, ({ processes }) => processes.missing),
    },
    severities: severities.map((severity) => {
      const of = findings.filter((told) => told.severity === severity)
      return { severity, right: of.filter(isOfAttack).length, of: of.length }
    }),
    perThousandHostDays:
      hostDays === null
        ? null
        : { findings: perThousand(severe.length) ?? 0, falseAlarms: perThousand(falseAlarms.length) ?? 0 },
    curve: curveOf(findings, attacks, isOfAttack, perThousand),
    chains,
    falseAlarms,
  }
}

function judgeFile(file: TruthFile, byHost: ReadonlyMap<string, readonly Told[]>): Judgement[] {
  return file.chains.map((chain) =>
    judge(
      chain,
      (byHost.get(shortHost(chain.host)) ?? []).filter((told) => isChain(told, chain, file.format !== 'evtx')),
    ),
  )
}

/**
 * Whether a finding belongs to an attack: it is one of its chains, speaks of the same task on the attacked host, or of the task's
 * command on the host that it came from. A cleared log belongs to the attack on its host.
 */
function attackFinder(truth: Truth, chosen: readonly Told[]): (told: Told) => boolean {
  const attacks = truth.files.flatMap(({ chains }) => chains.filter(({ isAttack }) => isAttack))
  const own = new Set(chosen)
  const onHost = new Map<string, TrueChain[]>()
  for (const chain of attacks) {
    const host = shortHost(chain.host)
    onHost.set(host, [...(onHost.get(host) ?? []), chain])
  }
  return (told) => {
    if (own.has(told)) return true
    const here = onHost.get(shortHost(told.host)) ?? []
    if (told.kind === 'log-cleared') return here.length > 0
    if (told.task === null) return false
    if (here.some((chain) => chain.task !== null && isSameTask(told, chain))) return true
    return (
      told.change?.outcome === 'attempted' && attacks.some((chain) => chain.task !== null && isSameTask(told, chain))
    )
  }
}

function curveOf(
  findings: readonly Told[],
  attacks: readonly Judgement[],
  isOfAttack: (told: Told) => boolean,
  perThousand: (count: number) => number | null,
): CurvePoint[] {
  const most = findings.reduce((max, { bits }) => Math.max(max, bits), 0)
  return Array.from({ length: Math.ceil(most) + 1 }, (_, bits) => {
    const above = findings.filter((told) => told.bits >= bits)
    const right = above.filter(isOfAttack).length
    const found = attacks.filter(({ told }) => told !== null && told.bits >= bits).length
    return {
      bits,
      recall: ratio({ right: found, of: attacks.length }) ?? 0,
      precision: ratio({ right, of: above.length }),
      falsePerThousandHostDays: perThousand(above.length - right),
    }
  })
}

/** Three digits; null where there is nothing to divide by. */
export const ratio = ({ right, of }: Share): number | null => (of === 0 ? null : Math.round((right / of) * 1000) / 1000)
const round = (value: number): number => Math.round(value * 10) / 10

const share = (chains: readonly Judgement[], isRight: (one: Judgement) => boolean): Share => ({
  right: chains.filter(isRight).length,
  of: chains.length,
})
const shareOf = (chains: readonly Judgement[], key: 'route' | 'user' | 'process'): Share => {
  const told = chains.filter((one) => one[key] !== null)
  return { right: told.filter((one) => one[key]).length, of: told.length }
}
const sum = (chains: readonly Judgement[], of: (one: Judgement) => number): number =>
  chains.reduce((total, one) => total + of(one), 0)
