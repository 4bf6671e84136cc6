import type { User } from '../host/host.ts'
import { type WindowsVersion, windowsVersions } from '../host/windows.ts'
import { Random } from '../random.ts'

export const hostKinds = ['workstation', 'server', 'dc'] as const
export type HostKind = (typeof hostKinds)[number]
export type Profile = HostKind | 'mixed'

export const noiseLevels = ['quiet', 'normal', 'busy'] as const
export type Noise = (typeof noiseLevels)[number]

/** The channels that the lab writes. */
export const allChannels = [
  'Security',
  'Microsoft-Windows-Sysmon/Operational',
  'Microsoft-Windows-TaskScheduler/Operational',
  'Microsoft-Windows-PowerShell/Operational',
  'Microsoft-Windows-GroupPolicy/Operational',
] as const

/** One host of a fleet, before anything has happened on it. */
export interface HostPlan {
  readonly name: string
  readonly kind: HostKind
  readonly windows: WindowsVersion
  readonly address: string
  /** Who works there; of a server its administrators. */
  readonly users: readonly User[]
  readonly seed: number
}

// Names and addresses are reserved for examples: RFC 2606, RFC 5737.
export const DOMAIN = 'EXAMPLE'
const DOMAIN_SID = 'S-1-5-21-2104187721-3090552418-1177294305'
const givenNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'w']
const familyNames = [
  'adler',
  'berg',
  'costa',
  'dahl',
  'evans',
  'fischer',
  'garcia',
  'hansen',
  'ito',
  'jansen',
  'keller',
  'lopez',
].concat(['meyer', 'novak', 'olsen', 'patel', 'quist', 'rossi', 'silva', 'tanaka', 'urban', 'vogel', 'weber', 'young'])

export const user = (name: string, rid: number): User => ({ sid: `${DOMAIN_SID}-${rid}`, domain: DOMAIN, name })
/** Administrators of the whole domain. */
export const administrators: readonly User[] = [user('adm-berg', 1131), user('adm-ito', 1132), user('adm-patel', 1133)]

/** A fleet's hosts: always the same for the same numbers. */
export function planHosts(count: number, profile: Profile, seed: number): HostPlan[] {
  const random = new Random(seed ^ 0x5eed)
  return Array.from({ length: count }, (_, index): HostPlan => {
    const kind = profile === 'mixed' ? kindOf(index) : profile
    const number = String(index + 1).padStart(Math.max(3, String(count).length), '0')
    const prefix = { workstation: 'WS', server: 'SRV', dc: 'DC' }[kind]
    const person = user(
      `${givenNames[index % givenNames.length]}.${familyNames[Math.floor(index / givenNames.length + index) % familyNames.length]}${index >= 456 ? index : ''}`,
      2000 + index,
    )
    return {
      name: `${prefix}${number}.example.test`,
      kind,
      windows: versionOf(kind, random),
      address: `198.18.${(index >> 8) & 0xff}.${index & 0xff}`,
      users: kind === 'workstation' ? [person] : [administrators[index % administrators.length] as User],
      seed: random.whole(1, 0x7fff_ffff),
    }
  })
}

/** Of 25 hosts one is a domain controller and four are servers. */
function kindOf(index: number): HostKind {
  if (index % 25 === 24) return 'dc'
  return index % 6 === 5 ? 'server' : 'workstation'
}

function versionOf(kind: HostKind, random: Random): WindowsVersion {
  const of = kind === 'workstation' ? (['10', '10', '11'] as const) : (['2016', '2019', '2019', '2022'] as const)
  return windowsVersions[of[random.whole(0, of.length - 1)] ?? '10']
}
