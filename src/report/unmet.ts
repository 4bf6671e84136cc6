import { formatInstant } from '../model/time.ts'
import { legible } from './legible.ts'
import type { ScanResult } from './result.ts'

/** Hosts that are named before the rest is only counted. */
const hostsNamed = 5

/** Why nothing was looked at; null where something was. `findings: none` would be a lie there. */
export function unmetText({ unmet, tally, problems }: ScanResult): string | null {
  if (unmet === null) return null
  switch (unmet.kind) {
    case 'no-input':
      if (problems.length > 0) return 'nothing was looked at: nothing of it could be read'
      return tally.skippedFiles > 0
        ? 'nothing was looked at: none of the files is of a kind that is known'
        : 'nothing was looked at: there is no file to read'
    case 'no-such-host': {
      const { host, hosts } = unmet
      const more = hosts.length > hostsNamed ? ` and ${hosts.length - hostsNamed} more` : ''
      const others =
        hosts.length === 0 ? 'nor of any other' : `it is of ${hosts.slice(0, hostsNamed).join(', ')}${more}`
      return `nothing was looked at: no evidence is of the host ${legible(host)}; ${legible(others)}`
    }
    case 'no-such-time':
      return `nothing was looked at: nothing happened in the time that was asked for; the evidence is from ${formatInstant(unmet.first)} to ${formatInstant(unmet.last)}`
    default:
      return unmet satisfies never
  }
}
