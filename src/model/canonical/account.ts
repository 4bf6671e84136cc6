import { isSid, sidOfAccount } from '../windows/accounts.ts'

/** An account as one text: the SID of what every Windows has, other SIDs in upper case, other names in lower case. */
export function canonicalAccount(account: string): string {
  const text = account.trim()
  return sidOfAccount(text) ?? (isSid(text) ? text.toUpperCase() : text.toLowerCase())
}

/** Whether a canonical account is one that means the same on every host: not of a domain, a machine or a cloud tenant. */
export function isWellKnownAccount(account: string): boolean {
  return isSid(account) ? !/^S-1-(?:5-21|12-1)-/.test(account) : account.startsWith('nt service\\')
}

/** Whether two accounts are one; undefined when a name stands against a SID, which only the host could resolve. */
export function isSameAccount(one: string, other: string): boolean | undefined {
  const [a, b] = [canonicalAccount(one), canonicalAccount(other)]
  if (a === b) return true
  if (isSid(a) !== isSid(b)) return isWellKnownAccount(a) || isWellKnownAccount(b) ? false : undefined
  if (isSid(a)) return false
  const [nameOfA, nameOfB] = [nameOf(a), nameOf(b)]
  return nameOfA === nameOfB && (!hasDomain(a) || !hasDomain(b))
}

const nameOf = (account: string) => account.slice(account.lastIndexOf('\\') + 1)
const hasDomain = (account: string) => account.includes('\\') && !account.startsWith('.\\')
