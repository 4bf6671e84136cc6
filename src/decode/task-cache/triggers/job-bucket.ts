import type { MultipleInstancesPolicy, Principal, TaskSettings } from '../../../model/definition.ts'
import type { ByteReader } from '../../registry/byte-reader.ts'
import { Damage } from '../../registry/damage.ts'
import { accountOf, alignedText, alignedU32, type CachedUser, readUser } from './aligned.ts'
import { type OptionalSettings, readOptionalSettings } from './optional-settings.ts'

/** Settings that the job bucket knows; the others are only in the task's file. */
export type CachedSettings = Pick<
  TaskSettings,
  | 'allowHardTerminate'
  | 'allowStartOnDemand'
  | 'disallowStartIfOnBatteries'
  | 'enabled'
  | 'hidden'
  | 'multipleInstancesPolicy'
  | 'runOnlyIfIdle'
  | 'runOnlyIfNetworkAvailable'
  | 'startWhenAvailable'
  | 'stopIfGoingOnBatteries'
  | 'wakeToRun'
> & { readonly restartOnIdle: boolean; readonly stopOnIdleEnd: boolean }

/** What of a task is neither trigger nor action: settings and principal. */
export interface JobBucket {
  readonly flags: number
  readonly settings: CachedSettings
  /** Null when the bucket has none (their length is 0). */
  readonly optional: OptionalSettings | null
  /** Said to be the CRC-32 of the task's XML. */
  readonly crc32: number
  readonly principal: Principal
  /** The account with its SID and its name, as far as they are there. */
  readonly user: CachedUser | null
}

/** Names of the flags: winreg-tasks, triggers.ksy; those it does not name are in `principalOf`. */
const Flag = {
  runOnlyIfIdle: 0x2,
  restartOnIdle: 0x4,
  stopOnIdleEnd: 0x8,
  disallowStartIfOnBatteries: 0x10,
  stopIfGoingOnBatteries: 0x20,
  startWhenAvailable: 0x40,
  runOnlyIfNetworkAvailable: 0x80,
  allowStartOnDemand: 0x100,
  wakeToRun: 0x200,
  parallel: 0x400,
  stopExisting: 0x800,
  queue: 0x1000,
  s4u: 0x4000,
  group: 0x8000,
  interactiveToken: 0x1_0000,
  password: 0x4_0000,
  interactiveTokenOrPassword: 0x8_0000,
  enabled: 0x40_0000,
  hidden: 0x80_0000,
  highestAvailable: 0x100_0000,
  tokenSidTypeNone: 0x800_0000,
  tokenSidTypeUnrestricted: 0x1000_0000,
  allowHardTerminate: 0x4000_0000,
} as const

/**
 * The job bucket:
 *
 *     u4 flags, u4 crc32, [text principal id, from version 0x16], [text display name, from 0x17], account, optional settings
 *
 * Source: winreg-tasks, triggers.ksy.
 */
export function readJobBucket(reader: ByteReader, version: number): JobBucket {
  const flags = alignedU32(reader, 'the flags')
  const crc32 = alignedU32(reader, 'the checksum')
  const id = version >= 0x16 ? alignedText(reader, 'the id of the principal') : null
  const displayName = version >= 0x17 ? alignedText(reader, 'the name of the principal') : null
  const user = readUser(reader, 'the principal')
  const at = reader.at
  const optional = readOptionalSettings(reader)
  if (optional === undefined) throw new Damage('unknown-layout', at, 'settings of a length that is not known')
  const principal = principalOf(flags, id, displayName, user, optional)
  return { flags, settings: settingsOf(flags), optional, crc32, principal, user }
}

function settingsOf(flags: number): CachedSettings {
  const has = (flag: number) => (flags & flag) !== 0
  return {
    allowHardTerminate: has(Flag.allowHardTerminate),
    allowStartOnDemand: has(Flag.allowStartOnDemand),
    disallowStartIfOnBatteries: has(Flag.disallowStartIfOnBatteries),
    enabled: has(Flag.enabled),
    hidden: has(Flag.hidden),
    multipleInstancesPolicy: policyOf(has),
    restartOnIdle: has(Flag.restartOnIdle),
    runOnlyIfIdle: has(Flag.runOnlyIfIdle),
    runOnlyIfNetworkAvailable: has(Flag.runOnlyIfNetworkAvailable),
    startWhenAvailable: has(Flag.startWhenAvailable),
    stopIfGoingOnBatteries: has(Flag.stopIfGoingOnBatteries),
    stopOnIdleEnd: has(Flag.stopOnIdleEnd),
    wakeToRun: has(Flag.wakeToRun),
  }
}

function policyOf(has: (flag: number) => boolean): MultipleInstancesPolicy {
  if (has(Flag.parallel)) return 'Parallel'
  if (has(Flag.stopExisting)) return 'StopExisting'
  return has(Flag.queue) ? 'Queue' : 'IgnoreNew'
}

/**
 * 0x8000 is set where a group is the principal: inferred from the public values and the order of TASK_LOGON_TYPE, which
 * its neighbours follow. Likewise 0x20000 stands for a service account, which a definition does not name.
 */
function principalOf(
  flags: number,
  id: string | null,
  displayName: string | null,
  user: CachedUser | null,
  optional: OptionalSettings | null,
): Principal {
  const has = (flag: number) => (flags & flag) !== 0
  const account = accountOf(user)
  const isGroup = has(Flag.group)
  return {
    id,
    userId: isGroup ? null : account,
    groupId: isGroup ? account : null,
    displayName,
    logonType: logonTypeOf(has),
    runLevel: has(Flag.highestAvailable) ? 'HighestAvailable' : 'LeastPrivilege',
    processTokenSidType: has(Flag.tokenSidTypeNone)
      ? 'None'
      : has(Flag.tokenSidTypeUnrestricted)
        ? 'Unrestricted'
        : null,
    requiredPrivileges: optional?.requiredPrivileges ?? [],
  }
}

function logonTypeOf(has: (flag: number) => boolean): string | null {
  if (has(Flag.s4u)) return 'S4U'
  if (has(Flag.interactiveToken)) return 'InteractiveToken'
  if (has(Flag.password)) return 'Password'
  return has(Flag.interactiveTokenOrPassword) ? 'InteractiveTokenOrPassword' : null
}
