import type { ByteReader } from '../../registry/byte-reader.ts'
import { alignedU32 } from './aligned.ts'
import { duration, limit } from './moment.ts'

/** Settings with a length or a number. Durations are ISO 8601; null stands for none. */
export interface OptionalSettings {
  readonly idleDuration: string | null
  readonly idleWaitTimeout: string | null
  /** `PT0S`: without a limit. */
  readonly executionTimeLimit: string | null
  readonly deleteExpiredTaskAfter: string | null
  readonly priority: number
  readonly restartOnFailure: { readonly interval: string; readonly count: number } | null
  readonly requiredPrivileges: readonly string[]
  readonly maintenance: { readonly period: Period; readonly deadline: Period; readonly exclusive: boolean } | null
}

export interface Period {
  readonly years: number
  readonly months: number
  readonly weeks: number
  readonly days: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
}

/** Lengths that are known; each holds what the shorter one holds and more. */
const BASE = 0x2c
const WITH_PRIVILEGES = 0x38
const WITH_MAINTENANCE = 0x58

/**
 *     u4 length; then, unless it is 0:
 *     u4 idleDuration, idleWait, executionTimeLimit, deleteExpiredAfter, priority, restartDelay, restartCount;
 *     16 bytes network id; 4 unused; from length 0x38: u8 privileges;
 *     from length 0x58: period, deadline (7 × u2 each), u1 exclusive, 3 unused
 *
 * Undefined when the length is none of those. Source: winreg-tasks, optional_settings.ksy, tstimeperiod.ksy.
 */
export function readOptionalSettings(reader: ByteReader): OptionalSettings | null | undefined {
  const length = alignedU32(reader, 'the length of the settings')
  if (length === 0) return null
  if (length !== BASE && length !== WITH_PRIVILEGES && length !== WITH_MAINTENANCE) return undefined
  const u32 = () => reader.u32('the settings')
  const idleDuration = duration(u32())
  const idleWaitTimeout = duration(u32())
  const executionTimeLimit = limit(u32())
  const deleteExpiredTaskAfter = limit(u32())
  const priority = u32()
  const restartInterval = duration(u32())
  const restartCount = u32()
  reader.skip(16 + 4, 'the network')
  return {
    idleDuration,
    idleWaitTimeout,
    executionTimeLimit,
    deleteExpiredTaskAfter,
    priority,
    restartOnFailure: restartInterval === null ? null : { interval: restartInterval, count: restartCount },
    requiredPrivileges: length >= WITH_PRIVILEGES ? privileges(u32(), u32()) : [],
    maintenance: length === WITH_MAINTENANCE ? readMaintenance(reader) : null,
  }
}

function readMaintenance(reader: ByteReader): OptionalSettings['maintenance'] {
  const period = readPeriod(reader)
  const deadline = readPeriod(reader)
  const exclusive = reader.u8('the maintenance settings') !== 0
  reader.skip(3, 'the maintenance settings')
  return { period, deadline, exclusive }
}

function readPeriod(reader: ByteReader): Period {
  const u16 = () => reader.u16('the maintenance settings')
  return {
    years: u16(),
    months: u16(),
    weeks: u16(),
    days: u16(),
    hours: u16(),
    minutes: u16(),
    seconds: u16(),
  }
}

/** The bits from 0x4 on. */
const names = [
  ...['CreateToken', 'AssignPrimaryToken', 'LockMemory', 'IncreaseQuota', 'MachineAccount', 'Tcb', 'Security'],
  ...['TakeOwnership', 'LoadDriver', 'SystemProfile', 'Systemtime', 'ProfileSingleProcess', 'IncreaseBasePriority'],
  ...['CreatePagefile', 'CreatePermanent', 'Backup', 'Restore', 'Shutdown', 'Debug', 'Audit', 'SystemEnvironment'],
  ...['ChangeNotify', 'RemoteShutdown', 'Undock', 'SyncAgent', 'EnableDelegation', 'ManageVolume', 'Impersonate'],
  ...['CreateGlobal', 'TrustedCredManAccess', 'Relabel', 'IncreaseWorkingSet', 'TimeZone', 'CreateSymbolicLink'],
  'DelegateSessionUserImpersonate',
]

function privileges(low: number, high: number): string[] {
  return names
    .filter((_, index) => (index < 30 ? (low >>> (index + 2)) & 1 : (high >>> (index - 30)) & 1))
    .map((name) => `Se${name}Privilege`)
}
