import type { RunProcess, TaskChain } from '../../model/chain.ts'
import { isServiceAccount, isSystem } from '../../model/windows/accounts.ts'
import { type Factor, quote } from '../factor.ts'
import { sighting } from '../sightings.ts'
import { isComputerAccount, type Subject } from '../subject.ts'

/** Events before Windows 10 name the scheduler's own account instead of the one that its process runs as. */
const knownUser = ({ user }: RunProcess, { host }: TaskChain): string | null =>
  user === null || isComputerAccount(user.toLowerCase(), host) ? null : user

/** A person's or a program's own account, not one that every Windows has. */
const isUser = (account: string): boolean => /^s-1-5-21-|^s-1-12-1-/i.test(account) || /^[^\\]+\\[^\\]+$/.test(account)

/**
 * A user's task was run as the system's own account. Of two users nobody can tell whether they are one: accounts are renamed, and called by
 * several domains.
 */
function elsewhere({ chain, roots }: Subject) {
  const principal = chain.definition?.principals[0]
  const account = principal?.groupId == null ? (principal?.userId ?? null) : null
  if (account === null || isServiceAccount(account) || !isUser(account)) return undefined
  const user = roots.map((root) => knownUser(root, chain)).find((each) => each !== null && isServiceAccount(each))
  if (user == null) return undefined
  const { bits, seen } = sighting('other-account')
  return { bits, says: `The task is to run as ${quote(account)} and ran as ${quote(user)}; ${seen}.` }
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
