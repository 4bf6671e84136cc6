import type { Subject } from './subject.ts'

/** One reason that makes a chain more or less ordinary. */
export interface Factor {
  readonly id: string
  /** Undefined when it does not apply. Bits: how many times (as a power of two) rarer the sight is on an ordinary host. */
  weigh(subject: Subject): { readonly bits: number; readonly says: string } | undefined
}

/** A command line or name shortened for a sentence. */
export function quote(text: string, length = 90): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= length) return line
  // A pair of surrogates is one character.
  const end = /[\ud800-\udbff]/.test(line[length - 2] ?? '') ? length - 2 : length - 1
  return `${line.slice(0, end)}…`
}
