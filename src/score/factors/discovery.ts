import { imageName } from '../../model/command-line.ts'
import type { Factor } from '../factor.ts'

const discoverers = new Set([
  'whoami.exe',
  'net.exe',
  'net1.exe',
  'nltest.exe',
  'ipconfig.exe',
  'systeminfo.exe',
  'tasklist.exe',
  'quser.exe',
  'query.exe',
  'qwinsta.exe',
  'dsquery.exe',
  'adfind.exe',
  'hostname.exe',
  'arp.exe',
  'route.exe',
  'netstat.exe',
  'klist.exe',
  'setspn.exe',
  'cmdkey.exe',
  'nbtstat.exe',
])

/** The run looked around: tools that tell an intruder who and where they are. */
export const discovery: Factor = {
  id: 'discovery',
  weigh({ roots, descendants }) {
    const used = [
      ...new Set([...roots, ...descendants].map((p) => imageName(p.image ?? '')).filter((n) => discoverers.has(n))),
    ]
    if (used.length === 0) return undefined
    return {
      bits: Math.min(3 + (used.length - 1), 6),
      says: `The run looked around the system: ${used.slice(0, 5).join(', ')}.`,
    }
  },
}
