import { imageName, splitProgram } from '../model/command-line.ts'
import { comparablePath } from './location.ts'
import { isHandlerHost } from './programs.ts'

/** One program that a command line starts, with the shells and launchers in front of it taken off. */
export interface Launch {
  /** The whole line in its comparable form (`comparablePath`). */
  readonly line: string
  /** The program's path as far as the line has one, comparable; without quotes. */
  readonly program: string
  /** Name of the program's file without `.exe`. */
  readonly name: string
  /** Its arguments, comparable. */
  readonly rest: string
  /** Whether these are known: of what ran without its command line being logged only the program is. */
  readonly isWhole: boolean
  /** The file whose code runs: the script or library for a program that runs others' code, else the program; null where it is none. */
  readonly payload: string | null
}

/** Deepest nesting of shells in shells that is looked into, and most commands of one line: more say nothing new. */
const deepest = 5
const mostCommands = 16
/** In characters; CreateProcess takes none that is longer. */
const longest = 32_768

/** Programs that run the script that they are given, by the name of the file without `.exe`. */
export const interpreters =
  /^(?:powershell|pwsh|wscript|cscript|mshta|python[\d.]*|pythonw|py|pyw|java|javaw|node|deno|perl|ruby|php|autohotkey\w*|autoit3\w*|bash|sh|uv|uvw)$/
const libraryHosts = /^(?:rundll32|regsvr32|odbcconf|regasm|regsvcs|installutil|msbuild|control|msiexec|hh|mmc|cmstp)$/
/** Files that are run by what their ending is tied to. */
export const scriptEnding = /\.(?:ps1|psm1|bat|cmd|vbs|vbe|js|jse|wsf|wsh|hta|py|pyw|jar|sct|ahk|php|sh|rb|pl|lnk|msc)$/
const fileEnding =
  /\.(?:exe|com|scr|pif|dll|cpl|ocx|xll|ps1|psm1|bat|cmd|vbs|vbe|js|jse|wsf|wsh|hta|py|pyw|jar|sct|ahk|php|sh|rb|pl|lnk|msc|msi|db|dat|tmp|txt|log|inf|xml)$/

/** What cmd does itself: no file's code runs. */
const builtIns = new Set(
  (
    'assoc break call cd chdir cls color copy date del dir echo endlocal erase exit for ftype goto if md mkdir mklink move path ' +
    'pause popd prompt pushd rd rem ren rename rmdir set setlocal start time title type ver verify vol'
  ).split(' '),
)

/** What a command line starts: the program itself, and what a shell or launcher in front of it starts in turn. */
export function launchesOf(commandLine: string): Launch[] {
  const found: Launch[] = []
  const line = commandLine.slice(0, longest)
  unwrap(comparablePath(line).trim(), found, 0)
  const decoded = decodedCommand(line)
  if (decoded !== undefined) unwrap(`powershell -command ${comparablePath(decoded)}`, found, deepest)
  return found
}

/** What PowerShell takes for -EncodedCommand, in any unambiguous beginning of it: base64 of UTF-16. */
const encodedCommand =
  /(?:powershell|pwsh).{0,400}?\s["']?[-/–—―]e(?:nc?[a-z]{0,12}|c)?["']?\s+["']?([a-z0-9+/]{16,}={0,2})/is

function decodedCommand(line: string): string | undefined {
  const base64 = encodedCommand.exec(line)?.[1]?.replace(/=+$/, '')
  if (base64 === undefined) return undefined
  // What is left over after whole groups of four is no group.
  const bytes = atob(base64.length % 4 === 1 ? base64.slice(0, -1) : base64)
  let text = ''
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    text += String.fromCharCode(bytes.charCodeAt(i) | (bytes.charCodeAt(i + 1) << 8))
  }
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}

function unwrap(line: string, found: Launch[], depth: number): void {
  if (line === '' || found.length >= mostCommands) return
  const { program, rest } = splitProgram(line)
  const name = imageName(program).replace(/\.exe$/, '')
  const inner = depth < deepest ? startedBy(name, rest) : []
  found.push({ line, program, name, rest, isWhole: true, payload: payloadOf(name, program, rest, inner.length > 0) })
  for (const each of inner) unwrap(each, found, depth + 1)
}

/** The command lines that a shell or launcher starts. */
function startedBy(name: string, rest: string): string[] {
  switch (name) {
    case 'cmd': {
      const command = /(?:^|\s)\/[ckr]\s*(.*)$/s.exec(rest)?.[1]
      return command === undefined ? [] : commandsOf(outerQuotesOff(command.trim()))
    }
    case 'start':
      return [rest.replace(/^(?:"[^"]*"\s*)?(?:\/(?:min|max|b|i|wait|low|normal|high)\b\s*|\/d\s+\S+\s+)*/, '')]
    case 'call':
      return [rest]
    case 'conhost':
      return [rest.replace(/^(?:--\w+\s+|0x\w+\s*)+/, '')]
    case 'pcalua':
      return [/-a\s+(.*)$/s.exec(rest)?.[1] ?? '']
    case 'forfiles':
      return [/\/c\s+"?(.*?)"?$/s.exec(rest)?.[1] ?? '']
    default:
      return []
  }
}

/** `cmd /c ""C:\a b.cmd" x"`: the outer pair is dropped, as cmd does it. */
const outerQuotesOff = (text: string): string =>
  text.startsWith('"') && text.endsWith('"') && (text[1] === '"' || !text.slice(1, -1).includes('"'))
    ? text.slice(1, -1)
    : text

/** The commands that cmd's `&`, `&&`, `|` and `||` join, quotes respected. */
function commandsOf(text: string): string[] {
  const commands: string[] = []
  let from = 0
  let quoted = false
  for (let i = 0; i < text.length && commands.length < mostCommands; i++) {
    const character = text[i]
    if (character === '"') quoted = !quoted
    if (quoted || (character !== '&' && character !== '|')) continue
    // `2>&1` joins nothing.
    if (text[i - 1] === '>') continue
    commands.push(text.slice(from, i).trim())
    from = i + 1
  }
  commands.push(text.slice(from).trim())
  return commands.filter((each) => each !== '')
}

/** Words of a command line, quotes taken off. */
export function wordsOf(text: string): string[] {
  return (text.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []).slice(0, 200).map((word) => word.replace(/^["']|["']$/g, ''))
}

function payloadOf(name: string, program: string, rest: string, isWrapper: boolean): string | null {
  // Of a host of COM handlers the code is the handler's, which no command line names.
  if (isWrapper || name === 'cmd' || builtIns.has(program) || isHandlerHost(program)) return null
  if (libraryHosts.test(name)) {
    const words = wordsOf(rest).map((word) => word.replace(/,[^\\]*$/, ''))
    return words.find((word) => fileEnding.test(word) || /^[a-z]:\\|^\\\\/.test(word)) ?? null
  }
  if (interpreters.test(name)) {
    const words = wordsOf(rest)
    return words.find((word) => scriptEnding.test(word)) ?? scriptInside(rest) ?? afterJar(words)
  }
  return program === '' ? null : program
}

function afterJar(words: readonly string[]): string | null {
  const jar = words.indexOf('-jar')
  return jar < 0 ? null : (words[jar + 1] ?? null)
}

/** A script's path inside a command that is given as text. */
const scriptInside = (text: string): string | null =>
  /(?:[a-z]:\\|\.\\|\\\\)?[^\s"'|;&(){}]{1,200}\.(?:ps1|bat|cmd|vbs|js|py|hta)\b/.exec(text)?.[0] ?? null
