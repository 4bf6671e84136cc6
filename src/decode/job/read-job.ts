import { counted } from '../../model/counted.ts'
import type { Problem } from '../../model/problem.ts'
import { ByteReader, guidText } from '../registry/byte-reader.ts'
import { hex } from '../registry/damage.ts'
import { ProblemList } from '../registry/problem-list.ts'
import type { JobFile, JobPriority, JobSettings, JobSignature, JobTrigger } from './job-file.ts'
import { readJobTrigger, TRIGGER_SIZE } from './job-trigger.ts'
import { readSystemTime } from './local-time.ts'

export interface JobReading {
  /** As far as it could be read; null when it is no .job file. */
  readonly job: JobFile | null
  readonly problems: readonly Problem[]
}

const FIXED_SIZE = 68
const FILE_VERSION = 1
/** Windows NT 4 to 10: [MS-TSCH] 2.4.1, Product Version. */
const productVersions: readonly number[] = [0x400, 0x500, 0x501, 0x600, 0x601, 0x602, 0x603, 0xa00]
/** Of the largest real files, with several triggers and a long comment, some kilobytes are known. */
const MAX_JOB_BYTES = 1024 * 1024
/** What Windows shows of a task's triggers is never more. */
const MAX_TRIGGERS = 1024
const SIGNATURE_SIZE = 68
const INFINITE = 0xffff_ffff

/** As many first bytes as `looksLikeJob` looks at. */
export const JOB_SNIFF_SIZE = FIXED_SIZE

/** The format has no magic: versions and both offsets must be such as Windows writes. */
export function looksLikeJob(firstBytes: Uint8Array): boolean {
  if (firstBytes.length < FIXED_SIZE) return false
  const bytes = Buffer.from(firstBytes.buffer, firstBytes.byteOffset, firstBytes.byteLength)
  const application = bytes.readUInt16LE(0x14)
  return (
    productVersions.includes(bytes.readUInt16LE(0)) &&
    bytes.readUInt16LE(2) === FILE_VERSION &&
    application >= FIXED_SIZE &&
    application <= FIXED_SIZE + 16 &&
    bytes.readUInt16LE(0x16) > application
  )
}

/**
 * Reads a .job file: 68 bytes with the numbers, then the texts, the triggers and, from Windows XP on, perhaps a signature.
 * What is damaged ends the reading; what was read before it is kept.
 * Source: [MS-TSCH] 2.4.1 FIXDLEN_DATA, 2.4.2 Variable-Length Data Section.
 */
export function readJob(file: string, content: Uint8Array): JobReading {
  const problems = new ProblemList(file)
  if (content.length < FIXED_SIZE || content.length > MAX_JOB_BYTES) {
    problems.add('bad-job', 0, `a .job file has ${FIXED_SIZE} bytes to 1 MiB, this one ${content.length}`)
    return { job: null, problems: problems.all() }
  }
  const reader = new ByteReader(content)
  const { numbers, offsets } = readFixed(reader)
  if (!productVersions.includes(numbers.productVersion) || numbers.fileVersion !== FILE_VERSION) {
    const versions = `product ${hex(numbers.productVersion)}, file ${numbers.fileVersion}`
    problems.add('bad-job', 0, `the versions are not those of a .job file: ${versions}`)
    return { job: null, problems: problems.all() }
  }
  return { job: { ...numbers, ...readVariable(content, offsets, problems) }, problems: problems.all() }
}

/** Where the variable part is said to have its name and its triggers. */
interface Offsets {
  readonly application: number
  readonly triggers: number
}

function readFixed(reader: ByteReader) {
  const u16 = () => reader.u16('the fixed part')
  const u32 = () => reader.u32('the fixed part')
  const productVersion = u16()
  const fileVersion = u16()
  const id = guidText(reader.bytes(16, 'the id'))
  const offsets: Offsets = { application: u16(), triggers: u16() }
  const errorRetryCount = u16()
  const errorRetryMinutes = u16()
  const idleDeadlineMinutes = u16()
  const idleWaitMinutes = u16()
  const priority = priorityOf(u32())
  const runTime = u32()
  const exitCode = u32()
  const status = u32()
  const flags = u32()
  const numbers = {
    productVersion,
    fileVersion,
    id,
    errorRetryCount,
    errorRetryMinutes,
    idleDeadlineMinutes,
    idleWaitMinutes,
    priority,
    maximumRunTimeMs: runTime === INFINITE ? null : runTime,
    exitCode,
    status,
    flags,
    settings: settingsOf(flags),
    lastRun: readSystemTime(reader, 'the last run'),
  }
  return { numbers, offsets }
}

type Variable = Pick<
  JobFile,
  | 'runningInstances'
  | 'applicationName'
  | 'parameters'
  | 'workingDirectory'
  | 'author'
  | 'comment'
  | 'userData'
  | 'startError'
  | 'triggers'
  | 'signature'
>

function readVariable(content: Uint8Array, offsets: Offsets, problems: ProblemList): Variable {
  const found: { -readonly [K in keyof Variable]: Variable[K] } = {
    runningInstances: 0,
    applicationName: null,
    parameters: null,
    workingDirectory: null,
    author: null,
    comment: null,
    userData: null,
    startError: null,
    triggers: [],
    signature: null,
  }
  problems.attempt(() => {
    const reader = new ByteReader(content, FIXED_SIZE)
    found.runningInstances = reader.u16('the number of running instances')
    if (offsets.application > reader.at) reader.skip(offsets.application - reader.at, 'the application name')
    else if (offsets.application < reader.at) {
      problems.add('bad-job', 0x14, `the application name is said to be at ${hex(offsets.application)}`)
    }
    found.applicationName = text(reader, 'the application name')
    found.parameters = text(reader, 'the parameters')
    found.workingDirectory = text(reader, 'the working directory')
    found.author = text(reader, 'the author')
    found.comment = text(reader, 'the comment')
    found.userData = reader.bytes(reader.u16('the size of the user data'), 'the user data').toString('hex') || null
    found.startError = readReserved(reader)
    if (reader.at !== offsets.triggers) {
      const says = `triggers are said to be at ${hex(offsets.triggers)}, they follow at ${hex(reader.at)}`
      problems.add('bad-job', 0x16, says)
    }
    found.triggers = readTriggers(reader, problems)
    found.signature = readSignature(reader, problems)
  })
  return found
}

/** A number of characters with the end mark, then the text. Source: [MS-TSCH] 2.4.2.2. */
function text(reader: ByteReader, what: string): string | null {
  const value = reader.utf16(reader.u16(`the length of ${what}`) * 2, what)
  return (value.endsWith('\0') ? value.slice(0, -1) : value) || null
}

/** Nothing, or the error of the last start and unused flags. Source: [MS-TSCH] 2.4.2.9 Reserved Data. */
function readReserved(reader: ByteReader): number | null {
  const size = reader.u16('the size of the reserved data')
  const bytes = reader.bytes(size, 'the reserved data')
  return size >= 4 ? bytes.readUInt32LE(0) : null
}

/** Several triggers: the task starts with each of them. */
function readTriggers(reader: ByteReader, problems: ProblemList): JobTrigger[] {
  const at = reader.at
  const count = reader.u16('the number of triggers')
  const room = Math.min(Math.floor(reader.left / TRIGGER_SIZE), MAX_TRIGGERS)
  if (count > room) problems.add('truncated', at, `${counted(count, 'trigger')}, room for ${room}`)
  const triggers: JobTrigger[] = []
  for (let index = 0; index < Math.min(count, room); index++) {
    const start = reader.at
    const trigger = problems.attempt(() => readJobTrigger(reader))
    if (trigger !== undefined) triggers.push(trigger)
    else reader.skip(start + TRIGGER_SIZE - reader.at, 'a trigger') // each has its place, whatever is in it
  }
  return triggers
}

/** Source: [MS-TSCH] 2.4.2.12 Job Signature. */
function readSignature(reader: ByteReader, problems: ProblemList): JobSignature | null {
  if (reader.left === 0) return null
  if (reader.left !== SIGNATURE_SIZE) {
    problems.add(
      'bad-job',
      reader.at,
      `${counted(reader.left, 'byte follows', 'bytes follow')} the triggers; a signature has ${SIGNATURE_SIZE}`,
    )
    if (reader.left < SIGNATURE_SIZE) return null
  }
  const version = reader.u16('the signature')
  const minimumClientVersion = reader.u16('the signature')
  return { version, minimumClientVersion, bytes: reader.bytes(64, 'the signature').toString('hex') }
}

/** As in the Windows API; libyal/dtformats has 0x40 and 0x80 the other way round. */
function priorityOf(priority: number): JobPriority | null {
  const classes: Record<number, JobPriority> = { 32: 'normal', 64: 'idle', 128: 'high', 256: 'realtime' }
  return classes[priority] ?? null
}

/** Source: [MS-TSCH] 2.4.1, Flags. */
function settingsOf(flags: number): JobSettings {
  const has = (flag: number) => (flags & flag) !== 0
  return {
    interactive: has(0x1),
    deleteWhenDone: has(0x2),
    disabled: has(0x4),
    startOnlyIfIdle: has(0x10),
    hidden: has(0x200),
    runOnlyIfLoggedOn: has(0x2000),
  }
}
