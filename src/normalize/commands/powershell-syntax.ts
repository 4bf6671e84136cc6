/** A piece of a PowerShell statement. `glued` to what stands before it when no blank separates them. */
export type Element =
  | { readonly kind: 'word'; readonly text: string; readonly glued: boolean }
  | { readonly kind: 'string'; readonly parts: readonly StringPart[]; readonly glued: boolean }
  | { readonly kind: 'group'; readonly open: Opening; readonly group: Group; readonly glued: boolean }
  | { readonly kind: 'comma' }
  | { readonly kind: 'assign'; readonly appends: boolean }

/** Text, or a variable as written behind its dollar sign, which a string in double quotes expands. */
export type StringPart = string | { readonly variable: string }

export type Opening = '(' | '{' | '@{'

/** What a pair of brackets holds. The reader gives `opened` what its visitor returned, and `source` the text inside. */
export interface Group {
  readonly opened: unknown
  closed: unknown
  source: string
}

export interface Statement {
  readonly elements: readonly Element[]
  /** Begun with `&` or `.`: the first element names a command even when it is a string. */
  readonly called: boolean
  /** It reads what the statement before it gives. */
  readonly piped: boolean
}

/** Called as brackets open, as statements end (inner ones first) and as brackets close. */
export interface Visitor {
  open(opening: Opening | null): unknown
  statement(statement: Statement): void
  close(): unknown
}

/** Deeper brackets are read as if they were not there: scripts of people nest a dozen deep. */
const MAX_NESTING = 64

/** A string that is never closed is read as if its quote were a blank, this often; then it holds all the rest. */
const MAX_OPEN_QUOTES = 8

const single = "'\u2018\u2019\u201a\u201b"
const double = '"\u201c\u201d\u201e'
const blanks = ' \t\u00a0\f\v'
const ends = `;|&(){},\n\r${blanks}${single}${double}`

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
  visitor.open(null)
  let frame: Frame = newFrame(null, null, 0, false)
  const outer: Frame[] = []
  let at = 0
  let glued = false
  let dropNext = false
  let openQuotes = 0
  let subexpressions = true // false once one was never closed: then none after it is

  const add = (element: Element) => {
    if (dropNext) dropNext = false
    else frame.elements.push(element)
    glued = true
  }
  const endStatement = (pipes: boolean) => {
    if (frame.elements.length > 0) {
      visitor.statement({ elements: frame.elements, called: frame.called, piped: frame.piped })
      frame.elements = []
      frame.piped = pipes
    } else if (pipes) frame.piped = true
    frame.called = false
    glued = false
    dropNext = false
  }
  const push = (opening: Opening, length: number, acrossLines = false) => {
    at += length
    if (outer.length >= MAX_NESTING) return
    const group: Group = { opened: visitor.open(opening), closed: undefined, source: '' }
    outer.push(frame)
    frame = { ...newFrame(opening, group, at, glued), acrossLines }
    glued = false
  }
  const pop = () => {
    endStatement(false)
    const { group, opening, sourceFrom, glued: wasGlued } = frame
    const parent = outer.pop()
    if (!parent || !group || !opening) return
    group.closed = visitor.close()
    group.source = text.slice(sourceFrom, at)
    frame = parent
    add({ kind: 'group', open: opening, group, glued: wasGlued })
  }

  /** The content of a string in quotes, or null when it never ends; `at` stands behind it then. */
  const readQuoted = (quotes: string): StringPart[] | null => {
    const from = at
    const parts: StringPart[] = []
    let plain = ''
    at++
    while (at < text.length) {
      const character = text[at] ?? ''
      if (quotes.includes(character)) {
        if (!quotes.includes(text[at + 1] ?? ' ')) {
          at++
          if (plain !== '') parts.push(plain)
          return parts
        }
        plain += character
        at += 2
      } else if (quotes === double && character === '`') {
        plain += escaped(text[at + 1] ?? '')
        at += 2
      } else if (quotes === double && character === '$') {
        const name = variableAt(text, at + 1)
        if (name) {
          if (plain !== '') parts.push(plain)
          plain = ''
          parts.push({ variable: name.name })
          at = name.end
        } else if (text[at + 1] === '(' && subexpressions) {
          const end = subexpressionEnd(text, at + 1)
          if (end < 0) subexpressions = false
          plain += end < 0 ? '$' : text.slice(at, end)
          at = end < 0 ? at + 1 : end
        } else {
          plain += '$'
          at++
        }
      } else {
        const plainFrom = at
        while (at < text.length && !quotes.includes(text[at] ?? '') && text[at] !== '`' && text[at] !== '$') at++
        if (at === plainFrom) at++ // a backtick or a dollar in single quotes
        plain += text.slice(plainFrom, at)
      }
    }
    if (++openQuotes > MAX_OPEN_QUOTES) {
      if (plain !== '') parts.push(plain)
      return parts
    }
    at = from + 1
    return null
  }

  const readHereString = (): boolean => {
    const quote = text[at + 1] ?? ''
    let from = at + 2
    while (blanks.includes(text[from] ?? 'x')) from++
    if (text[from] === '\r') from++
    if (text[from] !== '\n') return false
    const closing = `\n${quote}@`
    const end = text.indexOf(closing, from)
    const content = text.slice(from + 1, end < 0 ? text.length : Math.max(from + 1, end))
    at = end < 0 ? text.length : end + closing.length
    add({ kind: 'string', parts: [content.endsWith('\r') ? content.slice(0, -1) : content], glued })
    return true
  }

  const readWord = () => {
    const wasGlued = glued
    const from = text[at] ?? ''
    const start = at
    const stopsAtAssign = from === '$' || frame.opening === '@{'
    let word = ''
    if (from === '+') {
      at++
      add({ kind: 'word', text: '+', glued: wasGlued })
      return
    }
    if (from === '[') {
      const close = Math.max(at, indexNear(text, ']', at)) // without an end near the bracket is a word of its own
      word = text.slice(at, close + 1)
      at = close + 1
      return add({ kind: 'word', text: word, glued: wasGlued })
    }
    if (from === '$' && text[at + 1] === '{') {
      const end = indexNear(text, '}', at)
      if (end > 0) {
        word = `$${text.slice(at + 2, end)}`
        at = end + 1
      }
    }
    while (at < text.length) {
      const character = text[at] ?? ''
      if (character === '`') {
        word += text[at + 1] ?? ''
        at += 2
      } else if (single.includes(character) || double.includes(character)) {
        if (word === '' || from === '$' || (from === '-' && text[at - 1] === ':')) break
        const parts = readQuoted(single.includes(character) ? single : double)
        for (const part of parts ?? []) word += typeof part === 'string' ? part : `$${part.variable}`
      } else if (ends.includes(character) || (character === '=' && stopsAtAssign)) break
      else if (character === '>' || character === '<') break
      else if (character === '+' && stopsAtAssign && text[at + 1] === '=') break
      else {
        word += character
        at++
      }
    }
    if (at === start)
      at++ // whatever it is, it ends nothing
    else add({ kind: 'word', text: word, glued: wasGlued })
  }

  while (at < text.length) {
    const character = text[at] ?? ''
    const next = text[at + 1] ?? ''
    if (blanks.includes(character)) {
      glued = false
      at++
    } else if (character === '\n' || character === '\r') {
      const last = frame.elements.at(-1)
      if (frame.acrossLines || last?.kind === 'comma' || last?.kind === 'assign') glued = false
      else endStatement(false)
      at++
    } else if (character === '`' && (next === '\n' || next === '\r')) {
      at += next === '\r' && text[at + 2] === '\n' ? 3 : 2
      glued = false
    } else if (character === ';') {
      endStatement(false)
      at++
    } else if (character === '|') {
      endStatement(next !== '|')
      at += next === '|' ? 2 : 1
    } else if (character === '&') {
      endStatement(false)
      frame.called = next !== '&'
      at += next === '&' ? 2 : 1
    } else if (character === '.' && frame.elements.length === 0 && /[\s'"$({]/.test(next)) {
      frame.called = true
      at++
    } else if (character === '#' && !glued) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else if (character === '<' && next === '#') {
      const end = text.indexOf('#>', at + 2)
      at = end < 0 ? text.length : end + 2
    } else if (character === '@' && (next === "'" || next === '"') && readHereString()) {
      // read
    } else if (character === '@' && next === '{') push('@{', 2)
    else if ((character === '@' || character === '$') && next === '(') push('(', 2)
    else if (character === '(') push('(', 1, true)
    else if (character === '{') push('{', 1)
    else if (character === ')' || character === '}') {
      pop()
      at++
      glued = true
    } else if (character === ',') {
      add({ kind: 'comma' })
      glued = false
      at++
    } else if (character === '=' && next !== '=') {
      add({ kind: 'assign', appends: false })
      glued = false
      at++
    } else if (character === '+' && next === '=') {
      add({ kind: 'assign', appends: true })
      glued = false
      at += 2
    } else if (single.includes(character) || double.includes(character)) {
      const wasGlued = glued
      const parts = readQuoted(single.includes(character) ? single : double)
      if (parts) add({ kind: 'string', parts, glued: wasGlued })
    } else if (character === '>' || character === '<' || (next === '>' && /[\d*]/.test(character) && !glued)) {
      if (character !== '>' && character !== '<') at++
      at++
      if (text[at] === '>') at++
      if (text[at] === '&') at += 2
      else dropNext = true
    } else readWord()
  }
  while (outer.length > 0) pop()
  endStatement(false)
  visitor.close()
}

function newFrame(opening: Opening | null, group: Group | null, sourceFrom: number, glued: boolean): Frame {
  return { opening, group, sourceFrom, glued, acrossLines: false, elements: [], called: false, piped: false }
}

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

/** The name under which a variable is kept: lower case; scopes of one script are one to us; `env:` stays. */
export function variableName(name: string): string {
  return name.toLowerCase().replace(/^(?:global|script|local|private|using):/, '')
}

/** Names in brackets are short; looking no further keeps the reader linear. */
const NEAR = 200

function indexNear(text: string, character: string, from: number): number {
  const index = text.slice(from, from + NEAR).indexOf(character)
  return index < 0 ? -1 : from + index
}

/** Behind the parenthesis that closes the one at `from`; -1 when none does. */
function subexpressionEnd(text: string, from: number): number {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth === 0) return i + 1
  }
  return -1
}
