import { Parser } from 'htmlparser2'
import type { JsonObject } from '../json/json-object.ts'

/** Objects in each other: Export-Clixml writes two levels unless it is told otherwise, and lists take one more each. */
const deepest = 64

/** Lists of an object: its items are what it is. */
const lists: ReadonlySet<string> = new Set(['LST', 'IE', 'QUE', 'STK'])
/** What holds members or items and is none itself. */
const holders: ReadonlySet<string> = new Set(['Objs', 'Props', 'MS', 'DCT', 'En', ...lists])

/** A value that is open: its members and items so far. */
interface Open {
  readonly tag: string
  /** The member of the object above that it is. */
  readonly member: string | undefined
  readonly refId: string | undefined
  readonly members: Record<string, unknown>
  items: unknown[] | null
  /** Of an object that stands for a text or number: that. */
  plain: unknown
  text: string
}

/**
 * The objects of PowerShell's Export-Clixml by the names of their members, as ConvertTo-Json would have them: an object's class is its member
 * `CimClass`, what has items is a list of them, and what is of a simple kind is a text.
 * Source: https://learn.microsoft.com/openspecs/windows_protocols/ms-psrp (Serialization)
 */
export function clixmlObjects(xml: string): JsonObject[] {
  const reading = new ClixmlReading()
  const parser = new Parser(reading, { xmlMode: true, decodeEntities: true })
  for (let at = 0; at < xml.length && !reading.isTooDeep; at += piece) parser.write(xml.slice(at, at + piece))
  parser.end()
  return reading.objects
}

const piece = 64 << 10

class ClixmlReading {
  readonly objects: JsonObject[] = []
  isTooDeep = false
  readonly #open: Open[] = []
  readonly #types = new Map<string, string>()
  readonly #references = new Map<string, unknown>()

  onopentag(tag: string, { N: member, RefId: refId }: Readonly<Record<string, string>>): void {
    if (this.#open.length >= deepest) this.isTooDeep = true
    const above = this.#open.at(-1)
    if (lists.has(tag) && above) above.items ??= []
    if (tag === 'TNRef' && above && refId !== undefined) above.members.CimClass = this.#types.get(refId)
    this.#open.push({ tag, member, refId, members: Object.create(null), items: null, plain: undefined, text: '' })
  }

  ontext(text: string): void {
    const open = this.#open.at(-1)
    if (open && !holders.has(open.tag)) open.text += text
  }

  onclosetag(): void {
    const closed = this.#open.pop()
    if (closed === undefined || this.isTooDeep || holders.has(closed.tag) || closed.tag === 'TNRef') return
    const above = this.#open.at(-1)
    if (closed.tag === 'T') {
      // the first type is the object's own, the others are those that it comes from
      if (above && above.text === '') above.text = closed.text
    } else if (closed.tag === 'TN') {
      if (closed.refId !== undefined) this.#types.set(closed.refId, closed.text)
      if (above) above.members.CimClass = closed.text
    } else if (closed.tag === 'ToString') {
      if (above) above.plain ??= unescaped(closed.text)
    } else this.#put(closed, this.#valueOf(closed))
  }

  #valueOf(closed: Open): unknown {
    if (closed.tag === 'Nil') return null
    if (closed.tag === 'Ref') return this.#references.get(closed.refId ?? '')
    if (closed.tag !== 'Obj') return simple(closed)
    const { CimClass: _, ...members } = closed.members
    const value =
      closed.items ?? (Object.keys(members).length === 0 && closed.plain !== undefined ? closed.plain : closed.members)
    if (closed.refId !== undefined) this.#references.set(closed.refId, value)
    return value
  }

  /** Where a value belongs: the object above, through what holds its members or items. */
  #put(closed: Open, value: unknown): void {
    const owner = this.#open.findLast(({ tag }) => tag === 'Obj')
    const holder = this.#open.at(-1)
    if (owner === undefined) {
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) this.objects.push(value as JsonObject)
    } else if (closed.member !== undefined) owner.members[closed.member] ??= value
    else if (holder && lists.has(holder.tag)) owner.items?.push(value)
    else owner.plain = value
  }
}

function simple({ tag, text }: Open): unknown {
  if (tag === 'B') return text === 'true'
  if (/^(?:By|SB|[UI](?:16|32|64))$/.test(tag)) return Number(text)
  return unescaped(text)
}

/** Characters that XML cannot hold are written `_x000A_`. */
const unescaped = (text: string): string =>
  text.replace(/_x([\dA-F]{4})_/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
