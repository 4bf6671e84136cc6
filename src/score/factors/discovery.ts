import type { RunProcess } from '../../model/chain.ts'
import { imageName, splitProgram } from '../../model/command-line.ts'
import type { Factor } from '../factor.ts'

const netLooks = /^(?:users?|groups?|localgroups?|view|accounts|config|sessions?)\b/

/** Tools that tell an intruder who and where they are; for those that also set things, with what arguments they only look. */
const discoverers: ReadonlyMap<string, RegExp | null> = new Map([
  ['whoami.exe', null],
  ['net.exe', netLooks],
  ['net1.exe', netLooks],
  ['nltest.exe', null],
  ['ipconfig.exe', /^(?![-/](?:registerdns|flushdns|renew|release))/],
  ['systeminfo.exe', null],
  ['tasklist.exe', null],
  ['quser.exe', null],
  ['query.exe', null],
  ['qwinsta.exe', null],
  ['dsquery.exe', null],
  ['adfind.exe', null],
  ['hostname.exe', null],
  ['arp.exe', null],
  ['route.exe', /\bprint\b/],
  ['netstat.exe', null],
  ['klist.exe', null],
  ['setspn.exe', null],
  ['cmdkey.exe', null],
  ['nbtstat.exe', null],
])

/** The name of the tool, when the process is one and looks around with it; without a command line it counts as looking. */
function toolOf({ image, commandLine }: RunProcess): string | undefined {
  const name = imageName(image ?? '')
  const looks = discoverers.get(name)
  if (looks === undefined) return undefined
  return looks === null || commandLine === null || looks.test(splitProgram(commandLine).rest.toLowerCase())
    ? name
    : undefined
}

/** The run looked around: tools that tell an intruder who and where they are. */
export const discovery: Factor = {
  id: 'discovery',
  weigh({ roots, descendants }) {
    const used = [...new Set([...roots, ...descendants].map(toolOf).filter((name) => name !== undefined))]
    if (used.length === 0) return undefined
    return {
      bits: Math.min(3 + (used.length - 1), 6),
      says: `The run looked around the system: ${used.slice(0, 5).join(', ')}.`,
    }
  },
}
