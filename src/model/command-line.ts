/** What Windows starts as a program, by the end of its name. */
const programExtensions = ['.exe', '.com', '.bat', '.cmd', '.scr', '.pif']

/** The program and the rest of a command line, with the space between them gone. */
export interface SplitProgram {
  readonly program: string
  readonly rest: string
}

/**
 * Splits a command line as CreateProcess and the C runtime take its first part: quotes hold spaces together and are dropped,
 * backslashes mean nothing special. An unquoted path with spaces (`C:\Program Files\a\b.exe /x`) goes up to the first word
 * that ends in a program's extension, as long as no word before it looks like an argument; CreateProcess would look at the
 * disk instead, which is not here.
 * Source: https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-createprocessw
 */
export function splitProgram(commandLine: string): SplitProgram {
  const text = commandLine.trim()
  const end = firstWordEnd(text)
  const first = text.slice(0, end)
  if (first.includes('"') || !/[\\/]/.test(first) || endsAsProgram(first)) return splitAt(text, end)
  return splitAt(text, unquotedPathEnd(text, end) ?? end)
}

/**
 * The name of a program's file, lower case: the last component of a path that may be quoted and, where an extension or a
 * quote shows its end, followed by arguments.
 */
export function imageName(pathOrCommand: string): string {
  const known = names.get(pathOrCommand)
  if (known !== undefined) return known
  const name = nameOf(pathOrCommand)
  if (pathOrCommand.length <= longestKept) {
    // Paths come from the input: a hostile log must not grow this without end.
    if (names.size >= mostNames) names.clear()
    names.set(pathOrCommand, name)
  }
  return name
}

/** The same few hundred programs start millions of times. */
const names = new Map<string, string>()
const mostNames = 5_000
const longestKept = 300

function nameOf(pathOrCommand: string): string {
  const text = pathOrCommand.trim()
  const end = text.startsWith('"') ? firstWordEnd(text) : (programEnd(text) ?? text.length)
  const path = text.slice(0, end).replaceAll('"', '').trimEnd()
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1).toLowerCase()
}

function splitAt(text: string, end: number): SplitProgram {
  return { program: text.slice(0, end).replaceAll('"', ''), rest: text.slice(end).trimStart() }
}

const isSpace = (character: string | undefined) => character === ' ' || character === '\t'

/** Where the first word ends; a quote that is never closed holds all the rest. */
function firstWordEnd(text: string): number {
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted
    else if (!quoted && isSpace(text[i])) return i
  }
  return text.length
}

function endsAsProgram(word: string): boolean {
  const tail = word.slice(-4).toLowerCase()
  return programExtensions.includes(tail)
}

/** Where the first word that ends in a program's extension ends. */
function programEnd(text: string): number | null {
  for (let i = 0; i <= text.length; i++) {
    if ((i === text.length || isSpace(text[i])) && endsAsProgram(text.slice(Math.max(0, i - 4), i))) return i
  }
  return null
}

/** The same from `from` on, but null when a word comes first that no path would have there. */
function unquotedPathEnd(text: string, from: number): number | null {
  for (let i = from; i < text.length; i++) {
    if (isSpace(text[i])) {
      const next = text[i + 1]
      if (next === '/' || next === '-' || next === '"' || next === '%') return null
    }
    const after = text[i + 1]
    if ((after === undefined || isSpace(after)) && endsAsProgram(text.slice(Math.max(0, i - 3), i + 1))) return i + 1
  }
  return null
}
