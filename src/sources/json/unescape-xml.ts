const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const reference = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi

/**
 * Takes off XML's escapes once. A text with `<`, or with an `&` that begins no reference, was never escaped and stays as it
 * is.
 */
export function unescapeXml(text: string): string {
  if (!text.includes('&') || text.includes('<')) return text
  if (/&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i.test(text)) return text
  return text.replace(reference, (whole, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    if (code > 0x10_ffff) return whole
    const character = String.fromCodePoint(code)
    // No writer escapes these: such a reference is the event's own text, and bytes must tell what words a text contains.
    return /[A-Za-z0-9]/.test(character) ? whole : character
  })
}
