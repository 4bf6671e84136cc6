import { cutText, isCutText } from './cut-text.ts'

/**
 * No text of a process, a file or the registry's names is longer: CreateProcess takes a command line of 32,767 characters with its
 * final zero, a path has as many, and the whole of an event 64 KiB. In UTF-16 code units.
 * Source: https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-createprocessw
 */
export const longestText = 32_767
/** What is kept of a longer one, before how much was cut. */
const keptOfLonger = 32_000

/** A text of a record as it stands, or cut where it is longer than Windows allows. */
export const textWithin = (text: string): string => (text.length > longestText ? cutText(text, keptOfLonger) : text)

/** Whether `textWithin` has cut it. */
export const isLongText = (text: string): boolean => isCutText(text, keptOfLonger)
