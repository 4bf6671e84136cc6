import { isSameAccount } from '../../model/canonical/index.ts'
import type { RunProcess, TaskChain } from '../../model/chain.ts'
import { isServiceAccount, isSystem } from '../../model/windows/accounts.ts'
import { type Factor, quote } from '../factor.ts'
import { sighting } from '../sightings.ts'
import { isComputerAccount, type Subject } from '../subject.ts'

/** Events before Windows 10 name the scheduler's own account instead of the one that its process runs as. */
const knownUser = ({ user }: RunProcess, { host }: TaskChain): string | null =>
  user === null || isComputerAccount(user.toLowerCase(), host) ? null : user

/** The account of the task's principal; a group's task runs as whichever of its members is logged on. */
function principalOf({ definition }: TaskChain): string | null {
  const principal = definition?.principals[0]
  const account = principal?.groupId == null ? (principal?.userId ?? null) : null
  return account === null || isServiceAccount(account) || isUser(account) ? account : null
}

/** A person's or a program's own account, not one that every Windows has. */
const isUser = (account: string): boolean => /^s-1-5-21-|^s-1-12-1-/i.test(account) || /^[^\\]+\\[^\\]+$/.test(account)

/** What the scheduler started runs as somebody else than the task's principal. */
function elsewhere({ chain, roots }: Subject) {
  const principal = principalOf(chain)
  if (principal === null) return undefined
  for (const root of roots) {
    const user = knownUser(root, chain)
    if (user === null || isSameAccount(principal, user) !== false) continue
    const { bits, seen } = sighting('other-account')
    return { bits, says: `The task is to run as ${quote(principal)} and ran as ${quote(user)}; ${seen}.` }
  }
  return undefined
}

/** Below a user's process one that runs as SYSTEM. */
function raised({ chain, roots, descendants }: Subject) {
  const root = roots[0] && knownUser(roots[0], chain)
  if (root == null || isServiceAccount(root)) return undefined
  const found = descendants.find((each) => isSystem(knownUser(each, chain) ?? ''))
  if (found === undefined) return undefined
  const { bits, seen } = sighting('raised-below')
  return { bits, says: `${quote(root)} ran it, and below that SYSTEM ran ${quote(found.image ?? '')}; ${seen}.` }
}

/** Something of the run runs as somebody else than it should. */
export const otherAccount: Factor = {
  id: 'other-account',
  weigh: (subject) => raised(subject) ?? elsewhere(subject),
}
