import { StringReader } from './strings.ts'
import { blanks, double, type Element, type Group, indexNear, type Opening, single, type Visitor } from './syntax.ts'

/** Deeper brackets are read as if they were not there: scripts of people nest a dozen deep. */
const MAX_NESTING = 64

const quotes = single + double
const wordEnds = `;|&(){},\n\r${blanks}${quotes}<>`

interface Frame {
  readonly opening: Opening | null
  readonly group: Group | null
  readonly sourceFrom: number
  readonly glued: boolean
  /** A line break does not end a statement. */
  readonly acrossLines: boolean
  elements: Element[]
  called: boolean
  piped: boolean
}

/**
 * Reads PowerShell text into statements, far enough to tell commands from comments, strings and names. One pass, never
 * throws; text that is no PowerShell, or begins in the middle, gives some statements or other.
 * Source: https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02
 */
export function readStatements(text: string, visitor: Visitor): void {
  new StatementReader(text, visitor).read()
}

class StatementReader {
  readonly #text: string
  readonly #visitor: Visitor
  readonly #strings: StringReader
  readonly #outer: Frame[] = []
  #frame: Frame = newFrame(null, null, 0, false, false)
  #at = 0
  #glued = false
  /** The next element is the file of a redirection. */
  #dropNext = false

  constructor(text: string, visitor: Visitor) {
    this.#text = text
    this.#visitor = visitor
    this.#strings = new StringReader(text)
  }

  read(): void {
    this.#visitor.open(null)
    while (this.#at < this.#text.length) this.#step(this.#text[this.#at] ?? '', this.#text[this.#at + 1] ?? '')
    while (this.#outer.length > 0) this.#close()
    this.#endStatement(false)
    this.#visitor.close()
  }

  #step(character: string, next: string): void {
    if (this.#blank(character, next) || this.#separator(character, next) || this.#comment(character, next)) return
    if (this.#bracket(character, next) || this.#string(character, next) || this.#operator(character, next)) return
    this.#word()
  }

  #blank(character: string, next: string): boolean {
    if (blanks.includes(character)) this.#skip(1)
    else if (character === '`' && (next === '\n' || next === '\r'))
      this.#skip(next === '\r' && this.#text[this.#at + 2] === '\n' ? 3 : 2)
    else return false
    return true
  }

  /** What ends a statement: line breaks, `;`, `|`, `&`, `||`, `&&`; behind a lone `&`, or a dot, a command is called. */
  #separator(character: string, next: string): boolean {
    const doubled = character === next ? 2 : 1
    switch (character) {
      case '\n':
      case '\r': {
        const last = this.#frame.elements.at(-1)
        if (!this.#frame.acrossLines && last?.kind !== 'comma' && last?.kind !== 'assign') this.#endStatement(false)
        this.#skip(1)
        return true
      }
      case ';':
        this.#endStatement(false)
        this.#at++
        return true
      case '|':
        this.#endStatement(doubled === 1)
        this.#at += doubled
        return true
      case '&':
        this.#endStatement(false)
        this.#frame.called = doubled === 1
        this.#at += doubled
        return true
      case '.':
        if (this.#frame.elements.length > 0 || !/[\s'"$({]/.test(next)) return false
        this.#frame.called = true
        this.#at++
        return true
      default:
        return false
    }
  }

  #comment(character: string, next: string): boolean {
    if (character === '#' && !this.#glued) this.#at = endOf(this.#text, '\n', this.#at, 0)
    else if (character === '<' && next === '#') this.#at = endOf(this.#text, '#>', this.#at + 2, 2)
    else return false
    return true
  }

  #bracket(character: string, next: string): boolean {
    if (character === '@' && next === '{') this.#open('@{', 2)
    else if ((character === '@' || character === '$') && next === '(') this.#open('(', 2)
    else if (character === '(') this.#open('(', 1, true)
    else if (character === '{') this.#open('{', 1)
    else if (character === ')' || character === '}') {
      this.#close()
      this.#at++
      this.#glued = true
    } else return false
    return true
  }

  /** A string in quotes; a quote that nothing closes is skipped. */
  #string(character: string, next: string): boolean {
    const here = character === '@' && (next === "'" || next === '"') ? this.#strings.hereString(this.#at) : null
    if (!here && !quotes.includes(character)) return false
    const reading = here ?? this.#strings.quoted(this.#at)
    this.#at = reading?.end ?? this.#at + 1
    if (reading) this.#add({ kind: 'string', parts: reading.parts, glued: this.#glued })
    return true
  }

  /** Commas, assignments, redirections. */
  #operator(character: string, next: string): boolean {
    if (character === ',') this.#apart({ kind: 'comma' }, 1)
    else if (character === '=' && next !== '=') this.#apart({ kind: 'assign', appends: false }, 1)
    else if (character === '+' && next === '=') this.#apart({ kind: 'assign', appends: true }, 2)
    else if (character === '>' || character === '<') this.#redirection(1)
    else if (next === '>' && /[\d*]/.test(character) && !this.#glued) this.#redirection(2)
    else return false
    return true
  }

  /** `>file`, `2>>file`, `2>&1`: the target is not an element. */
  #redirection(length: number): void {
    this.#at += length
    if (this.#text[this.#at] === '>') this.#at++
    if (this.#text[this.#at] === '&') this.#at += 2
    else this.#dropNext = true
  }

  #word(): void {
    const start = this.#at
    const glued = this.#glued
    const first = this.#text[start] ?? ''
    const word = first === '+' || first === '[' ? this.#sign(first) : this.#plainWord(first)
    if (this.#at === start)
      this.#at++ // whatever it is, it ends nothing
    else this.#add({ kind: 'word', text: word, glued })
  }

  /** A plus, or a type in brackets; without an end near the bracket is a word of its own. */
  #sign(first: string): string {
    const start = this.#at
    this.#at = 1 + (first === '[' ? Math.max(start, indexNear(this.#text, ']', start)) : start)
    return this.#text.slice(start, this.#at)
  }

  #plainWord(first: string): string {
    const text = this.#text
    const stopsAtAssign = first === '$' || this.#frame.opening === '@{'
    let word = ''
    if (first === '$' && text[this.#at + 1] === '{') {
      const end = indexNear(text, '}', this.#at)
      if (end > 0) {
        word = `$${text.slice(this.#at + 2, end)}`
        this.#at = end + 1
      }
    }
    for (let character = text[this.#at]; character !== undefined; character = text[this.#at]) {
      if (character === '`') {
        word += text[this.#at + 1] ?? ''
        this.#at += 2
      } else if (quotes.includes(character)) {
        if (word === '' || first === '$' || (first === '-' && text[this.#at - 1] === ':')) break
        const reading = this.#strings.quoted(this.#at)
        this.#at = reading?.end ?? this.#at + 1
        for (const part of reading?.parts ?? []) word += typeof part === 'string' ? part : `$${part.variable}`
      } else if (wordEnds.includes(character) || (stopsAtAssign && this.#isAssign(character))) break
      else {
        word += character
        this.#at++
      }
    }
    return word
  }

  #isAssign(character: string): boolean {
    return character === '=' || (character === '+' && this.#text[this.#at + 1] === '=')
  }

  #skip(length: number): void {
    this.#at += length
    this.#glued = false
  }

  #add(element: Element): void {
    if (this.#dropNext) this.#dropNext = false
    else this.#frame.elements.push(element)
    this.#glued = true
  }

  #apart(element: Element, length: number): void {
    this.#add(element)
    this.#skip(length)
  }

  #endStatement(pipes: boolean): void {
    const frame = this.#frame
    if (frame.elements.length > 0) {
      this.#visitor.statement({ elements: frame.elements, called: frame.called, piped: frame.piped })
      frame.elements = []
      frame.piped = pipes
    } else if (pipes) frame.piped = true
    frame.called = false
    this.#glued = false
    this.#dropNext = false
  }

  #open(opening: Opening, length: number, acrossLines = false): void {
    this.#at += length
    if (this.#outer.length >= MAX_NESTING) return
    const group: Group = { opened: this.#visitor.open(opening), closed: undefined, source: '' }
    this.#outer.push(this.#frame)
    this.#frame = newFrame(opening, group, this.#at, this.#glued, acrossLines)
    this.#glued = false
  }

  #close(): void {
    this.#endStatement(false)
    const { group, opening, sourceFrom, glued } = this.#frame
    const parent = this.#outer.pop()
    if (!parent || !group || !opening) return
    group.closed = this.#visitor.close()
    group.source = this.#text.slice(sourceFrom, this.#at)
    this.#frame = parent
    this.#add({ kind: 'group', open: opening, group, glued })
  }
}

function newFrame(
  opening: Opening | null,
  group: Group | null,
  sourceFrom: number,
  glued: boolean,
  acrossLines: boolean,
): Frame {
  return { opening, group, sourceFrom, glued, acrossLines, elements: [], called: false, piped: false }
}

/** Where the text behind `closing` begins, `length` of which belong to it; the end of the text when there is none. */
function endOf(text: string, closing: string, from: number, length: number): number {
  const end = text.indexOf(closing, from)
  return end < 0 ? text.length : end + length
}
