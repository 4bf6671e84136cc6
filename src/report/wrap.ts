/** Columns of the text report. */
const columns = 100

/** Breaks text into lines of the report's width, at spaces where there are any. `widthOfFirst`: of a prefix that has colour codes. */
export function wrap(
  text: string,
  { first, rest, widthOfFirst = first.length }: { first: string; rest: string; widthOfFirst?: number },
): string[] {
  const lines: string[] = []
  let prefix = first
  let room = columns - widthOfFirst
  let left = text
  while (left.length > room) {
    let cut = left.lastIndexOf(' ', room)
    if (cut <= room / 2) cut = room
    // A pair of surrogates is one character.
    if (/[\ud800-\udbff]/.test(left[cut - 1] ?? '')) cut--
    lines.push(prefix + left.slice(0, cut).trimEnd())
    left = left.slice(cut).trimStart()
    prefix = rest
    room = columns - rest.length
  }
  lines.push(prefix + left)
  return lines
}
