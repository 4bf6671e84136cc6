import { writeGuid } from '../evtx-writer/value.ts'

/** A .job file as the lab writes it; what is left out is as Windows XP has it by default. */
export interface LabJob {
  /** `{GUID}`. */
  readonly id: string
  readonly applicationName: string
  readonly parameters?: string
  readonly workingDirectory?: string
  readonly author?: string
  readonly comment?: string
  readonly userData?: Uint8Array
  /** 0x501 Windows XP. */
  readonly productVersion?: number
  readonly flags?: number
  readonly exitCode?: number
  readonly status?: number
  /** Local time. */
  readonly lastRun?: LabLocalTime
  /** HRESULT of the last start. */
  readonly startError?: number
  readonly triggers: readonly LabJobTrigger[]
  /** 64 bytes; none when left out. */
  readonly signature?: Uint8Array
}

export interface LabLocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

export interface LabJobTrigger {
  readonly start: LabLocalTime
  readonly end?: Pick<LabLocalTime, 'year' | 'month' | 'day'>
  readonly durationMinutes?: number
  readonly intervalMinutes?: number
  /** 1 has an end, 2 killed at the duration's end, 4 disabled. */
  readonly flags?: number
  /** 0 once, 1 daily, 2 weekly, 3 by days of months, 4 by days of weeks, 5 idle, 6 boot, 7 logon. */
  readonly type: number
  readonly specific?: readonly [number, number, number]
}

const FIXED_SIZE = 68
/** An application name is set. */
const FLAG_APPLICATION_NAME = 0x0100_0000

/** Source: [MS-TSCH] 2.4 .JOB File Format. */
export function jobBytes(job: LabJob): Buffer {
  const texts = [job.applicationName, job.parameters, job.workingDirectory, job.author, job.comment]
  const userData = job.userData ?? Buffer.alloc(0)
  const reserved = Buffer.alloc(10)
  reserved.writeUInt16LE(8, 0)
  reserved.writeUInt32LE((job.startError ?? 0) >>> 0, 2)
  const middle = Buffer.concat([
    u16(0),
    ...texts.map((value) => sizedText(value ?? '')),
    u16(userData.length),
    userData,
    reserved,
  ])
  const triggers = Buffer.concat([u16(job.triggers.length), ...job.triggers.map(triggerBytes)])
  const signature = job.signature === undefined ? [] : [u16(1), u16(1), job.signature]
  return Buffer.concat([fixedPart(job, FIXED_SIZE + middle.length), middle, triggers, ...signature])
}

function fixedPart(job: LabJob, triggersOffset: number): Buffer {
  const bytes = Buffer.alloc(FIXED_SIZE)
  bytes.writeUInt16LE(job.productVersion ?? 0x501, 0x00)
  bytes.writeUInt16LE(1, 0x02)
  writeGuid(bytes, 0x04, job.id)
  bytes.writeUInt16LE(FIXED_SIZE + 2, 0x14)
  bytes.writeUInt16LE(triggersOffset, 0x16)
  bytes.writeUInt16LE(60, 0x1c)
  bytes.writeUInt16LE(10, 0x1e)
  bytes.writeUInt32LE(0x20, 0x20)
  bytes.writeUInt32LE(72 * 3_600_000, 0x24)
  bytes.writeUInt32LE((job.exitCode ?? 0) >>> 0, 0x28)
  bytes.writeUInt32LE(job.status ?? 0x41300, 0x2c)
  bytes.writeUInt32LE(((job.flags ?? 0) | FLAG_APPLICATION_NAME) >>> 0, 0x30)
  if (job.lastRun !== undefined) {
    const { year, month, day, hour, minute } = job.lastRun
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
    for (const [index, value] of [year, month, weekday, day, hour, minute].entries()) {
      bytes.writeUInt16LE(value, 0x34 + 2 * index)
    }
  }
  return bytes
}

function triggerBytes(trigger: LabJobTrigger): Buffer {
  const bytes = Buffer.alloc(48)
  const { start, end } = trigger
  const numbers = [48, 0, start.year, start.month, start.day, end?.year, end?.month, end?.day, start.hour, start.minute]
  for (const [index, value] of numbers.entries()) bytes.writeUInt16LE(value ?? 0, 2 * index)
  bytes.writeUInt32LE(trigger.durationMinutes ?? 0, 20)
  bytes.writeUInt32LE(trigger.intervalMinutes ?? 0, 24)
  bytes.writeUInt32LE((trigger.flags ?? 0) | (end === undefined ? 0 : 1), 28)
  bytes.writeUInt32LE(trigger.type, 32)
  for (const [index, value] of (trigger.specific ?? []).entries()) bytes.writeUInt16LE(value, 36 + 2 * index)
  return bytes
}

/** A number of characters with the end mark, then both; 0 for no text. */
function sizedText(value: string): Buffer {
  if (value === '') return u16(0)
  return Buffer.concat([u16(value.length + 1), Buffer.from(`${value}\0`, 'utf16le')])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
