import type { Interest } from '../../model/record.ts'
import { sensorOf } from '../../model/sensor.ts'

/** A count of parts (Elastic's pipelines call it `total`) that is written as nothing but the number 1; all else passes. */
const plainOne = '[^0-9A-Za-z]{1,12}1(?=[^0-9A-Za-z.])'

/** Which kinds of event matter, as far as bytes can tell: by number, and by words of which one must be in the event's text. */
export class WantedEvents {
  readonly #ids = new Map<number, true | RegExp>()
  readonly #classes = new Map<number, true | RegExp>()

  constructor(interests: readonly Interest[]) {
    collect(
      interests.filter(({ provider }) => sensorOf(provider) === undefined),
      this.#ids,
    )
    collect(
      interests.filter(({ provider }) => sensorOf(provider) !== undefined),
      this.#classes,
    )
  }

  /** Whether an event with this id, between these places of the text, can matter. */
  id(id: number, text: string, from: number, to: number): boolean {
    return mayMatter(this.#ids.get(id), text, from, to)
  }

  /** The same of a sensor's event by its class. */
  class(uid: number, text: string, from: number, to: number): boolean {
    return mayMatter(this.#classes.get(uid), text, from, to)
  }
}

function mayMatter(wanted: true | RegExp | undefined, text: string, from: number, to: number): boolean {
  if (wanted === undefined) return false
  return wanted === true || wanted.test(text.slice(from, to))
}

function collect(interests: readonly Interest[], into: Map<number, true | RegExp>): void {
  const words = new Map<number, string[] | true>()
  for (const { eventId, where, orInParts } of interests) {
    const known = words.get(eventId)
    const inParts = orInParts === undefined ? [] : [`(?:${orInParts}|[."]total)(?!${plainOne})`]
    const parts = where === undefined ? true : [...where.contains.map(searchable), ...inParts]
    if (known === true || parts === true || parts.includes('')) words.set(eventId, true)
    else words.set(eventId, [...(known ?? []), ...parts])
  }
  for (const [id, parts] of words) into.set(id, parts === true ? true : new RegExp(parts.join('|'), 'i'))
}

/** The longest run of letters and digits: `\TaskCache` is `\\TaskCache` in JSON, `IPC$` may be `IPC\u0024`. */
function searchable(word: string): string {
  return (word.match(/[A-Za-z0-9]+/g) ?? []).reduce((longest, run) => (run.length > longest.length ? run : longest), '')
}
