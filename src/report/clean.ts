/**
 * Controls, marks that reorder or hide text, lone surrogates, characters without a known look, the separators that break lines,
 * spaces that only look like one, and fillers that are drawn as nothing.
 */
const unsafe = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu

/**
 * Text from the input made safe for a terminal: what could move the cursor, reorder or hide text becomes a visible escape.
 * An attacker chooses task names and command lines.
 */
export function clean(text: string): string {
  return text.replace(unsafe, (c) =>
    c === '\t' || c === '\n' || c === '\r' ? ' ' : `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
