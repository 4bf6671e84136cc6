/**
 * Names of accounts and groups that every Windows has, by their SIDs, lower case. Windows in other languages translates them; where
 * a language is missing here, it keeps the English name (Chinese, Japanese, Korean, …) or nobody has said its word.
 * Source: https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers
 */
const namesBySid: Readonly<Record<string, readonly string[]>> = {
  'S-1-1-0': ['everyone', 'jeder', 'tout le monde', 'todos', 'iedereen', 'alla', 'alle', 'wszyscy', 'mindenki', 'все'],
  'S-1-5-4': ['interactive', 'interaktiv', 'interactif'],
  'S-1-5-11': [
    ...['authenticated users', 'authentifizierte benutzer', 'utilisateurs authentifiés'],
    ...['usuarios autentificados', 'usuários autenticados', 'utilizadores autenticados', 'прошедшие проверку'],
  ],
  'S-1-5-18': ['system', 'localsystem', 'local system', 'système', 'sistema', 'система', '@atserviceaccount'],
  'S-1-5-19': [
    ...['local service', 'localservice', 'lokaler dienst', 'service local', 'servicio local', 'servizio locale'],
    ...['serviço local', 'usługa lokalna', 'lokal tjänst', 'lokal tjeneste', 'paikallinen palvelu'],
    ...['helyi szolgáltatás', 'yerel hizmet'],
  ],
  'S-1-5-20': [
    ...['network service', 'networkservice', 'netzwerkdienst', 'service réseau', 'servicio de red', 'servizio di rete'],
    ...[
      'serviço de rede',
      'usługa sieciowa',
      'nätverkstjänst',
      'netværkstjeneste',
      'nettverkstjeneste',
      'verkkopalvelu',
    ],
    ...['hálózati szolgáltatás', 'ağ hizmeti'],
  ],
  'S-1-5-32-544': [
    ...['administrators', 'administratoren', 'administrateurs', 'administradores', 'администраторы'],
    ...['administratorzy', 'administratörer', 'administratorer', 'järjestelmänvalvojat', 'rendszergazdák'],
  ],
  'S-1-5-32-545': [
    ...['users', 'benutzer', 'utilisateurs', 'usuarios', 'пользователи', 'usuários', 'utilizadores', 'gebruikers'],
    ...['użytkownicy', 'användare', 'brugere', 'brukere', 'käyttäjät', 'felhasználók'],
  ],
  'S-1-5-32-546': ['guests', 'gäste', 'invités', 'invitados', 'convidados'],
}

/** What may stand before such a name, lower case; behind any other domain it is somebody else's. */
const ownDomains = new Set([
  ...['nt authority', 'nt-autorität', 'autorite nt', 'autorité nt', 'autoridade nt', 'zarządzanie nt', 'nt instans'],
  ...['nt-myndighet', 'nt-myndighed', 'builtin', 'vordefiniert', 'integrado', '.'],
])

const sidOfName = new Map(
  Object.entries(namesBySid).flatMap(([sid, names]) => names.map((name) => [name, sid] as const)),
)

export const isSid = (text: string): boolean => /^s-1-\d/i.test(text)

/**
 * The SID of an account that every Windows has, of its SID or of its name in some language, with or without the domain that Windows
 * gives it; undefined for any other account.
 */
export function sidOfAccount(account: string): string | undefined {
  const text = account.trim()
  if (isSid(text)) return text.toUpperCase() in namesBySid ? text.toUpperCase() : undefined
  const lower = text.toLowerCase()
  const slash = lower.lastIndexOf('\\')
  if (slash >= 0 && !ownDomains.has(lower.slice(0, slash))) return undefined
  return sidOfName.get(lower.slice(slash + 1))
}

export const SYSTEM = 'S-1-5-18'

export const isSystem = (account: string): boolean => sidOfAccount(account) === SYSTEM

/** SYSTEM, LOCAL SERVICE or NETWORK SERVICE, of its SID or its name: they have one token, whatever logon type and run level say. */
export function isServiceAccount(account: string): boolean {
  const sid = sidOfAccount(account)
  return sid === SYSTEM || sid === 'S-1-5-19' || sid === 'S-1-5-20'
}

/** English names, as people know these accounts. */
const shown: Readonly<Record<string, string>> = {
  [SYSTEM]: 'SYSTEM',
  'S-1-5-19': 'LOCAL SERVICE',
  'S-1-5-20': 'NETWORK SERVICE',
  'S-1-5-32-544': 'Administrators',
  'S-1-5-32-545': 'Users',
}

/** The name by which everybody knows a SID that means the same on every host; undefined for any other. */
export const nameOfSid = (sid: string): string | undefined =>
  Object.hasOwn(shown, sid.toUpperCase()) ? shown[sid.toUpperCase()] : undefined

/**
 * The SIDs of the logon sessions that every Windows has, by their fixed LUIDs. A session's account can be told from them where an
 * event has no SID (Sysmon, whose account names are in the language of the system) or a senseless one (4688).
 * Source: winnt.h, SYSTEM_LUID, LOCALSERVICE_LUID, NETWORKSERVICE_LUID, ANONYMOUS_LOGON_LUID.
 */
const fixedSessions: ReadonlyMap<string, string> = new Map([
  ['0x3e7', SYSTEM],
  ['0x3e5', 'S-1-5-19'],
  ['0x3e4', 'S-1-5-20'],
  ['0x3e6', 'S-1-5-7'],
])

/** The SID of a logon session that is the same on every host; null for any other. */
export function sidOfSession(logonId: string | null): string | null {
  return logonId === null ? null : (fixedSessions.get(logonId) ?? null)
}
