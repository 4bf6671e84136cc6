import { textWithin } from '../model/long-text.ts'
import type { WindowsRecord } from '../model/record.ts'
import { taskPath } from '../model/task-path.ts'

// Windows writes "-" for a value that an event has no use for, and some writers leave it empty: both are null here.

/** The text of a field; null when it is missing, empty or `-`. */
export function textOf(record: WindowsRecord, name: string): string | null {
  const text = record.field(name)
  return text === undefined || text === '' || text === '-' ? null : textWithin(text)
}

/** The same of what has a bound of its own: a definition, a task's path. */
export function wholeTextOf(record: WindowsRecord, name: string): string | null {
  const text = record.field(name)
  return text === undefined || text === '' || text === '-' ? null : text
}

/** The text of a field as it stands; empty when it is missing. */
export const writtenIn = (record: WindowsRecord, name: string): string => textWithin(record.field(name) ?? '')

const hexNumber = /^0x[\da-f]{1,16}$/i

/** A whole number of at most 32 bits, written decimal or as 0x… (also padded). */
export function numberOf(record: WindowsRecord, name: string): number | null {
  const text = record.field(name)
  if (text === undefined) return null
  const number = decimal(text) ?? (hexNumber.test(text) ? Number(text) : null)
  return number !== null && number <= 0xffff_ffff ? number : null
}

/** A number of one to ten digits; without a pattern, because every record has some. */
function decimal(text: string): number | null {
  if (text.length === 0 || text.length > 10) return null
  let number = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) return null
    number = number * 10 + digit
  }
  return number
}

/** A process id: hexadecimal in Security events, decimal everywhere else. */
export const pidOf = numberOf

const guid = /^\{?([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\}?$/i
const noGuid = /^[0-]+$/
/** As it is kept, and as most writers have it. */
const keptGuid = /^\{(?!0{8}-)[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}$/

/** A GUID in lower case with braces; null when it is none or all zero. */
export function guidOf(record: WindowsRecord, name: string): string | null {
  const text = record.field(name) ?? ''
  if (keptGuid.test(text)) return text
  const digits = guid.exec(text)?.[1]
  return digits === undefined || noGuid.test(digits) ? null : `{${digits.toLowerCase()}}`
}

const hexLogonId = /^0x0*([\da-f]{1,16})$/i
const decimalLogonId = /^\d{1,20}$/

/** A logon session (LUID) as `0x3e7`; null when there is none (`0x0`). */
export function logonIdOf(record: WindowsRecord, name: string): string | null {
  const text = record.field(name)
  if (text === undefined) return null
  const digits = hexLogonId.exec(text)?.[1] ?? (decimalLogonId.test(text) ? BigInt(text).toString(16) : '0')
  return digits === '0' ? null : `0x${digits.toLowerCase()}`
}

const sid = /^S-1-\d/
const nobody = 'S-1-0-0'

/** A SID; null when the field holds none or the SID of nobody. */
export function sidOf(record: WindowsRecord, name: string): string | null {
  const text = record.field(name)
  return text === undefined || text === nobody || !sid.test(text) ? null : text
}

/** What tools write where there is no account. */
const nobodysName = /^(?:n\/a|null|\(null\)|null sid|s-1-0-0)$/i
const longestNobody = 'null sid'.length

/** `DOMAIN\name`, or the bare name where there is no domain; null where there is no name. */
export function accountOf(record: WindowsRecord, domainField: string, nameField: string): string | null {
  const domain = nameOf(record, domainField)
  const name = nameOf(record, nameField)
  return name === null || domain === null ? name : `${domain}\\${name}`
}

function nameOf(record: WindowsRecord, field: string): string | null {
  const text = textOf(record, field)
  return text === null || (text.length <= longestNobody && nobodysName.test(text)) ? null : text
}

/** An address as one host writes it: an IPv4 address that was mapped into IPv6 comes back as IPv4. */
export function addressOf(record: WindowsRecord, name: string): string | null {
  const text = textOf(record, name)
  if (text === null) return null
  return /^::ffff:\d/i.test(text) ? text.slice('::ffff:'.length) : text
}

/** A TCP port; null for 0, which 4624 writes where no network was involved. */
export function portOf(record: WindowsRecord, name: string): number | null {
  return numberOf(record, name) || null
}

/** The path of a task; null when the field names none (the bare root is a folder). */
export function taskOf(record: WindowsRecord, name: string): string | null {
  const text = wholeTextOf(record, name)
  if (text === null) return null
  const path = taskPath(text)
  return path === '\\' ? null : path
}
