import type { Factor } from '../factor.ts'

const signs = [
  'comsvcs.dll',
  'minidump',
  'procdump',
  'lsass',
  'ntds.dit',
  'ntdsutil',
  'mimikatz',
  'sekurlsa',
  'vssadmin create shadow',
  'reg save hklm\\sam',
  'reg save hklm\\security',
  'save hklm\\sam',
  'save hklm\\system',
  'rubeus',
  '\\system32\\config\\sam',
]

/** The command line or the run goes after credentials. */
export const credentialAccess: Factor = {
  id: 'credential-access',
  weigh({ texts }) {
    const sign = signs.find((s) => texts.some((t) => t.includes(s)))
    return sign === undefined ? undefined : { bits: 8, says: `The task goes after credentials (“${sign}”).` }
  },
}
