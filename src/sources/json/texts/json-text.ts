import { parseWithin } from '../nesting.ts'
import type { TextForm } from './text-form.ts'

/** JSON within a text: an object, a list, or a text that was made JSON once more. */
export const jsonText: TextForm = {
  name: 'JSON',
  fits: (text) => isBracketed(text, '{', '}') || isBracketed(text, '[', ']') || isBracketed(text, '"', '"'),
  inside: (text) => parseWithin(text),
}

const isBracketed = (text: string, begin: string, end: string): boolean =>
  text.length > 1 && text.startsWith(begin) && text.endsWith(end)
