import type { Interest } from '../../model/record.ts'
import { WantedEvents } from '../events/wanted-events.ts'
import { RareKey } from './rare-key.ts'
import type { SensorKey } from './sensor-key.ts'
import { sensorKeys } from './sensor-keys.ts'

/**
 * Tells from the text of a JSON event, without parsing it, that it can be none of those that matter. It may let one pass that
 * does not matter; it never holds one back that does. That rests on six things:
 *
 * 1. An event that matters has its id as a number under one of the keys of `idKey`, or of `rareKeys`, which are looked at only
 *    where all others speak against it. A key is found wherever it stands, at any depth, also in JSON inside a text (where quotes
 *    have a backslash before them).
 * 2. Of a conditional interest the word that is looked for stands in the event's text. Only the longest run of ASCII letters
 *    and digits in it is looked for, because all else may be written as an escape.
 * 3. Letters, digits and `_` are written as `\u00XX` by no tool, but may be: whatever contains such an escape passes.
 * 4. Rows of sensors have no number but a class or a word under one of the keys of `sensorKeys`; any key may let an event pass.
 * 5. Ids in any other form than plain digits (`4688.0`, `0x1250`, a list) pass, and so does what has no id.
 * 6. An event that stands in a text as XML or as Splunk's lines has its id behind `<EventID>` or `EventCode=`. What XML can hide
 *    (references to characters, sections) passes.
 *
 * Texts are those of bytes read as Latin-1: all that is looked for is ASCII, and no byte of a longer UTF-8 character is.
 */
export class EventSieve {
  readonly #wanted: WantedEvents
  readonly #idKey = new RegExp(idKey, 'g')
  readonly #textKey = new RegExp(`${idKey}|${textKey}`, 'g')
  readonly #anyKey = new RegExp(
    `${idKey}|${textKey}|(?:${sensorKeys.map(({ name }) => RegExp.escape(name)).join('|')})${keyEnd}`,
    'g',
  )
  readonly #rare = rareKeys.map((what) => new RareKey(what))
  /** The expression that finds the keys of this text: that of all keys takes longer. */
  #key = this.#idKey
  /** The places that the last search found, so that one search over a block serves all its lines. */
  #text = ''
  #nextKey = -1
  #keyEnd = -1
  #nextEscape = -1

  constructor(interests: readonly Interest[]) {
    this.#wanted = new WantedEvents(interests)
  }

  /** Begins a text; events are then asked for in the order in which they stand in it. */
  begin(text: string): void {
    this.#text = text
    const hasSensors = sensorSigns.test(text)
    const hasTexts = !hasSensors && textSigns.test(text)
    this.#key = hasSensors ? this.#anyKey : hasTexts ? this.#textKey : this.#idKey
    for (const rare of this.#rare) rare.begin(text)
    this.#key.lastIndex = 0
    this.#nextKey = -1
    this.#nextEscape = -1
    this.#findKey()
    this.#findEscape(0)
  }

  /** What the event between these places may be. `unknown`: it has no id, so it must be parsed to be told. */
  look(from: number, to: number): 'wanted' | 'other' | 'unknown' {
    if (this.#nextEscape < from) this.#findEscape(from)
    if (this.#nextEscape < to) {
      // all keys up to the end are behind us once this event is parsed
      this.#skipKeys(to)
      return 'wanted'
    }
    if (this.#nextKey < from) this.#skipKeys(from)
    let found = false
    while (this.#nextKey < to) {
      const verdict = this.#verdict(this.#keyEnd, from, to)
      if (verdict === true) {
        this.#skipKeys(to)
        return 'wanted'
      }
      if (verdict === false) found = true
      this.#findKey()
    }
    return found ? this.#rareVerdict(from, to) : 'unknown'
  }

  /** All common keys of this event speak against it: whether a rare one does not. */
  #rareVerdict(from: number, to: number): 'wanted' | 'other' {
    for (const rare of this.#rare) {
      for (let end = rare.end(from, to); end !== -1; end = rare.end(end, to)) {
        if (this.#verdict(end, from, to) === true) return 'wanted'
      }
    }
    return 'other'
  }

  /** Of the value after a key: whether it can be an id that matters; undefined when no id stands there at all. */
  #verdict(keyEnd: number, from: number, to: number): boolean | undefined {
    const text = this.#text
    if (this.#key === this.#anyKey) {
      const sensor = sensorKeys.find(({ name }) => text.endsWith(name, keyEnd))
      if (sensor) return this.#sensorVerdict(sensor, keyEnd, from, to)
    }
    let at = keyEnd
    let code = text.charCodeAt(at)
    if (code !== quote && code !== backslash) return this.#textVerdict(keyEnd, from, to)
    if (code === backslash && text.startsWith('u003', at + 1)) return this.#textVerdict(keyEnd, from, to)
    code = 0
    // "EventID":4688 and "EventID":"4688" in one go, all else by the expression
    if (text.charCodeAt(at) === quote && text.charCodeAt(at + 1) === colon) {
      at += 2
      code = text.charCodeAt(at)
      if (code === quote) code = text.charCodeAt(++at)
    }
    if (code < zero || code > nine) {
      valueStart.lastIndex = keyEnd
      if (!valueStart.test(text)) return undefined
      at = valueStart.lastIndex
      code = text.charCodeAt(at)
    }
    if (at >= to) return undefined
    if (code === brace) return this.#objectMayMatter(at, from, to)
    const begin = at
    let id = 0
    while (code >= zero && code <= nine && at - begin < mostDigits) {
      id = id * 10 + code - zero
      code = text.charCodeAt(++at)
    }
    if (at === begin) return mayBeginNumber(code) ? true : undefined
    return isPlainEnd(code) ? this.#idMayMatter(id, from, to) : true
  }

  /** `EventID>4688<`, `EventID Qualifiers="0">4688<` (with any escape of the signs), `EventCode=4688`. */
  #textVerdict(keyEnd: number, from: number, to: number): boolean | undefined {
    const text = this.#text
    textValue.lastIndex = keyEnd
    if (!textValue.test(text)) return text.charCodeAt(keyEnd) === equals ? undefined : true
    let at = textValue.lastIndex
    const begin = at
    while (isDigit(text.charCodeAt(at)) && at - begin < mostDigits) at++
    if (at === begin || at >= to || !isPlainEnd(text.charCodeAt(at))) return true
    return this.#idMayMatter(Number(text.slice(begin, at)), from, to) || hiddenInXml.test(text.slice(from, to))
  }

  #idMayMatter(id: number, from: number, to: number): boolean {
    return this.#wanted.id(id, this.#text, from, to)
  }

  /** In JSON within a text a sensor's key may be anybody's: it never speaks against an event there. */
  #sensorVerdict(key: SensorKey, keyEnd: number, from: number, to: number): boolean | undefined {
    const text = this.#text
    valueStart.lastIndex = keyEnd
    if (!valueStart.test(text)) return undefined
    sensorValue.lastIndex = valueStart.lastIndex
    const classes = key.classes(sensorValue.exec(text)?.[0])
    if (classes === undefined || classes === 'any') return classes && true
    const matters = classes.some((uid) => this.#wanted.class(uid, text, from, to))
    return matters || text.charCodeAt(keyEnd) !== backslash ? matters : undefined
  }

  /** `{"Value":4688}` (Velociraptor), `{"#attributes":{"Qualifiers":16384},"#text":4688}` (evtx_dump): any number in it. */
  #objectMayMatter(at: number, from: number, to: number): boolean {
    const text = this.#text
    let end = at + 1
    for (let depth = 1; depth > 0; end++) {
      if (end - at > mostObject || end >= to) return true
      const code = text.charCodeAt(end)
      if (code === brace) depth++
      else if (code === closingBrace) depth--
    }
    for (const [digits] of text.slice(at, end).matchAll(/[\d][\w.]*/g)) {
      if (!/^\d{1,10}$/.test(digits) || this.#idMayMatter(Number(digits), from, to)) return true
    }
    return false
  }

  #skipKeys(to: number): void {
    while (this.#nextKey < to) this.#findKey()
  }

  #findKey(): void {
    const match = this.#key.exec(this.#text)
    if (match === null) {
      this.#nextKey = Number.POSITIVE_INFINITY
      return
    }
    this.#nextKey = match.index
    this.#keyEnd = this.#key.lastIndex
  }

  #findEscape(from: number): void {
    const text = this.#text
    // without the backslash, which is far more frequent than what follows it
    for (let at = text.indexOf('u00', from); at !== -1; at = text.indexOf('u00', at + 3)) {
      if (text.charCodeAt(at - 1) !== backslash) continue
      const code = Number.parseInt(text.slice(at + 3, at + 5), 16)
      if (isLetter(code) || (code >= zero && code <= nine) || code === underscore) {
        this.#nextEscape = at
        return
      }
    }
    this.#nextEscape = Number.POSITIVE_INFINITY
  }
}

/**
 * `EventID`, `EventId`, `eventId`, `eventID`, `event_id`, `EventCode`. ECS also has `event.code`: an event that has it alone is
 * one without an id, which is parsed.
 */
const keyEnd = String.raw`(?=[\\"])`
const idKey = `[Ee]vent(?:I[Dd]|_id|Code)${keyEnd}`
/** Of an event that stands in a text, and what stands in every text of bytes that has one. */
const textKey = String.raw`EventID(?=[>\s&])|EventCode(?==)`
const textSigns = /Event(?:ID(?:[> &]|\\{1,2}u003e)|Code=)/
/** One search for all of them: one for each takes several times as long. */
const sensorSigns = new RegExp([...new Set(sensorKeys.map(({ sign }) => RegExp.escape(sign)))].join('|'))
/** From the end of such a key to its digits. */
const textValue = /=|[^<>]{0,120}?(?:>|&(?:amp;){0,4}gt;|\\+u003e)/y
/** What no tool writes into an event's XML: a letter as a reference, a section, a comment. */
const hiddenInXml = /#(?!(?:x(?:0?[9ad]|2[27])|9|10|13|34|39);)(?:x[0-9a-f]{1,6}|[0-9]{1,7});|(?:<|u003c|lt;)!/i
/** `Id` (Get-WinEvent) and `code` (ECS) are too common to be looked for in everything. */
const rareKeys = ['Id', 'code']

/** A word or a number with nothing more behind it. */
const sensorValue = /[A-Za-z0-9_. ]{1,80}(?=[\\",}\s])/y

/** From the end of a key to its value, in JSON or in JSON within a text. */
const valueStart = /\\*"(?:\s|\\+[nrt])*:(?:\s|\\+[nrt])*(?:\\*")?/y

const quote = 0x22
const plus = 0x2b
const minus = 0x2d
const dot = 0x2e
const zero = 0x30
const nine = 0x39
const colon = 0x3a
const equals = 0x3d
const bracket = 0x5b
const backslash = 0x5c
const underscore = 0x5f
const brace = 0x7b
const closingBrace = 0x7d

/** More digits than any id has, and few enough to count with. */
const mostDigits = 10
/** An object that holds an id is not longer. */
const mostObject = 256

const isDigit = (code: number): boolean => code >= zero && code <= nine

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
}

/** What no digit follows plainly but a number may: a sign, a list, blanks and escapes in a text. */
function mayBeginNumber(code: number): boolean {
  return code === bracket || code === minus || code === plus || code <= 0x20 || code === backslash || code >= 0x80
}

/** After the digits: not `4688.0`, `4688e0`, `0x1250` or still more digits. */
function isPlainEnd(code: number): boolean {
  return !(code === dot || isLetter(code) || (code >= zero && code <= nine))
}
