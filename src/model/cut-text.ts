import { counted } from './counted.ts'

/**
 * The beginning of a text that is longer than it can be, with how much was cut and a hash of that, so that two of them stay two.
 * In UTF-16 code units.
 */
export function cutText(text: string, kept: number, hashed: (rest: string) => string = (rest) => rest): string {
  const end = endOfPart(text, kept)
  const rest = text.slice(end)
  return `${text.slice(0, end)}… (${rest.length} more, ${hashOf(hashed(rest))})`
}

/** Whether `cutText` has cut it, keeping so much. */
export const isCutText = (text: string, kept: number): boolean =>
  text.length >= kept && cutMark.test(text.slice(kept - 1))

/** The beginning of a text that is told elsewhere in full, with how long it is there. */
export function excerpt(text: string, kept: number): string {
  return text.length <= kept ? text : `${text.slice(0, endOfPart(text, kept))}… (${counted(text.length, 'character')})`
}

const cutMark = /… \(\d+ more, [0-9a-f]{8}\)$/

/** No half of a surrogate pair. */
const endOfPart = (text: string, kept: number): number =>
  /[\ud800-\udbff]/.test(text.charAt(kept - 1)) ? kept - 1 : kept

/** FNV-1a over the code units. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
