import { blanks, double, indexNear, type StringPart, single } from './syntax.ts'

/** What a string holds, and where the text behind it begins. */
export interface StringReading {
  readonly parts: readonly StringPart[]
  readonly end: number
}

/** A string that is never closed is read as if its quote were a blank, this often; then it holds all the rest. */
const MAX_OPEN_QUOTES = 8

/** Reads the strings of one text; what was never closed once is not looked for again, so that reading stays linear. */
export class StringReader {
  readonly #text: string
  #openQuotes = 0
  #subexpressions = true

  constructor(text: string) {
    this.#text = text
  }

  /** The string that begins with the quote at `at`; null when it never ends. */
  quoted(at: number): StringReading | null {
    const reading = single.includes(this.#text[at] ?? '') ? this.#single(at + 1) : this.#double(at + 1)
    if (reading.closed) return reading
    return ++this.#openQuotes > MAX_OPEN_QUOTES ? reading : null
  }

  /** The text of `@'` or `@"` at `at`, from the next line to the line that closes it; null when something else follows. */
  hereString(at: number): StringReading | null {
    const text = this.#text
    let from = at + 2
    while (blanks.includes(text[from] ?? 'x')) from++
    if (text[from] === '\r') from++
    if (text[from] !== '\n') return null
    const closing = `\n${text[at + 1] ?? ''}@`
    const end = text.indexOf(closing, from)
    const content = text.slice(from + 1, end < 0 ? text.length : Math.max(from + 1, end))
    return {
      parts: [content.endsWith('\r') ? content.slice(0, -1) : content],
      end: end < 0 ? text.length : end + closing.length,
    }
  }

  #single(from: number): StringReading & { closed: boolean } {
    const text = this.#text
    let plain = ''
    let at = from
    for (;;) {
      const plainFrom = at
      while (at < text.length && !single.includes(text[at] ?? '')) at++
      plain += text.slice(plainFrom, at)
      const parts = plain === '' ? [] : [plain]
      if (at >= text.length) return { parts, end: at, closed: false }
      if (!single.includes(text[at + 1] ?? ' ')) return { parts, end: at + 1, closed: true }
      plain += text[at]
      at += 2
    }
  }

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a scanner, with a branch for each character that means something
  #double(from: number): StringReading & { closed: boolean } {
    const text = this.#text
    const parts: StringPart[] = []
    let plain = ''
    let at = from
    const endPlain = () => {
      if (plain !== '') parts.push(plain)
      plain = ''
    }
    while (at < text.length) {
      const character = text[at] ?? ''
      if (double.includes(character)) {
        if (!double.includes(text[at + 1] ?? ' ')) {
          endPlain()
          return { parts, end: at + 1, closed: true }
        }
        plain += character
        at += 2
      } else if (character === '`') {
        plain += escaped(text[at + 1] ?? '')
        at += 2
      } else if (character === '$') {
        const variable = variableAt(text, at + 1)
        const end = variable ? variable.end : this.#subexpressionEnd(at + 1)
        if (variable) {
          endPlain()
          parts.push({ variable: variable.name })
        } else plain += end < 0 ? '$' : text.slice(at, end)
        at = end < 0 ? at + 1 : end
      } else {
        const plainFrom = at
        while (at < text.length && !special.includes(text[at] ?? '')) at++
        plain += text.slice(plainFrom, at)
      }
    }
    endPlain()
    return { parts, end: at, closed: false }
  }

  /** Behind the parenthesis that closes the one at `from`; -1 when there is none or nothing closes it. */
  #subexpressionEnd(from: number): number {
    if (this.#text[from] !== '(' || !this.#subexpressions) return -1
    let depth = 0
    for (let i = from; i < this.#text.length; i++) {
      if (this.#text[i] === '(') depth++
      else if (this.#text[i] === ')' && --depth === 0) return i + 1
    }
    this.#subexpressions = false
    return -1
  }
}

const special = `${double}\`$`

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '\0' }
const escaped = (character: string) => escapes[character] ?? character

/** A variable's name after its dollar sign: `name`, `scope:name`, `{any name}`. */
function variableAt(text: string, from: number): { name: string; end: number } | null {
  if (text[from] === '{') {
    const end = indexNear(text, '}', from)
    return end < 0 ? null : { name: text.slice(from + 1, end), end: end + 1 }
  }
  let end = from
  while (end < text.length && /[\w:?]/.test(text[end] ?? '')) end++
  if (text[end - 1] === ':') end--
  return end === from ? null : { name: text.slice(from, end), end }
}
