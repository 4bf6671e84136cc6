import { clean } from '../clean.ts'

// Names of tasks, files and accounts are the attacker's to choose, and these texts are copied into a shell.

/** Characters that are seen as what they are. */
const isPlain = (text: string): boolean => clean(text) === text

/** PowerShell takes these for a single quote, too. Source: about_Quoting_Rules; the language's specification 2.3.5.2. */
const otherQuotes = /[\u2018-\u201b]/

/**
 * A text as an expression of PowerShell, in which nothing is expanded: between single quotes, or, where it cannot be read as it is, as
 * base64 of its UTF-16.
 */
export function powershellText(text: string): string {
  if (isPlain(text) && !otherQuotes.test(text)) return `'${text.replaceAll("'", "''")}'`
  return `([Text.Encoding]::Unicode.GetString([Convert]::FromBase64String('${base64OfUtf16(text)}')))`
}

function base64OfUtf16(text: string): string {
  let bytes = ''
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    bytes += String.fromCharCode(unit & 0xff, unit >> 8)
  }
  return btoa(bytes)
}

/** What cmd.exe makes something of between double quotes, and what a conversion of code pages makes of these. */
const ofCmd = /["%!\u2018-\u201f\uff01\uff02\uff05]/

/** A text as one argument on a line of cmd.exe; null where no quotes keep it whole there. */
export function cmdText(text: string): string | null {
  if (text === '' || text.endsWith('\\') || !isPlain(text) || ofCmd.test(text)) return null
  return `"${text}"`
}

/** A text as a string of VQL: raw, where nothing in it can end it, else as base64 that VQL decodes. */
export function vqlText(text: string): string {
  const lines = text.split('\n')
  if (lines.every(isPlain) && !text.includes("'''") && !text.endsWith("'")) return `'''${text}'''`
  return `base64decode(string='${btoa(utf8(text))}')`
}

/** The bytes of a text in UTF-8 as characters; a lone surrogate, which has none, is said as unknown. */
const utf8 = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(/%([\dA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
