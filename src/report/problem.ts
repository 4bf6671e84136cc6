import type { Problem } from '../model/problem.ts'
import { clean } from './clean.ts'

/** `Security.evtx: chunk 17 at 0x110000: what is wrong`, safe for a terminal. */
export function problemText({ file, chunk, offset, reason }: Problem): string {
  const where = [chunk === null ? '' : ` chunk ${chunk}`, offset === null ? '' : ` at 0x${offset.toString(16)}`].join(
    '',
  )
  return `${clean(file)}:${where}${where === '' ? '' : ':'} ${clean(reason)}`
}
