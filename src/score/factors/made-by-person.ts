import { imageName } from '../../model/command-line.ts'
import { type Factor, quote } from '../factor.ts'
import { sighting } from '../sightings.ts'
import { isMachineActor, isSystemAccount } from '../subject.ts'
import { creator } from './creator.ts'

/** Where a person types, or clicks. */
const interactive = /^(?:cmd|powershell|powershell_ise|pwsh|bash|wt|mmc|explorer|wsmprovhost|winrshost)\.exe$/
/** What only carries out what was typed. */
const tools = /^(?:schtasks|at|wmic|conhost)\.exe$/

/**
 * A person's account made or changed the task from a shell or the console, or made it run as SYSTEM. Software makes tasks as the
 * system's own account, through an installer, or for its user alone.
 */
export const madeByPerson: Factor = {
  id: 'made-by-person',
  weigh(subject) {
    const { chain, runsAs } = subject
    const { change } = chain
    if (
      !change ||
      !/^(?:created|modified|tampered)$/.test(change.kind) ||
      change.actor.user === null ||
      change.byOwnRun
    )
      return undefined
    if (isMachineActor(chain)) return undefined
    const { process } = change.actor
    const line = process ? [process, ...process.ancestry].map((p) => imageName(p.image ?? '')) : []
    const maker = line.find((name) => !tools.test(name)) ?? line[0]
    const asSystem = isSystemAccount(runsAs)
    const isByHand = maker !== undefined && (interactive.test(maker) || tools.test(maker))
    if (!asSystem && !isByHand) return undefined
    const { bits, seen } = sighting(asSystem ? 'made-by-person-as-system' : 'made-by-person')
    // Who made it counts once: a shell that came out of a document says more than the shell.
    if ((creator.weigh(subject)?.bits ?? 0) >= bits) return undefined
    return {
      bits,
      says: `${quote(change.actor.user)} ${change.kind === 'created' ? 'made' : 'changed'} it${isByHand ? ` from ${maker}` : ''}${asSystem ? ', to run as SYSTEM' : ''}; ${seen}.`,
    }
  },
}
