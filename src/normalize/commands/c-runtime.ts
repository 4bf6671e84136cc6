/** One argument as a program receives it. */
export interface Argument {
  readonly text: string
  /** Where in `text` the first quoted part begins; -1 when nothing was quoted. */
  readonly quotedAt: number
}

/**
 * Splits what follows the program's name as Microsoft's C runtime does: spaces and tabs separate (a line break does not),
 * quotes hold together, 2n backslashes before a quote are n backslashes, 2n+1 are n and a quote that is text, and a doubled
 * quote inside quotes is a quote that is text. Never fails: an open quote reaches to the end.
 * Source: https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a scanner, with a branch for each character that means something
export function splitArguments(text: string): Argument[] {
  const found: Argument[] = []
  let at = 0
  for (;;) {
    while (isBlank(text[at])) at++
    if (at >= text.length) return found
    let argument = ''
    let quotedAt = -1
    let quoted = false
    while (at < text.length && (quoted || !isBlank(text[at]))) {
      const plainFrom = at
      while (at < text.length && text[at] !== '"' && text[at] !== '\\' && (quoted || !isBlank(text[at]))) at++
      argument += text.slice(plainFrom, at)
      let backslashes = 0
      while (text[at] === '\\') {
        backslashes++
        at++
      }
      if (text[at] !== '"') {
        argument += '\\'.repeat(backslashes)
        continue
      }
      argument += '\\'.repeat(backslashes >> 1)
      if (backslashes % 2) argument += '"'
      else if (quoted && text[at + 1] === '"') {
        argument += '"'
        at++
      } else {
        quoted = !quoted
        if (quotedAt < 0) quotedAt = argument.length
      }
      at++
    }
    found.push({ text: argument, quotedAt })
  }
}

/**
 * A command line out of arguments as Windows PowerShell makes it for a program: an argument with blanks is put in quotes,
 * quotes inside it are not escaped. (That is why people write `\"` inside a string for schtasks: it must survive this.)
 */
export function nativeCommandLine(words: readonly string[]): string {
  return words
    .map((word) => (word === '' || (/[ \t]/.test(word) && !word.startsWith('"')) ? `"${word}"` : word))
    .join(' ')
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}
