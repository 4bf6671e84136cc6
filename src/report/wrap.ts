import { eastAsianWidth } from 'get-east-asian-width'

/** Columns of the text report. */
export const columns = 100
/** Code units of a line: marks take no column of their own, so a text of nothing else would never end. */
const mostUnits = 8 * columns

/** What is drawn over the character before it: accents, vowel signs. Source: Unicode's general category M. */
const mark = /^\p{Mark}$/u

/** Columns that one character of clean text adds in a terminal. */
export function widthOf(codePoint: number): number {
  if (codePoint < 0x300) return 1 // most of all text, without looking it up
  return mark.test(String.fromCodePoint(codePoint)) ? 0 : eastAsianWidth(codePoint)
}

/**
 * Breaks text into lines of the report's width, at spaces where there are any. The text has been made clean; `widthOfFirst` is
 * the width of a prefix that has colour codes.
 */
export function wrap(
  text: string,
  { first, rest, widthOfFirst = first.length }: { first: string; rest: string; widthOfFirst?: number },
): string[] {
  const lines: string[] = []
  let prefix = first
  let room = columns - widthOfFirst
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
    room = columns - rest.length
  }
  lines.push(prefix + text.slice(start))
  return lines
}

/** Where the characters from `start` on that fit into `room` columns end. */
export function endWithin(text: string, start: number, room: number): number {
  const most = Math.min(text.length, start + mostUnits)
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
