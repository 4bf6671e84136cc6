import { counted } from '../model/counted.ts'
import { nameOfSid } from '../model/windows/accounts.ts'
import { clean } from './clean.ts'

/** As much of one text as a person reads; an encoded command of the greatest length is four times as long, and stands in JSON. */
const longest = 2_000

/** Text of the input made safe and not longer than anybody reads. */
export function legible(text: string): string {
  if (text.length <= longest) return clean(text).trim()
  return `${clean(text.slice(0, longest)).trim()} … (${counted(text.length, 'character')} in all)`
}

export function accountName(account: string): string {
  const name = nameOfSid(account)
  return name === undefined ? legible(account) : `${name} (${account})`
}

/** A host as it is called in a sentence: some records do not say of which they are. */
export const hostName = (host: string): string => (host === '' ? 'a host without a name' : legible(host))
