import type { Carrier } from './carrier.ts'
import { carrierOf } from './carriers/index.ts'
import { isObject, type JsonObject, own } from './json-object.ts'
import { eventXmlIn, isEventXml } from './texts/event-xml-text.ts'
import { textForms } from './texts/index.ts'
import { unwrap } from './unwrap.ts'

/** What a value held: an event as an object of a carrier, or as Windows' own XML. */
export type Held =
  | { readonly kind: 'event'; readonly event: JsonObject; readonly carrier: Carrier }
  | { readonly kind: 'xml'; readonly xml: string }

export interface HeldEvents {
  readonly held: readonly Held[]
  /** Whether something was left out because it lies deeper, or among more, than anything real. */
  readonly isCut: boolean
}

/** Objects, lists and texts one in the other; an answer of a search with OTLP in `_raw` has a dozen. */
const deepest = 32

/**
 * The events that a value holds, whatever stands around them: wrappings that are known, and texts of any form within texts. An
 * object that is an event itself is taken as it is; only what is of no carrier, or of one that has lost the event's data, is
 * searched for a member that holds more. Windows' own XML in Splunk's `_raw` comes before the fields beside it.
 */
export function heldEvents(value: unknown, last?: Carrier): HeldEvents {
  if (isObject(value) && last?.fits(value) && isPlain(value, last))
    return { held: [{ kind: 'event', event: value, carrier: last }], isCut: false }
  const search = new Search(last)
  search.value(value, null, 0)
  return search
}

const isPlain = (event: JsonObject, carrier: Carrier): boolean =>
  typeof own(event, '_raw') !== 'string' && carrier.hasData?.(event) !== false

class Search implements HeldEvents {
  readonly held: Held[] = []
  isCut = false
  readonly #last: Carrier | undefined

  constructor(last: Carrier | undefined) {
    this.#last = last
  }

  /** Whether it held anything. */
  value(value: unknown, around: JsonObject | null, depth: number): boolean {
    if (typeof value === 'string') return this.#text(value, around, depth)
    if (Array.isArray(value)) return this.#list(value, depth)
    return isObject(value) && this.#object(value, depth)
  }

  #object(object: JsonObject, depth: number): boolean {
    const raw = own(object, '_raw')
    if (typeof raw === 'string' && this.#text(raw, object, depth + 1)) return true
    const inside = unwrap(object)
    if (inside !== undefined) return this.#deeper(depth) && this.value(inside, object, depth + 1)
    const carrier = this.#last?.fits(object) ? this.#last : carrierOf(object)
    const hasData = carrier !== undefined && carrier.hasData?.(object) !== false
    // what has lost its data may stand beside the whole
    if (!hasData && this.#members(object, depth)) return true
    if (carrier === undefined) return false
    this.held.push({ kind: 'event', event: object, carrier })
    return true
  }

  #list(list: readonly unknown[], depth: number): boolean {
    if (!this.#deeper(depth)) return false
    let found = false
    for (const item of list) if (this.value(item, null, depth + 1)) found = true
    return found
  }

  #members(object: JsonObject, depth: number): boolean {
    if (!this.#deeper(depth)) return false
    let found = false
    for (const key of Object.keys(object)) {
      const member = object[key]
      if (typeof member === 'object' || typeof member === 'string')
        if (this.value(member, object, depth + 1)) found = true
    }
    return found
  }

  #text(written: string, around: JsonObject | null, depth: number): boolean {
    if (written.length < shortest || !this.#deeper(depth)) return false
    const text = written.trim()
    if (isEventXml(text)) {
      for (const xml of eventXmlIn(text)) this.held.push({ kind: 'xml', xml })
      return true
    }
    for (const form of textForms) {
      if (!form.fits(text)) continue
      const inside = form.inside(text, around)
      if (inside !== undefined && this.value(inside, around, depth + 1)) return true
    }
    return false
  }

  #deeper(depth: number): boolean {
    if (depth < deepest) return true
    this.isCut = true
    return false
  }
}

/** The shortest text that can hold an event. */
const shortest = 24
