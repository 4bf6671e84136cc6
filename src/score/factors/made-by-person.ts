import type { TaskChain } from '../../model/chain.ts'
import { imageName } from '../../model/command-line.ts'
import { type Factor, quote } from '../factor.ts'
import { sighting } from '../sightings.ts'
import { isMachineActor, isSystemAccount, runsAsOf } from '../subject.ts'
import { creator } from './creator.ts'

/** Where a person types, or clicks. */
const interactive = /^(?:cmd|powershell|powershell_ise|pwsh|bash|wt|mmc|explorer|wsmprovhost|winrshost)\.exe$/
/** What only carries out what was typed. */
const tools = /^(?:schtasks|at|wmic|conhost)\.exe$/

/** How a person made or changed a task. */
export interface ByPerson {
  /** The program in which it was done by hand; undefined where it was not. */
  readonly hand: string | undefined
  readonly asSystem: boolean
}

/**
 * Whether a person's account made or changed the task from a shell or the console, or made it run as SYSTEM. Software makes tasks as the
 * system's own account, through an installer, or for its user alone.
 */
export function byPerson(chain: TaskChain): ByPerson | undefined {
  const { change } = chain
  if (!change || !/^(?:created|modified|tampered)$/.test(change.kind) || change.actor.user === null || change.byOwnRun)
    return undefined
  if (isMachineActor(chain)) return undefined
  const { process } = change.actor
  const line = process ? [process, ...process.ancestry].map((p) => imageName(p.image ?? '')) : []
  const maker = line.find((name) => !tools.test(name)) ?? line[0]
  const root = chain.runs.flatMap(({ processes }) => processes).find(({ depth }) => depth === 0)
  const asSystem = isSystemAccount(runsAsOf(chain, root))
  const isByHand = maker !== undefined && (interactive.test(maker) || tools.test(maker))
  return asSystem || isByHand ? { hand: isByHand ? maker : undefined, asSystem } : undefined
}

export const madeByPerson: Factor = {
  id: 'made-by-person',
  weigh(subject) {
    const { chain, beside } = subject
    const person = byPerson(chain)
    if (person === undefined || !chain.change) return undefined
    const { hand, asSystem } = person
    const { bits, seen } = sighting(asSystem ? 'made-by-person-as-system' : 'made-by-person', beside.bySoftware)
    // Who made it counts once: a shell that came out of a document says more than the shell.
    if ((creator.weigh(subject)?.bits ?? 0) >= bits) return undefined
    const { kind, actor } = chain.change
    return {
      bits,
      says: `${quote(actor.user ?? '')} ${kind === 'created' ? 'made' : 'changed'} it${hand === undefined ? '' : ` from ${hand}`}${asSystem ? ', to run as SYSTEM' : ''}; ${seen}.`,
    }
  },
}
