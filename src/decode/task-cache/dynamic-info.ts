import { type Instant, instantOfFileTime } from '../../model/time.ts'
import { hex } from '../registry/damage.ts'
import { type Unread, unread } from './unread.ts'

/** When a task was registered and ran. A time that is not set is null. */
export interface DynamicInfo {
  /**
   * Registered or last updated. A tool that writes the registry itself can put anything here: GhostTask puts local time.
   */
  readonly created: Instant | null
  /** The last start, also of a try that failed. */
  readonly lastRun: Instant | null
  /** Only in the form of 36 bytes. */
  readonly lastSuccessfulRun: Instant | null
  /** The HRESULT or exit code of the last run: of the two fields below the one that is set, the second before the first. */
  readonly lastResult: number
  /** The number at 0x14: an HRESULT in the samples of winreg-kb, the state for winreg-tasks and GhostTask. */
  readonly at14: number
  /** The number at 0x18: the last error for winreg-tasks and GhostTask, an HRESULT in real values; 0 in winreg-kb. */
  readonly at18: number
}

export interface DynamicInfoReading {
  readonly info: DynamicInfo | null
  readonly unread: Unread | null
}

const VERSION = 3
const FORMS: readonly number[] = [28, 36]

/**
 * The value `DynamicInfo`: u4 3, FILETIME created, FILETIME last run, u4, u4 and, from Windows 8 on, FILETIME of the last
 * successful run.
 * Sources: libyal/winreg-kb, Task scheduler keys; GDATAAdvancedAnalytics/winreg-tasks, dynamic_info.ksy.
 */
export function readDynamicInfo(blob: Buffer): DynamicInfoReading {
  if (!FORMS.includes(blob.length)) {
    return { info: null, unread: unread(blob, 0, `DynamicInfo has 28 or 36 bytes, this one ${blob.length}`) }
  }
  const version = blob.readUInt32LE(0)
  if (version !== VERSION) {
    return { info: null, unread: unread(blob, 0, `DynamicInfo begins with 3, this one with ${hex(version)}`) }
  }
  const at14 = blob.readUInt32LE(0x14)
  const at18 = blob.readUInt32LE(0x18)
  return {
    info: {
      created: timeAt(blob, 0x04),
      lastRun: timeAt(blob, 0x0c),
      lastSuccessfulRun: blob.length === 36 ? timeAt(blob, 0x1c) : null,
      lastResult: at18 !== 0 ? at18 : at14,
      at14,
      at18,
    },
    unread: null,
  }
}

function timeAt(blob: Buffer, at: number): Instant | null {
  const low = blob.readUInt32LE(at)
  const high = blob.readUInt32LE(at + 4)
  return low === 0 && high === 0 ? null : instantOfFileTime(low, high)
}
