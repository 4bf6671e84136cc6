/** Controls, marks that reorder or hide text, lone surrogates, and the separators that break lines. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * Text from the input made safe for a terminal: what could move the cursor, reorder or hide text becomes a visible escape.
 * An attacker chooses task names and command lines.
 */
export function clean(text: string): string {
  return text.replace(unsafe, (c) =>
    c === '\t' || c === '\n' || c === '\r' ? ' ' : `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
