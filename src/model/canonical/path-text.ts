import { machineVariables, userVariables, withLongNames } from '../windows/folders.ts'

/** Variables and what they stand for; the ones of the user's own lead to one token, `%userprofile%`, as profile folders do. */
const variables: ReadonlyMap<string, string> = new Map([
  ...machineVariables,
  ...[...userVariables].map(([name, below]) => [name, `%userprofile%${below}`] as const),
])

/** Folders that become a token, the longer before the shorter. */
const tokens: readonly (readonly [string, string])[] = [
  ['c:\\windows\\system32\\config\\systemprofile', '%userprofile%'],
  ['c:\\windows\\syswow64\\config\\systemprofile', '%userprofile%'],
  ['c:\\windows\\serviceprofiles\\localservice', '%userprofile%'],
  ['c:\\windows\\serviceprofiles\\networkservice', '%userprofile%'],
  ['c:\\windows', '%systemroot%'],
  ['c:\\program files (x86)', '%programfiles(x86)%'],
  ['c:\\program files', '%programfiles%'],
  ['c:\\programdata', '%programdata%'],
  ['c:\\users\\all users', '%programdata%'],
  ['c:\\documents and settings\\all users', '%programdata%'],
  ['c:\\users\\public', '%public%'],
  ['c:\\users\\default user', '%systemdrive%\\users\\default user'],
  ['c:\\users\\default', '%systemdrive%\\users\\default'],
]

/** A profile folder of some user, on any drive. */
const profile = /^[a-z]:\\(?:users|documents and settings)\\[^\\]+(?=\\|$)/

/** A path in one form: lower case, without quotes, backslashes, no `.` and `..`, well-known folders as tokens. */
export function canonicalPath(path: string): string {
  return settled(path, plainPath)
}

function plainPath(path: string): string {
  const text = path.trim().replaceAll('"', '').trim()
  const folder = tokenised(text)
  return folder.length > 1 && folder.endsWith('\\') ? folder.slice(0, -1) : folder
}

/** What one pass leaves can be a path in itself (`\\?\ C:\x`); ordinary text is settled by the first. */
const MAX_PASSES = 8

function settled(text: string, pass: (text: string) => string): string {
  let before = text
  let after = pass(text)
  for (let i = 1; i < MAX_PASSES && after !== before; i++) {
    before = after
    after = pass(before)
  }
  return after
}

/**
 * A path begins at a drive, at a variable, or at the two backslashes of a host. Behind a letter it is something else
 * (`http://`, `HKLM:\`), behind a closing brace it is what a token of the loose form left.
 */
const pathStart = /%[a-z_][^%\s\\/"']{0,40}%|(?<![a-z0-9}])[a-z]:[\\/]|(?<![^\s"'=,;(])\\\\(?=[^\\\s])/gi

/** Folders with blanks, which hold together without quotes too. */
const withBlanks = /^(?:[a-z]:[\\/]program files(?: \(x86\))?|[a-z]:[\\/]documents and settings)(?=[\\/])/i

const ends = new Set(' \t\r\n"\'<>|&;,=')

/** Arguments with each path in them in one form; all else stays as it is, its case too. */
export function canonicalArguments(text: string): string {
  return settled(text, withPlainPaths)
}

function withPlainPaths(text: string): string {
  const trimmed = text.trim()
  let result = ''
  let at = 0
  pathStart.lastIndex = 0
  for (let match = pathStart.exec(trimmed); match; match = pathStart.exec(trimmed)) {
    const end = pathEnd(trimmed, match.index)
    result += trimmed.slice(at, match.index) + tokenised(trimmed.slice(match.index, end))
    at = end
    pathStart.lastIndex = Math.max(end, match.index + 1)
  }
  return result + trimmed.slice(at)
}

/** Where the path ends: at the quote that closes it or before an argument inside that, else at a blank or a mark. */
function pathEnd(text: string, from: number): number {
  const quote = from > 0 ? text[from - 1] : undefined
  if (quote === '"' || quote === "'") {
    const closing = text.indexOf(quote, from)
    const inside = text.slice(from, closing < 0 ? text.length : closing)
    const argument = inside.search(/\s[-/]/)
    return from + (argument < 0 ? inside.length : argument)
  }
  let at = from + (withBlanks.exec(text.slice(from, from + 40))?.[0].length ?? 0)
  if (text[at] === '%') at = text.indexOf('%', at + 1) + 1 // the variable's own name may hold brackets
  let open = 0
  for (; at < text.length; at++) {
    const character = text[at] ?? ''
    if (ends.has(character)) break
    if (character === '(') open++
    else if (character === ')' && --open < 0) break
  }
  return at
}

/** Repeating a variable that stands for more than itself must end somewhere; Windows takes no longer command line. */
const MAX_EXPANDED = 1 << 16

function tokenised(path: string): string {
  const lower = path.toLowerCase().replaceAll('%homedrive%%homepath%', '%userprofile%')
  const expanded = lower.includes('%') && lower.length < MAX_EXPANDED ? withoutVariables(lower) : lower
  const plain = withoutDots(withLongNames(expanded.replace(/(?<!\s)\//g, '\\').replace(/^\\\\[?.]\\|^\\\?\?\\/, '')))
  const rooted = plain.replace(/^\\systemroot(?=\\|$)/, 'c:\\windows')
  for (const [folder, token] of tokens) {
    const next = rooted[folder.length]
    if (rooted.startsWith(folder) && (next === undefined || next === '\\')) return token + rooted.slice(folder.length)
  }
  const own = profile.exec(rooted)
  if (own) return `%userprofile%${rooted.slice(own[0].length)}`
  return rooted.startsWith('c:') ? `%systemdrive%${rooted.slice(2)}` : rooted
}

function withoutVariables(text: string): string {
  return text.replace(/%([^%\s\\/"']{1,41})%/g, (whole, name: string) => variables.get(name) ?? whole)
}

/** Single backslashes but for the two of a host; `a\.\b` and `a\x\..\b` are `a\b`. */
function withoutDots(path: string): string {
  if (!path.includes('\\\\', 1) && !path.includes('\\.')) return path
  const head = path.startsWith('\\\\') ? '\\\\' : ''
  const kept: string[] = []
  const parts = path.slice(head.length).split('\\')
  parts.forEach((part, i) => {
    if (part === '.' || (part === '' && i > 0 && i < parts.length - 1)) return
    const before = kept.at(-1)
    const leads = before !== undefined && before !== '..' && before !== '' && !/[%:]$/.test(before)
    if (part === '..' && leads && kept.length > 1) kept.pop()
    else kept.push(part)
  })
  return head + kept.join('\\')
}
