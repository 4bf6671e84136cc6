import { ascii } from './says.ts'

export const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A comment on a line of its own. Two dashes would end it. */
export const xmlComment = (text: string): string => `<!-- ${ascii(text).replace(/-(?=-|$)/g, '- ')} -->\n`
