/**
 * cmd.exe: what follows `/c`, `/k` or `/r` as the command lines it starts. Carets and redirections are gone, `%VAR%` stays text.
 * Source: `cmd /?`; https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
 */
export function cmdCommandLines(args: string): string[] {
  const body = bodyOf(args)
  return body === null
    ? []
    : segmentsOf(withoutOuterQuotes(body))
        .map(withoutPrefixes)
        .filter((line) => line !== '')
}

/** The text after the switch that says to run it; switches may be glued (`/v:on/c…`). Null when cmd is interactive. */
function bodyOf(args: string): string | null {
  for (let i = args.indexOf('/'); i >= 0; i = args.indexOf('/', i + 1)) {
    if ('ckr'.includes(args[i + 1]?.toLowerCase() ?? ' ')) return args.slice(i + 2).trim()
  }
  return null
}

/**
 * Of a body that begins with a quote cmd drops that one and the last, unless there are exactly two, nothing special between
 * them, and they hold the name of a program with blanks.
 */
function withoutOuterQuotes(body: string): string {
  if (!body.startsWith('"')) return body
  const last = body.lastIndexOf('"')
  if (last === 0) return body.slice(1)
  const inside = body.slice(1, last)
  const namesProgram =
    /\s/.test(inside) && !/["&<>()@^|]/.test(inside) && /\.(?:exe|com|bat|cmd)$/i.test(inside.slice(-4))
  if (namesProgram) return body
  return inside + body.slice(last + 1)
}

/** Cuts at `&`, `&&`, `|`, `||`, line ends and the parentheses of a block; drops carets and redirections. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a scanner, with a branch for each character that means something
function segmentsOf(text: string): string[] {
  const segments: string[] = []
  let pieces: string[] = []
  let from = 0 // where the piece that is being read begins
  let segmentFrom = 0
  let blank = true
  let quoted = false
  let blocks = 0
  const take = (to: number, next: number) => {
    pieces.push(text.slice(from, to))
    from = next
  }
  const cut = (at: number) => {
    take(at, at + 1)
    segments.push(pieces.join(''))
    pieces = []
    blank = true
    segmentFrom = at + 1
  }
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? ''
    if (character === '"') quoted = !quoted
    if (!quoted) {
      if ('&|\n\r'.includes(character) || (character === ')' && blocks > 0)) {
        if (character === ')') blocks--
        cut(i)
        continue
      }
      if (character === '(' && (blank || opensBlock(text, segmentFrom, i))) {
        blocks++
        if (blank) take(i, i + 1)
        else cut(i)
        continue
      }
      if (character === '^') {
        take(i, i + 1)
        i++
      } else if (character === '>' || character === '<') {
        const numbered = i > from && isDigit(text[i - 1]) && (i < 2 || isBlank(text[i - 2]))
        const end = redirectionEnd(text, i)
        take(numbered ? i - 1 : i, end + 1)
        i = end
        continue
      }
    }
    if (!isBlank(text[i])) blank = false
  }
  cut(text.length)
  return segments
}

/** Whether a parenthesis holds the commands of an `if …` or a `for … do`, not text. */
function opensBlock(text: string, segmentFrom: number, at: number): boolean {
  return /^[\s@]*if\s/i.test(text.slice(segmentFrom, segmentFrom + 20)) || /\sdo\s?$/i.test(text.slice(at - 4, at))
}

const isDigit = (character: string | undefined) => character !== undefined && character >= '0' && character <= '9'
const isBlank = (character: string | undefined) => character === ' ' || character === '\t'

/** The last character of `> file`, `>>file` or `>&1`. */
function redirectionEnd(text: string, from: number): number {
  let i = from + 1
  if (text[i] === '>') i++
  if (text[i] === '&') return i + 1
  while (text[i] === ' ' || text[i] === '\t') i++
  let quoted = false
  for (; i < text.length; i++) {
    const character = text[i] ?? ''
    if (character === '"') quoted = !quoted
    else if (!quoted && ' \t&|<>)\r\n'.includes(character)) break
  }
  return i - 1
}

/** `if`, `for`, `call`, `start` and their like can stand before one another, not without end. */
const MAX_PREFIXES = 16

/** The command that `@`, `call`, `start …`, `if …`, `else`, `for … do` lead to. */
function withoutPrefixes(segment: string): string {
  let line = segment
  for (let i = 0; i < MAX_PREFIXES; i++) {
    line = line.replace(/^[\s@,;=(]{1,4096}/, '')
    const [word, rest] = cutWord(line)
    const next = afterPrefix(word.toLowerCase(), rest)
    if (next === null) break
    line = next
  }
  return line.trim()
}

function afterPrefix(word: string, rest: string): string | null {
  switch (word) {
    case 'call':
    case 'else':
      return rest
    case 'start':
    case 'start.exe':
      return afterStart(rest)
    case 'if':
      return afterIf(rest)
    case 'for': {
      const at = rest.toLowerCase().indexOf(' do ')
      return at < 0 ? null : rest.slice(at + 4)
    }
    default:
      return null
  }
}

/** `start ["title"] [/switches] program …`. */
function afterStart(text: string): string {
  let line = text.startsWith('"') ? cutWord(text)[1] : text
  while (line.startsWith('/')) {
    const [word, rest] = cutWord(line)
    line = /^\/(?:d|node|affinity|machine)$/i.test(word) ? cutWord(rest)[1] : rest
  }
  return line
}

/** `if [/i] [not] exist file | defined variable | errorlevel n | a==b | a equ b`. */
function afterIf(text: string): string {
  let line = text
  for (;;) {
    const [word, rest] = cutWord(line)
    const lower = word.toLowerCase()
    if (lower === '/i' || lower === 'not') line = rest
    else if (['exist', 'defined', 'errorlevel', 'cmdextversion'].includes(lower)) return cutWord(rest)[1]
    else if (lower.includes('==') && !lower.endsWith('==')) return rest
    else if (lower.endsWith('==')) return cutWord(rest)[1]
    else return cutWord(cutWord(rest)[1])[1]
  }
}

/** The first word, quotes held together, and what follows it. */
function cutWord(text: string): [word: string, rest: string] {
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted
    else if (!quoted && /\s/.test(text[i] ?? '')) return [text.slice(0, i), text.slice(i).trimStart()]
  }
  return [text, '']
}
