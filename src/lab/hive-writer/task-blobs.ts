import type { Action } from '../../model/definition.ts'
import type { Instant } from '../../model/time.ts'
import { writeFileTime, writeGuid } from '../evtx-writer/value.ts'
import { sidBytes } from './security-descriptor.ts'

/**
 * Values of TaskCache as bytes. Sources: GDATAAdvancedAnalytics/winreg-tasks, *.ksy; libyal/winreg-kb, Task scheduler keys.
 * Windows fills what is left of 8 bytes with `H`, and so do these.
 */
const FILL = 0x48

/** Version 3: context, then the actions. */
export function actionsBlob(context: string, actions: readonly Action[]): Buffer {
  return Buffer.concat([u16(3), text(context), ...actions.flatMap(actionParts)])
}

function actionParts(action: Action): Buffer[] {
  const id = text(action.id ?? '')
  switch (action.kind) {
    case 'exec': {
      const rest = [action.command, action.arguments ?? '', action.workingDirectory ?? ''].map(text)
      return [u16(0x6666), id, ...rest, u16(0)]
    }
    case 'com-handler':
      return [u16(0x7777), id, guidBytes(action.classId), text(action.data ?? '')]
    case 'send-email': {
      const people = [action.from, action.to, action.cc, action.bcc, action.replyTo]
      const rest = [...people, action.server, action.subject, action.body].map((part) => text(part ?? ''))
      const attachments = [u32(action.attachments.length), ...action.attachments.map(text)]
      const headers = action.headerFields.flatMap(({ name, value }) => [text(name), text(value)])
      return [u16(0x8888), id, ...rest, ...attachments, u32(action.headerFields.length), ...headers]
    }
    case 'show-message':
      return [u16(0x9999), id, text(action.title ?? ''), text(action.body ?? '')]
  }
}

export interface LabDynamicInfo {
  readonly created: Instant | null
  readonly lastRun: Instant | null
  readonly lastResult: number
  /** Left out in the form of Windows 7, 28 bytes. */
  readonly lastSuccessfulRun?: Instant | null
}

export function dynamicInfoBlob(info: LabDynamicInfo): Buffer {
  const bytes = Buffer.alloc(info.lastSuccessfulRun === undefined ? 28 : 36)
  bytes.writeUInt32LE(3, 0)
  if (info.created) writeFileTime(bytes, 4, info.created)
  if (info.lastRun) writeFileTime(bytes, 12, info.lastRun)
  bytes.writeUInt32LE(info.lastResult >>> 0, 24)
  if (info.lastSuccessfulRun) writeFileTime(bytes, 28, info.lastSuccessfulRun)
  return bytes
}

/** A trigger as the lab writes it. Times are local, `2026-03-09T06:00:00`. */
export type LabTrigger =
  | { readonly kind: 'boot'; readonly delaySeconds?: number }
  | { readonly kind: 'logon'; readonly user?: LabAccount; readonly delaySeconds?: number }
  | { readonly kind: 'once'; readonly start: string; readonly repeatSeconds?: number }
  | { readonly kind: 'daily'; readonly start: string; readonly days: number; readonly repeatSeconds?: number }

export interface LabAccount {
  readonly sid: string
  readonly name: string
}

export interface LabTriggers {
  readonly flags: number
  /** The id of the principal, as the actions' context. */
  readonly principalId: string
  readonly account: LabAccount
  readonly triggers: readonly LabTrigger[]
}

/** Flags of an ordinary task: enabled, on demand, not on batteries, ignores a second start, may be killed. */
export const ORDINARY_FLAGS = 0x42412138
export const FLAG_SERVICE_ACCOUNT = 0x2_0000
export const FLAG_INTERACTIVE = 0x1_0000
export const FLAG_HIDDEN = 0x80_0000
export const FLAG_HIGHEST = 0x100_0000

/** Version 0x17: header, job bucket, triggers. */
export function triggersBlob(spec: LabTriggers): Buffer {
  const starts = spec.triggers.flatMap((trigger) => ('start' in trigger ? [trigger.start] : [])).sort()
  return Buffer.concat([
    wide(Buffer.from([0x17])),
    moment(starts[0] ?? null, 0n),
    moment(null, -1n),
    wide(u32(spec.flags)),
    wide(u32(0)),
    wideText(spec.principalId),
    wideText(''),
    account(spec.account),
    optionalSettings(),
    ...spec.triggers.map(trigger),
  ])
}

const DAY = 86_400
const NEVER = 0xffff_ffff

function trigger(spec: LabTrigger): Buffer {
  switch (spec.kind) {
    case 'boot':
      return Buffer.concat([wide(u32(0xffff)), base(spec.delaySeconds ?? 0)])
    case 'logon': {
      const user = spec.user === undefined ? wide(Buffer.from([1])) : account(spec.user)
      return Buffer.concat([wide(u32(0xaaaa)), base(spec.delaySeconds ?? 0), user])
    }
    case 'once':
      return schedule(spec.start, 0, 0, spec.repeatSeconds ?? 0)
    case 'daily':
      return schedule(spec.start, 1, spec.days, spec.repeatSeconds ?? 0)
  }
}

function base(delaySeconds: number): Buffer {
  return Buffer.concat([
    moment(null, 0n),
    moment(null, -1n),
    ...[delaySeconds, NEVER, 0, 0, 0].map(u32),
    Buffer.alloc(4),
    Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.alloc(8),
    filled(u32(0)),
  ])
}

function schedule(start: string, mode: number, data1: number, repeatSeconds: number): Buffer {
  return Buffer.concat([
    wide(u32(0xdddd)),
    moment(start, 0n),
    moment(null, 0n),
    moment(null, 0n),
    ...[repeatSeconds, repeatSeconds === 0 ? 0 : DAY, NEVER, mode].map(u32),
    ...[data1, 0, 0, 0].map(u16),
    Buffer.from([0, 1, 0, 0]),
    ...[0, 0, 0].map(u32),
    filled(u32(0)),
  ])
}

/** Without an idle time, three days, priority 7, no restart, no network. */
function optionalSettings(): Buffer {
  const settings = [0, NEVER, 3 * DAY, NEVER, 7, 0, 0].map(u32)
  return Buffer.concat([wide(u32(0x2c)), ...settings, Buffer.alloc(16), Buffer.alloc(4, FILL)])
}

function account({ sid, name }: LabAccount): Buffer {
  const bytes = sidBytes(sid)
  const no = wide(Buffer.from([0]))
  return Buffer.concat([no, no, wide(u32(1)), wide(u32(bytes.length)), filled(bytes), wideText(name)])
}

/** A local time, or the FILETIME that stands for none. */
function moment(local: string | null, none: bigint): Buffer {
  const bytes = Buffer.alloc(16)
  if (local === null) bytes.writeBigInt64LE(none, 8)
  else {
    bytes[0] = 1
    writeFileTime(bytes, 8, { time: Date.parse(`${local}Z`), ticks: 0 })
  }
  return bytes
}

/** A length in bytes with its end mark, then the text. */
function wideText(value: string): Buffer {
  const bytes = value === '' ? Buffer.alloc(0) : Buffer.from(`${value}\0`, 'utf16le')
  return Buffer.concat([wide(u32(bytes.length)), filled(bytes)])
}

/** A small number in 8 bytes. */
function wide(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(8 - bytes.length, FILL)])
}

function filled(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8, FILL)])
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf16le')
  return Buffer.concat([u32(bytes.length), bytes])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}

function guidBytes(value: string): Buffer {
  const bytes = Buffer.alloc(16)
  writeGuid(bytes, 0, value)
  return bytes
}
