import { imageName } from '../../model/command-line.ts'
import type { Factor } from '../factor.ts'

const creators: readonly { readonly names: readonly string[]; readonly bits: number; readonly what: string }[] = [
  {
    names: [
      'winword.exe',
      'excel.exe',
      'powerpnt.exe',
      'outlook.exe',
      'onenote.exe',
      'msaccess.exe',
      'acrord32.exe',
      'eqnedt32.exe',
    ],
    bits: 7,
    what: 'an Office or document program',
  },
  {
    names: ['mshta.exe', 'regsvr32.exe', 'rundll32.exe', 'installutil.exe', 'msbuild.exe', 'cmstp.exe'],
    bits: 5,
    what: 'a program that runs others’ code',
  },
  {
    names: ['w3wp.exe', 'httpd.exe', 'nginx.exe', 'tomcat.exe', 'java.exe', 'sqlservr.exe', 'php-cgi.exe'],
    bits: 5,
    what: 'a server program',
  },
  { names: ['wscript.exe', 'cscript.exe'], bits: 4, what: 'a script host' },
  {
    names: ['python.exe', 'python2.exe', 'python3.exe', 'pythonw.exe', 'perl.exe', 'ruby.exe'],
    bits: 2,
    what: 'a script interpreter',
  },
]

/** Among the ancestors of the process that made the change is one that administrators do not make tasks with. */
export const creator: Factor = {
  id: 'creator',
  weigh({ chain }) {
    const process = chain.change?.actor.process
    if (!process) return undefined
    const line = [process, ...process.ancestry].map((p) => imageName(p.image ?? ''))
    for (const { names, bits, what } of creators) {
      const name = line.find((n) => names.includes(n))
      if (name) return { bits, says: `The change comes from ${what} (${name}).` }
    }
    return undefined
  },
}
