/** Whether a character can stand in a query as it is: it has a look of its own, and neither steers a terminal nor hides or reorders text. */
const plain = /^(?:[\p{L}\p{M}\p{N}\p{P}\p{S} ])$/u
const hidden = /[\p{Default_Ignorable_Code_Point}\u2800]/u
export const isPlain = (character: string): boolean => plain.test(character) && !hidden.test(character)

/** Each character by itself where it is plain, else as it is escaped; `special` are those that the language has other uses for. */
export const escaped = (
  text: string,
  special: Readonly<Record<string, string>>,
  unplain: (codePoint: number) => string,
): string =>
  Array.from(text, (character) => {
    if (Object.hasOwn(special, character)) return special[character] ?? ''
    return isPlain(character) ? character : unplain(character.codePointAt(0) ?? 0)
  }).join('')

export const hex = (number: number, digits = 1): string => number.toString(16).padStart(digits, '0')

/** UTF-16 code units, each as `\uXXXX`. */
export const asUnits = (codePoint: number): string =>
  String.fromCodePoint(codePoint)
    .split('')
    .map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`)
    .join('')
