import { counted, grouped } from '../../model/counted.ts'
import { hostName } from '../legible.ts'
import { mendTable } from './mends.ts'
import type { WantedMend } from './wanted.ts'

const hostsNamed = 6

/** What it is, where it is lacking and what it costs, a line each, made of ASCII: Windows PowerShell takes other scripts for ANSI. */
export function saysOf(wanted: WantedMend): string[] {
  const { id, hosts, cost } = wanted
  const lines = [`${id}: ${mendTable[id].name}`]
  if (hosts !== null) {
    const more = hosts.length > hostsNamed ? ` and ${grouped(hosts.length - hostsNamed)} more` : ''
    lines.push(
      `lacking on ${counted(hosts.length, 'host')}: ${hosts.slice(0, hostsNamed).map(hostName).join(', ')}${more}`,
    )
  }
  if (cost !== null) {
    const bytes = cost.bytesPerDay === null ? '' : `, ${grouped(Math.ceil(cost.bytesPerDay / 1024))} KiB`
    lines.push(
      `costs about ${counted(cost.recordsPerDay, 'record')}${bytes} a day (measured on ${counted(cost.hosts, 'host')} of this input)`,
    )
  }
  return lines.map(ascii)
}

const plain: Readonly<Record<string, string>> = { '“': '"', '”': '"', '’': "'", '–': '-', '…': '...', '\u00a0': ' ' }

/** Text of which every character is one of ASCII that can be printed; others are written as escapes. */
export const ascii = (text: string): string =>
  text.replace(/[^ -~]/gu, (c) => plain[c] ?? `\\u{${(c.codePointAt(0) as number).toString(16)}}`)
