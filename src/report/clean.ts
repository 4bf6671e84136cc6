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

/** The same for text of several lines, whose ends are ours. */
export const cleanLines = (text: string): string => text.split('\n').map(clean).join('\n')

/** What JSON leaves as it is, though a terminal obeys it or a reader of lines takes it for the end of one. */
const unsafeInJson = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu

/** JSON whose text can neither steer a terminal nor break a line; it parses to the same value. */
export const safeJson = (json: string): string =>
  isPlain.test(json)
    ? json
    : json.replace(unsafeInJson, (character) =>
        Array.from(character.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
      )

/** All that most findings hold, ASCII, dashes and quotes: told much faster than that nothing of the above is there. */
const isPlain = /^[\n -~\u2010-\u2027]*$/

/** A value as such JSON, on one line. */
export const jsonLine = (value: unknown): string => safeJson(JSON.stringify(value))
