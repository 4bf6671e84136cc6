import type { Factor } from '../factor.ts'

/** What goes after credentials, in lower case. */
const signs: readonly RegExp[] = [
  /\bcomsvcs(?:\.dll)?\b/,
  /(?<!\\)minidump/, // but the folder \Windows\Minidump is tidied by ordinary tasks
  /\bprocdump/,
  /(?<![a-z])lsass/,
  /\bntds\.dit\b/,
  /\bntdsutil\b/,
  /\bmimikatz\b/,
  /\bsekurlsa\b/,
  /\brubeus\b/,
  // Shadow copies that Windows itself schedules for a volume end with /AutoRetry.
  /\bvssadmin(?:\.exe)?"?\s+create\s+shadow(?!\s+\/autoretry=)/,
  /\\harddiskvolumeshadowcopy/,
  /\b(?:save|export)\s+"?(?:hklm|hkey_local_machine)\\(?:sam|security)\b/,
  /\b(?:save|export)\s+"?(?:hklm|hkey_local_machine)\\system(?=["\s]|$)/,
  /\\system32\\config\\sam(?![a-z])/,
]

/** The command line or the run goes after credentials. */
export const credentialAccess: Factor = {
  id: 'credential-access',
  weigh({ texts }) {
    for (const sign of signs) {
      const text = texts.find((t) => sign.test(t))
      if (text !== undefined) {
        return { bits: 8, says: `The task goes after credentials (“${sign.exec(text)?.[0].replace(/\s+/g, ' ')}”).` }
      }
    }
    return undefined
  },
}
