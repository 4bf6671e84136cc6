import { eastAsianWidth } from 'get-east-asian-width'

/** Columns of a text where nobody looks at a terminal that has others. */
export const columns = 100
/** Code units of a line for each of its columns: marks take none of their own, so a text of nothing else would never end. */
const unitsOfColumn = 8

/**
 * What is drawn over the character before it or into it: accents, vowel signs (Unicode's general category M), and the vowels and finals
 * of which a Hangul syllable is composed (Unicode Standard, 3.12: the leading consonant takes both columns).
 */
const mark = /^[\p{Mark}\u1160-\u11ff\ud7b0-\ud7ff]$/u

/** Columns that one character of clean text adds in a terminal. */
export function widthOf(codePoint: number): number {
  if (codePoint < 0x300) return 1 // most of all text, without looking it up
  return mark.test(String.fromCodePoint(codePoint)) ? 0 : eastAsianWidth(codePoint)
}

/** What stands before the first line of a text and before its others. */
export interface Prefixes {
  readonly first: string
  readonly rest: string
  /** Of a first prefix that has colour codes. */
  readonly widthOfFirst?: number
}

/** Breaks text, which has been made clean, into lines of so many columns, at spaces where there are any. */
export function wrap(
  text: string,
  { first, rest, widthOfFirst = first.length }: Prefixes,
  width: number = columns,
): string[] {
  const lines: string[] = []
  let prefix = first
  let room = width - widthOfFirst
  let start = 0
  for (;;) {
    const end = endWithin(text, start, room)
    if (end === text.length) break
    const space = text.slice(start, end + 1).lastIndexOf(' ') // in this line only: all before it holds no answer
    const cut = space > (end - start) / 2 ? start + space : end
    lines.push(prefix + text.slice(start, cut).trimEnd())
    start = cut
    while (text[start] === ' ') start++
    prefix = rest
    room = width - rest.length
  }
  lines.push(prefix + text.slice(start))
  return lines
}

/** Where the characters from `start` on that fit into `room` columns end. */
export function endWithin(text: string, start: number, room: number): number {
  const most = Math.min(text.length, start + unitsOfColumn * Math.max(room, 1))
  let end = start
  let left = room
  while (end < most) {
    const codePoint = text.codePointAt(end) ?? 0
    left -= widthOf(codePoint)
    if (left < 0) break
    end += codePoint > 0xffff ? 2 : 1
  }
  return end
}

/** Columns of a text that has been made clean. */
export function widthOfText(text: string): number {
  let width = 0
  for (const character of text) width += widthOf(character.codePointAt(0) ?? 0)
  return width
}

/** A clean text in exactly so many columns: filled up with spaces, or cut and its cut shown. */
export function fitted(text: string, width: number): string {
  const end = endWithin(text, 0, width)
  if (end === text.length) return text + ' '.repeat(width - widthOfText(text))
  const cut = text.slice(0, endWithin(text, 0, width - 1))
  return `${cut}…${' '.repeat(width - 1 - widthOfText(cut))}`
}

/** The same, but of a text that is too long the end is kept: a path's end says most. */
export function fittedTail(text: string, width: number): string {
  if (endWithin(text, 0, width) === text.length) return fitted(text, width)
  const characters = Array.from(text.slice(-unitsOfColumn * width))
  let room = width - 1
  let start = characters.length
  while (start > 0) {
    const left = room - widthOfText(characters[start - 1] ?? '')
    if (left < 0) break
    room = left
    start--
  }
  while (start < characters.length && widthOfText(characters[start] ?? '') === 0) start++ // no mark without its letter
  return fitted(`…${characters.slice(start).join('')}`, width)
}
