/**
 * Names of accounts and groups that every Windows has, by their SIDs. Windows in other languages translates them; the forms
 * of the larger ones are here, others stay names.
 * Source: https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers
 */
const wellKnown: Readonly<Record<string, readonly string[]>> = {
  'S-1-1-0': ['everyone', 'jeder', 'tout le monde', 'todos'],
  'S-1-5-4': ['interactive', 'interaktiv', 'interactif'],
  'S-1-5-11': [
    'authenticated users',
    'authentifizierte benutzer',
    'utilisateurs authentifiés',
    'usuarios autentificados',
  ],
  'S-1-5-18': ['system', 'localsystem', 'local system', 'système', 'sistema', 'система', '@atserviceaccount'],
  'S-1-5-19': ['local service', 'localservice', 'lokaler dienst', 'service local', 'servicio local'],
  'S-1-5-20': ['network service', 'networkservice', 'netzwerkdienst', 'service réseau', 'servicio de red'],
  'S-1-5-32-544': ['administrators', 'administratoren', 'administrateurs', 'administradores', 'администраторы'],
  'S-1-5-32-545': ['users', 'benutzer', 'utilisateurs', 'usuarios', 'пользователи'],
  'S-1-5-32-546': ['guests', 'gäste', 'invités', 'invitados'],
}

/** What may stand before such a name; behind any other domain it is somebody else's. */
const ownDomains = new Set([
  ...['nt authority', 'nt-autorität', 'autorite nt', 'autorité nt', 'autoridade nt'],
  ...['builtin', 'vordefiniert', 'builtin', 'integrado', '.'],
])

const sidOfName = new Map(
  Object.entries(wellKnown).flatMap(([sid, names]) => names.map((name) => [name, sid] as const)),
)

const isSid = (text: string) => /^s-1-\d/i.test(text)

/** An account as one text: the SID of what every Windows has, other SIDs in upper case, other names in lower case. */
export function canonicalAccount(account: string): string {
  const text = account.trim()
  if (isSid(text)) return text.toUpperCase()
  const lower = text.toLowerCase()
  const slash = lower.lastIndexOf('\\')
  if (slash >= 0 && !ownDomains.has(lower.slice(0, slash))) return lower
  return sidOfName.get(lower.slice(slash + 1)) ?? lower
}

/** Whether a canonical account is one that means the same on every host: not of a domain, a machine or a cloud tenant. */
export function isWellKnownAccount(account: string): boolean {
  return isSid(account) ? !/^S-1-(?:5-21|12-1)-/.test(account) : account.startsWith('nt service\\')
}

/** SYSTEM, LOCAL SERVICE, NETWORK SERVICE: they have one token, whatever the logon type and run level say. */
export function isServiceAccount(account: string): boolean {
  return account === 'S-1-5-18' || account === 'S-1-5-19' || account === 'S-1-5-20'
}

/** Whether two accounts are one; undefined when a name stands against a SID, which only the host could resolve. */
export function isSameAccount(one: string, other: string): boolean | undefined {
  const [a, b] = [canonicalAccount(one), canonicalAccount(other)]
  if (a === b) return true
  if (isSid(a) !== isSid(b)) return isWellKnownAccount(a) || isWellKnownAccount(b) ? false : undefined
  if (isSid(a)) return false
  const [nameOfA, nameOfB] = [nameOf(a), nameOf(b)]
  return nameOfA === nameOfB && (!hasDomain(a) || !hasDomain(b))
}

const nameOf = (account: string) => account.slice(account.lastIndexOf('\\') + 1)
const hasDomain = (account: string) => account.includes('\\') && !account.startsWith('.\\')
