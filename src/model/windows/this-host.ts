import { hostKey } from '../host.ts'

/** An address that leads back to the host itself, in any form that a log writes it. */
export const isLoopback = (address: string): boolean =>
  /^(?:127\.[\d.]+|\[?::1\]?|\[?0:0:0:0:0:0:0:1\]?|\[?::ffff:127\.[\d.]+\]?)$/i.test(address.trim())

/** Names by which commands and logons call the host that they run on, lower case. */
const ownNames: ReadonlySet<string> = new Set([
  '',
  '.',
  '-',
  'localhost',
  'local',
  '%computername%',
  '$env:computername',
])

/** Whether a name or address stands for the host itself on any host: `localhost`, `.`, `127.0.0.1`, `\\.`, … */
export function isNameOfItself(name: string): boolean {
  const bare = name.trim().replace(/^\\\\/, '').toLowerCase()
  return ownNames.has(bare) || isLoopback(bare)
}

/** Whether a name or address stands for this host. */
export const isThisHost = (name: string, host: string): boolean =>
  isNameOfItself(name) || hostKey(name.trim().replace(/^\\\\/, '')) === hostKey(host)
