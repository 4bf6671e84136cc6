/** What Windows starts as a program, by the end of its name. */
const programExtensions = ['.exe', '.com', '.bat', '.cmd', '.scr', '.pif']

/** The program and the rest of a command line, with the space between them gone. */
export interface SplitProgram {
  readonly program: string
  readonly rest: string
}

/**
 * Splits a command line as CreateProcess and the C runtime take its first part: quotes hold spaces together and are dropped,
 * backslashes mean nothing special. Of an unquoted path with spaces CreateProcess tries each beginning that ends before one, and takes
 * the first that is on the disk, which is not here: it goes up to the first word that ends in a program's extension
 * (`C:\Program Files\a - b\c.exe /x`), unless something before it cannot stand in a path or is more likely an argument.
 * Source: https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-createprocessw
 */
export function splitProgram(commandLine: string): SplitProgram {
  const text = commandLine.trim()
  const end = firstWordEnd(text)
  const first = text.slice(0, end)
  if (first.includes('"') || !/[\\/]/.test(first) || endsAsProgram(first)) return splitAt(text, end)
  return splitAt(text, unquotedPathEnd(text, end))
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

/** Where the first word that ends in a program's extension ends, from `from` on. */
function programEnd(text: string, from = 0): number | null {
  for (let i = from; i <= text.length; i++) {
    if ((i === text.length || isSpace(text[i])) && endsAsProgram(text.slice(Math.max(0, i - 4), i))) return i
  }
  return null
}

/** Folders with spaces that no program has as its name up to the first of them. */
const knownFolder = /^[a-z]:\\(?:program files(?: \(x86\))?|documents and settings|users\\[^\\"<>|*?:/]{1,64})\\/i

/** Where an unquoted path ends whose first word ends at `end`. */
function unquotedPathEnd(text: string, end: number): number {
  const folder = knownFolder.exec(text)?.[0].length ?? 0
  const from = Math.max(end, folder)
  const program = programEnd(text, from)
  const stop = argumentFrom(text, from, program ?? text.length, folder > 0)
  if (program !== null && stop === null) return program
  // Without an extension a program in a known folder goes up to its first argument.
  return folder > end ? firstWordEnd(text.slice(from)) + from : end
}

/**
 * Where between two places an argument begins; null when all of it may be a path. A dash begins one, unless a folder follows whose
 * name it can be in: alone (`Vendor Tools - Host\x.exe`), or anywhere below a known folder.
 */
function argumentFrom(text: string, from: number, to: number, isKnown: boolean): number | null {
  const ahead = text.slice(from, to)
  const lastFolder = ahead.lastIndexOf('\\')
  const lastForeign = ahead.search(/[":*?<>|][^":*?<>|]*$/)
  for (let i = 0; i < ahead.length; i++) {
    if (!isSpace(ahead[i])) continue
    const next = ahead[i + 1]
    if (next === '/' || next === '"' || next === '%') return from + i
    if (next !== '-') continue
    const mayBeFolder = (isKnown || isSpace(ahead[i + 2])) && i < lastFolder && i > lastForeign
    if (!mayBeFolder) return from + i
  }
  return lastForeign < 0 ? null : from
}
