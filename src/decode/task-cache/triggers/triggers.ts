import type { Trigger } from '../../../model/definition.ts'
import { ByteReader } from '../../registry/byte-reader.ts'
import { Damage, hex } from '../../registry/damage.ts'
import { MAX_TRIGGERS } from '../limits.ts'
import { type Unread, unread } from '../unread.ts'
import { alignedU8 } from './aligned.ts'
import { type JobBucket, readJobBucket } from './job-bucket.ts'
import { readMoment } from './moment.ts'
import { readTrigger } from './trigger.ts'

/** The value `Triggers` of a task, which also holds its principal and settings. */
export interface CachedTriggers {
  readonly version: number
  /** The earliest start and the latest end of all triggers. */
  readonly startBoundary: string | null
  readonly endBoundary: string | null
  readonly bucket: JobBucket | null
  readonly triggers: readonly Trigger[]
  /** Where reading ended before the end. */
  readonly unread: Unread | null
}

/** Versions whose layout is published. */
const FIRST_VERSION = 0x15
const LAST_VERSION = 0x17

/** Header, job bucket, triggers. Source: GDATAAdvancedAnalytics/winreg-tasks, triggers.ksy. */
export function readTriggers(blob: Buffer): CachedTriggers {
  const reader = new ByteReader(blob)
  let version = 0
  let startBoundary: string | null = null
  let endBoundary: string | null = null
  let bucket: JobBucket | null = null
  const triggers: Trigger[] = []
  let start = 0
  try {
    version = alignedU8(reader, 'the version')
    if (version < FIRST_VERSION || version > LAST_VERSION) {
      throw new Damage('unknown-layout', 0, `the layout of version ${hex(version)} is not known`)
    }
    startBoundary = readMoment(reader, 'the header')
    endBoundary = readMoment(reader, 'the header')
    start = reader.at
    bucket = readJobBucket(reader, version)
    while (reader.left > 0) {
      start = reader.at
      if (triggers.length >= MAX_TRIGGERS) throw new Damage('too-large', start, `more than ${MAX_TRIGGERS} triggers`)
      triggers.push(readTrigger(reader, version))
    }
    return { version, startBoundary, endBoundary, bucket, triggers, unread: null }
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    return { version, startBoundary, endBoundary, bucket, triggers, unread: unread(blob, start, error.message) }
  }
}
