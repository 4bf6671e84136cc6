import type { ProbeMatch } from './probe.ts'
import { escaped, hex } from './written.ts'

const punctuation = Object.fromEntries(Array.from('\\^$.|?*+()[]{}', (character) => [character, `\\${character}`]))

/** A regular expression of PCRE and RE2 that a text matches in any case where the value stands in it so. */
export function patternOf(match: ProbeMatch, values: readonly string[]): string {
  const any = values.map((value) => escaped(value, punctuation, (codePoint) => `\\x{${hex(codePoint)}}`)).join('|')
  const begins = match === 'is' || match === 'begins' ? '\\A' : ''
  const ends = match === 'is' || match === 'ends' ? '\\z' : ''
  return `(?is)${begins}(?:${any})${ends}`
}
