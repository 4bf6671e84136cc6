import { counted } from '../../model/counted.ts'
import { sidText } from '../registry/byte-reader.ts'
import { Damage, hex } from '../registry/damage.ts'

/** Who may read a task, from the value `SD` below Tree. */
export interface SecurityDescriptor {
  readonly owner: string | null
  /** No DACL: everybody may do everything. */
  readonly everybody: boolean
  /** SIDs that may read and are not denied it, in the order of the list. */
  readonly readers: readonly string[]
  /** Nobody but SYSTEM may read: the task is shown to no user, not even to administrators. */
  readonly hidesFromEveryone: boolean
}

const HEADER = 20
const DACL_PRESENT = 0x0004
const SYSTEM = 'S-1-5-18'
const EVERYONE = 'S-1-1-0'
const INHERIT_ONLY = 0x08

/** FILE_READ_DATA, GENERIC_ALL, GENERIC_READ: each lets the service show the task. */
const READ = 0x0000_0001 | 0x1000_0000 | 0x8000_0000

/** Types of an ACE by whether they allow or deny, and where the SID begins: [MS-DTYP] 2.4.4. */
const allowing: Readonly<Record<number, boolean>> = { 0: true, 1: false, 5: true, 6: false, 9: true, 10: false }
const withObjectTypes: readonly number[] = [5, 6]

/**
 * Decodes a self-relative security descriptor as far as it tells owner and readers. Throws Damage.
 * Source: [MS-DTYP] 2.4.6 SECURITY_DESCRIPTOR, 2.4.5 ACL, 2.4.4 ACE.
 */
export function readSecurityDescriptor(bytes: Buffer): SecurityDescriptor {
  if (bytes.length < HEADER || bytes[0] !== 1) {
    throw new Damage('bad-security-descriptor', 0, `${counted(bytes.length, 'byte')}, the first ${hex(bytes[0] ?? 0)}`)
  }
  const control = bytes.readUInt16LE(2)
  const ownerAt = bytes.readUInt32LE(4)
  const daclAt = bytes.readUInt32LE(16)
  const owner = ownerAt === 0 ? null : (sidText(bytes.subarray(ownerAt)) ?? null)
  if ((control & DACL_PRESENT) === 0 || daclAt === 0) {
    return { owner, everybody: true, readers: [], hidesFromEveryone: false }
  }
  const readers = readersOf(bytes, daclAt)
  return { owner, everybody: false, readers, hidesFromEveryone: readers.every((sid) => sid === SYSTEM) }
}

/** ACEs are taken in order: what an earlier one denies, a later one does not give. */
function readersOf(bytes: Buffer, daclAt: number): string[] {
  if (daclAt + 8 > bytes.length) throw new Damage('bad-security-descriptor', daclAt, 'the DACL lies outside')
  const count = bytes.readUInt16LE(daclAt + 4)
  const denied = new Set<string>()
  const readers = new Set<string>()
  let at = daclAt + 8
  for (let index = 0; index < count; index++) {
    const size = at + 8 <= bytes.length ? bytes.readUInt16LE(at + 2) : 0
    if (size < 8 || at + size > bytes.length) {
      throw new Damage('bad-security-descriptor', at, `entry ${index} of ${count} of the DACL lies outside`)
    }
    const type = bytes[at] as number
    const flags = bytes[at + 1] as number
    const allows = allowing[type]
    if (allows !== undefined && (flags & INHERIT_ONLY) === 0 && (bytes.readUInt32LE(at + 4) & READ) !== 0) {
      const sid = sidText(bytes.subarray(at + sidOffset(bytes, at, size, type), at + size))
      if (sid === undefined) throw new Damage('bad-security-descriptor', at, `entry ${index} of the DACL has no SID`)
      if (!allows) denied.add(sid)
      else if (!denied.has(sid) && !denied.has(EVERYONE)) readers.add(sid)
    }
    at += size
  }
  return [...readers]
}

/** After type, flags, size and mask; an object ACE has up to two GUIDs before its SID. */
function sidOffset(bytes: Buffer, at: number, size: number, type: number): number {
  if (!withObjectTypes.includes(type) || size < 12) return 8
  const present = bytes.readUInt32LE(at + 8)
  return 12 + ((present & 1) !== 0 ? 16 : 0) + ((present & 2) !== 0 ? 16 : 0)
}
