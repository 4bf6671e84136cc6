/** Columns of the text report. */
const columns = 100

/** Characters that a terminal draws two columns wide: East Asian ones and emoji. Source: Unicode Standard Annex #11. */
const wide =
  /[\u1100-\u115f\u2329\u232a\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

/** Columns of one character; those beyond the first plane count as wide, which is too much rather than too little. */
const widthOf = (character: string): number => (character.length > 1 || wide.test(character) ? 2 : 1)

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
function endWithin(text: string, start: number, room: number): number {
  let end = start
  let left = room
  while (end < text.length) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0)
    left -= widthOf(character)
    if (left < 0) break
    end += character.length
  }
  return end
}
