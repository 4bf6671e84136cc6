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

/** PowerShell takes the typographic quotes for the plain ones. */
export const single = "'\u2018\u2019\u201a\u201b"
export const double = '"\u201c\u201d\u201e'
export const blanks = ' \t\u00a0\f\v'

/** The name under which a variable is kept: lower case; scopes of one script are one to us; `env:` stays. */
export function variableName(name: string): string {
  return name.toLowerCase().replace(/^(?:global|script|local|private|using):/, '')
}

/** Names in brackets are short; looking no further keeps the reader linear. */
const NEAR = 200

export function indexNear(text: string, character: string, from: number): number {
  const index = text.slice(from, from + NEAR).indexOf(character)
  return index < 0 ? -1 : from + index
}
