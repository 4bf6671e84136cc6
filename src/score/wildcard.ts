/** Whether a text is what a pattern says, in which `*` stands for any text; case does not matter. Each piece is looked for once. */
export function isLike(text: string, pattern: string): boolean {
  const pieces = pattern.toLowerCase().split('*')
  const whole = text.toLowerCase()
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return whole === first
  if (!whole.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = whole.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return whole.length - last.length >= at && whole.endsWith(last)
}
