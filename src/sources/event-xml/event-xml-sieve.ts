import type { Interest } from '../../model/record.ts'
import { interestKey } from '../events/interest-keys.ts'

/**
 * Tells from the text of an event's XML, without parsing it, that it can be none of those that matter. It may let one pass that does
 * not matter; it never holds one back that does: what is written in any other way than tools write it passes.
 */
export class EventXmlSieve {
  /** By event id and provider: true, or the words of which one must be there. */
  readonly #wanted = new Map<string, true | RegExp>()
  readonly #ids = new Set<number>()

  constructor(interests: readonly Interest[]) {
    const words = new Map<string, string[] | true>()
    for (const { provider, eventId, where, orInParts } of interests) {
      const key = interestKey(provider, eventId)
      const known = words.get(key)
      const parts =
        where === undefined
          ? true
          : [...where.contains.map(escaped), ...(orInParts === undefined ? [] : [`${orInParts}(?!${plainOne})`])]
      words.set(key, known === true || parts === true ? true : [...(known ?? []), ...parts])
      this.#ids.add(eventId)
    }
    for (const [key, parts] of words) this.#wanted.set(key, parts === true ? true : new RegExp(parts.join('|'), 'i'))
  }

  /** Whether this event may matter. */
  mayMatter(event: string): boolean {
    const idTag = event.indexOf('<EventID')
    const idFrom = idTag === -1 ? 0 : event.indexOf('>', idTag) + 1
    const idTo = event.indexOf('<', idFrom)
    if (idFrom === 0 || idTo === -1) return true
    const id = plainNumber(event.slice(idFrom, idTo))
    // sections and comments may hold a tag that is none, references any letter
    if (id === null || hasMark(event)) return true
    if (!this.#ids.has(id)) return false
    const provider = providerIn(event)
    if (provider === null) return true
    const wanted = this.#wanted.get(interestKey(provider, id))
    return typeof wanted === 'object' ? wanted.test(event) : wanted === true
  }
}

/** What a count of parts has after its name where it is 1. */
const plainOne = String.raw`["']\s*>\s*1\s*<`

/** In XML `&` is written as a reference; the words have none. */
const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** A decimal number between blanks; null for anything else. */
function plainNumber(text: string): number | null {
  const written = text.trim()
  return /^\d{1,9}$/.test(written) ? Number(written) : null
}

/** `<!` begins comments and sections, `&#` a reference to a character by its number. */
function hasMark(event: string): boolean {
  if (event.includes('<!')) return true
  for (let at = event.indexOf('&#'); at !== -1; at = event.indexOf('&#', at + 2)) {
    // tools write line ends, tabs and quotes so; nobody letters
    if (!/^&#(?:x(?:0?[9ad]|2[27])|9|10|13|34|39);/i.test(event.slice(at, at + 7))) return true
  }
  return false
}

const providerName = /\sName\s*=\s*(?:"([^"<&]*)"|'([^'<&]*)')/

function providerIn(event: string): string | null {
  const tag = event.indexOf('<Provider')
  const end = tag === -1 ? -1 : event.indexOf('>', tag)
  if (end === -1) return null
  const [, double, single] = providerName.exec(event.slice(tag, end)) ?? []
  return double ?? single ?? null
}
