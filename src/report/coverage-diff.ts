import { counted } from '../model/counted.ts'
import {
  type CapabilityId,
  type CapabilityState,
  capabilities,
  type Grade,
  gradeNames,
  grades,
} from '../model/coverage-report.ts'
import { hostName } from './legible.ts'

/** A host's coverage as it was kept. */
export interface KeptCoverage {
  readonly name: string
  readonly grade: Grade
  readonly capabilities: Readonly<Partial<Record<CapabilityId, { readonly state: CapabilityState }>>>
}

/** What got better or worse of one host. */
export interface CoverageChange {
  readonly host: string
  readonly is: 'new' | 'gone' | 'better' | 'worse' | 'other'
  /** Null where the host was not there. */
  readonly from: Grade | null
  readonly to: Grade | null
  readonly capabilities: readonly {
    readonly capability: CapabilityId
    readonly from: CapabilityState
    readonly to: CapabilityState
  }[]
}

/** How well a capability is seen, the best first. */
const order: readonly CapabilityState[] = ['seen', 'partial', 'unknown', 'absent', 'no-channel']

/** What changed since the last time, what got worse first. */
export function coverageDiff(older: readonly KeptCoverage[], newer: readonly KeptCoverage[]): CoverageChange[] {
  const before = new Map(older.map((host) => [host.name, host]))
  const after = new Map(newer.map((host) => [host.name, host]))
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  const changes = names.flatMap((name): CoverageChange[] => {
    const [old, now] = [before.get(name), after.get(name)]
    if (!old || !now) {
      const is = old ? 'gone' : 'new'
      return [{ host: name, is, from: old?.grade ?? null, to: now?.grade ?? null, capabilities: [] }]
    }
    const changed = (Object.keys(capabilities) as CapabilityId[]).flatMap((capability) => {
      const from = old.capabilities[capability]?.state
      const to = now.capabilities[capability]?.state
      return from === undefined || to === undefined || from === to ? [] : [{ capability, from, to }]
    })
    if (changed.length === 0 && old.grade === now.grade) return []
    const byGrade = gradeNames.indexOf(old.grade) - gradeNames.indexOf(now.grade)
    const byState = changed.reduce((sum, { from, to }) => sum + Math.sign(order.indexOf(from) - order.indexOf(to)), 0)
    const sign = byGrade || byState
    const is = sign > 0 ? 'better' : sign < 0 ? 'worse' : 'other'
    return [{ host: name, is, from: old.grade, to: now.grade, capabilities: changed }]
  })
  const rank = ['worse', 'gone', 'other', 'new', 'better']
  return changes.sort((a, b) => rank.indexOf(a.is) - rank.indexOf(b.is))
}

/** The same for people: hosts of which the same is to be said are named together. */
export function* coverageDiffText(changes: readonly CoverageChange[]): Iterable<string> {
  if (changes.length === 0) {
    yield 'nothing changed\n'
    return
  }
  for (const own of Map.groupBy(changes, says).values()) {
    const [first] = own
    if (first === undefined) continue
    const names = own.slice(0, 4).map(({ host }) => hostName(host))
    const more = own.length > names.length ? ` and ${counted(own.length - names.length, 'more host')}` : ''
    yield `${first.is.padEnd(7)}${names.join(', ')}${more}: ${says(first)}\n`
    for (const { capability, from, to } of first.capabilities)
      yield `         ${capabilities[capability]}: ${from} → ${to}\n`
  }
}

function says({ is, from, to, capabilities: changed }: CoverageChange): string {
  if (is === 'new') return `not there before, now ${grades[to ?? 'blind']}`
  if (is === 'gone') return `was ${grades[from ?? 'blind']}, now not in the input`
  const grade = from === to ? grades[to ?? 'blind'] : `${grades[from ?? 'blind']} → ${grades[to ?? 'blind']}`
  return changed.length === 0 ? grade : `${grade}, ${counted(changed.length, 'capability', 'capabilities')} ${is}`
}
