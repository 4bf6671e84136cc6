import { Parser } from 'htmlparser2'
import { isAuditFailure, type WindowsRecord } from '../../model/record.ts'
import { type Instant, parseInstant } from '../../model/time.ts'

/** A Windows event out of its XML: the envelope, and the items of EventData or UserData. */
export interface ParsedEvent extends Omit<WindowsRecord, 'time' | 'ticks' | 'source' | 'position' | 'field'> {
  /** Null: the event has none that can be read. */
  readonly time: Instant | null
  /** By the item's name, or `#0`, `#1`, … for Data without one. What is repeated is one text, an item a line. */
  readonly data: ReadonlyMap<string, string>
}

/** Why an event cannot be read. */
export interface UnreadableEvent {
  readonly reason: string
}

/** Elements below each other: an event has five, and nothing real has many more. */
const deepest = 64

/** Between two pieces the depth is looked at: the parser's own work for one element grows with how many are open. */
const piece = 4096

/**
 * Reads one `<Event>` element. Entities beyond those of XML itself are not expanded; a document type is refused.
 * Source: https://learn.microsoft.com/windows/win32/wes/eventschema-schema
 */
export function parseEvent(xml: string): ParsedEvent | UnreadableEvent {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) return { reason: 'it declares a document type, which no event does' }
  const handler = new EventHandler(xml)
  const parser = new Parser(handler, { xmlMode: true, decodeEntities: true })
  handler.parser = parser
  for (let at = 0; at < xml.length; at += piece) {
    parser.write(xml.length <= piece ? xml : xml.slice(at, at + piece))
    if (handler.tooDeep) return { reason: `its elements are nested more than ${deepest} deep` }
  }
  parser.end()
  return handler.event()
}

type Attributes = Readonly<Record<string, string>>

/** Names without a namespace's prefix: some tools write one. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1)

class EventHandler {
  readonly #path: string[] = []
  readonly #system = new Map<string, { text: string; attributes: Attributes }>()
  readonly #data = new Map<string, string>()
  /** The item that is open, and how many elements it has. */
  #item: { name: string; isLeaf: boolean } | null = null
  #unnamed = 0
  #text = ''
  readonly #xml: string
  /** Where what is in the open item begins. */
  #begin = 0
  /** Knows the places of what it hands on. */
  parser: { readonly startIndex: number; readonly endIndex: number } = { startIndex: 0, endIndex: 0 }
  tooDeep = false

  constructor(xml: string) {
    this.#xml = xml
  }

  onopentag(tag: string, attributes: Attributes): void {
    const name = local(tag)
    this.#path.push(name)
    if (this.#path.length > deepest) this.tooDeep = true
    this.#text = ''
    const [, section] = this.#path
    if (section === 'System' && this.#path.length === 3) this.#system.set(name, { text: '', attributes })
    else if (section === 'EventData' && this.#path.length === 3) {
      const own = attributes.Name
      this.#item = { name: own ?? (name === 'Data' ? `#${this.#unnamed++}` : name), isLeaf: true }
      this.#begin = this.parser.endIndex + 1
    } else if (section === 'EventData' && this.#item) this.#item.isLeaf = false
    else if (section === 'UserData' && this.#path.length > 2) {
      // the element above has elements of its own: it is no item
      if (this.#item) this.#item.isLeaf = false
      this.#item = { name, isLeaf: true }
    }
  }

  ontext(text: string): void {
    this.#text += text
  }

  onclosetag(): void {
    const name = this.#path.at(-1) ?? ''
    const [, section] = this.#path
    if (section === 'System' && this.#path.length === 3) {
      const entry = this.#system.get(name)
      if (entry) entry.text = this.#text.trim()
    } else if (section === 'EventData' && this.#path.length === 3 && this.#item?.isLeaf === false) {
      // A viewer took off the escapes of XML within the item (a task's definition): that XML is what the item holds.
      this.#keep(this.#item.name, this.#xml.slice(this.#begin, this.parser.startIndex).trim())
    } else if (this.#item?.isLeaf && (section === 'UserData' || this.#path.length === 3)) {
      // Lines between the tags of an empty item are whoever printed the event's.
      this.#keep(this.#item.name, isBlankLines(this.#text) ? '' : this.#text)
    } else if (section === 'UserData') this.#item = null
    this.#text = ''
    this.#path.pop()
  }

  #keep(name: string, text: string): void {
    const known = this.#data.get(name)
    this.#data.set(name, known === undefined ? text : `${known}\n${text}`)
    this.#item = null
  }

  event(): ParsedEvent | UnreadableEvent {
    const text = (name: string) => this.#system.get(name)?.text ?? ''
    const attribute = (name: string, of: string) => this.#system.get(name)?.attributes[of] ?? ''
    const eventId = numberOf(text('EventID'))
    if (this.#system.size === 0 || eventId === null) return { reason: 'it has no EventID' }
    const activityId = attribute('Correlation', 'ActivityID').toLowerCase()
    const userSid = attribute('Security', 'UserID')
    return {
      provider: attribute('Provider', 'Name'),
      channel: text('Channel'),
      eventId,
      version: numberOf(text('Version')) ?? 0,
      computer: text('Computer'),
      recordId: numberOf(text('EventRecordID')) ?? 0,
      processId: numberOf(attribute('Execution', 'ProcessID')) ?? 0,
      userSid: userSid.startsWith('S-1-') ? userSid : null,
      activityId: activityId === '' ? null : activityId,
      failed: isAuditFailure(text('Keywords')),
      time: parseInstant(attribute('TimeCreated', 'SystemTime')) ?? null,
      data: this.#data,
    }
  }
}

const isBlankLines = (text: string): boolean => /[\r\n]/.test(text) && text.trim() === ''

/** Decimal, or hexadecimal as some tools print it. */
function numberOf(text: string): number | null {
  return /^(?:\d{1,16}|0x[\da-f]{1,13})$/i.test(text) ? Number(text) : null
}
