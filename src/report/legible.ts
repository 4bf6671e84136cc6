import { clean } from './clean.ts'

/** As much of one text as a person reads; an encoded command of the greatest length is four times as long, and stands in JSON. */
const longest = 2_000

/** Text of the input made safe and not longer than anybody reads. */
export function legible(text: string): string {
  if (text.length <= longest) return clean(text).trim()
  return `${clean(text.slice(0, longest)).trim()} … (${text.length} characters in all)`
}

/** SIDs that mean the same on every host. Source: https://learn.microsoft.com/windows/win32/secauthz/well-known-sids */
const wellKnown: ReadonlyMap<string, string> = new Map([
  ['S-1-5-18', 'SYSTEM'],
  ['S-1-5-19', 'LOCAL SERVICE'],
  ['S-1-5-20', 'NETWORK SERVICE'],
  ['S-1-5-32-544', 'Administrators'],
  ['S-1-5-32-545', 'Users'],
])

export function accountName(account: string): string {
  const name = wellKnown.get(account)
  return name === undefined ? legible(account) : `${name} (${account})`
}
